import { container } from '@sapphire/framework';
import { InOrder } from '#lib/limits/in-order';
import type { WizardDeps } from '#lib/setup/deps';

declare module '@sapphire/pieces' {
  interface Container {
    wizard: WizardDeps;
  }
}

/** What `/setup` sets up. Needs tickets, onboarding and the doctor. */
export function setupWizard(): void {
  const { tickets, onboarding, doctor } = container;
  container.wizard = { tickets, onboarding, doctor, inOrder: new InOrder() };
}
