import { container } from '@sapphire/framework';
import { intentsOff } from '../intents.ts';
import type { HostState } from '#lib/doctor/host-checks';
import type { DoctorDeps } from '#lib/doctor/report';

declare module '@sapphire/pieces' {
  interface Container {
    doctor: DoctorDeps;
  }
}

/** Lets admins ask what is wrong. Needs the database, the settings, the clock and what the bot's owner needs. */
export function setupDoctor(): void {
  const { clock, config, db, log, operations, settings } = container;
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
}
