import { customIds } from '#lib/ui/custom-id';

/** The pages of what is looked up about the bot itself. `page` counts from 0. */
export const operationsIds = customIds('operations', 1, {
  commands: ['page'],
  release: ['page'],
});
