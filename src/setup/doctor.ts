import { container, type SapphireClient } from '@sapphire/framework';
import { intentsOff } from '../intents.ts';
import type { HostState } from '#lib/doctor/host-checks';
import type { DoctorDeps } from '#lib/doctor/report';
import type { WatchDeps } from '#lib/doctor/watch';

declare module '@sapphire/pieces' {
  interface Container {
    doctor: DoctorDeps;
    doctorWatch: WatchDeps;
  }
}

/** Lets admins ask what is wrong, and tells them of itself. Needs the log channel, the database, the settings, the clock and what the bot's owner needs. */
export function setupDoctor(client: SapphireClient): void {
  const { clock, config, db, log, logChannel, operations, settings } = container;
  container.doctor = {
    db,
    settings,
    clock,
    log,
    host: {
      botToken: config.botToken,
      apiUrl: config.discordApiUrl,
      dataDirectory: config.dataDirectory,
      intentsOff,
      // What the pieces register is as Discord takes it.
      commands: () => operations.commands() as HostState['commands'],
    },
  };
  container.doctorWatch = { ...container.doctor, client, logChannel, changed: new Set() };
}
