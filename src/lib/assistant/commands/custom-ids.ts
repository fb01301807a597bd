import { customIds } from '#lib/ui/custom-id';

/** `checkIn` and `ask` are windows, `challenge` a menu, `own` a button. */
export const coachIds = customIds('coach', 1, { checkIn: [], challenge: [], own: [], ask: [] });
