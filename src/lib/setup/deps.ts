import type { DoctorDeps } from '#lib/doctor/report';
import type { InOrder } from '#lib/limits/in-order';
import type { OnboardingDeps } from '#lib/onboarding/deps';
import type { TicketDeps } from '#lib/tickets/deps';

/** What the wizard stands on: the features that it sets up. */
export interface WizardDeps {
  readonly tickets: TicketDeps;
  readonly onboarding: OnboardingDeps;
  readonly doctor: DoctorDeps;
  /** Of two admins of a server who have something made or posted, the second one meets what the first one did. */
  readonly inOrder: InOrder;
}
