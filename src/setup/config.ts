import { container } from '@sapphire/framework';
import type { Config } from '../config.ts';

declare module '@sapphire/pieces' {
  interface Container {
    config: Config;
  }
}

/** Gives every piece what the host decided. */
export function setupConfig(config: Config): void {
  container.config = config;
}
