import { container } from '@sapphire/framework';
import { OpenInteractions } from '#lib/ui/open-interactions';

declare module '@sapphire/pieces' {
  interface Container {
    openInteractions: OpenInteractions;
  }
}

/** Lets a stop wait for what people have just asked. */
export function setupOpenInteractions(): OpenInteractions {
  container.openInteractions = new OpenInteractions();
  return container.openInteractions;
}
