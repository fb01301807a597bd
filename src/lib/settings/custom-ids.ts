import { customIds } from '#lib/ui/custom-id';

/**
 * The components of `/config`. `seen` is the version of the setting that the panel shows, so that a change which somebody
 * else made meanwhile is noticed.
 */
export const configIds = customIds('config', 1, {
  /** The select of scopes. */
  scope: [],
  /** Back to the settings of a scope. */
  show: ['scope'],
  /** Opens what changes a setting: a select in place, or a modal. */
  edit: ['key'],
  /** Sets a boolean. */
  toggle: ['key', 'seen', 'value'],
  /** A select of channels, roles or choices. */
  pick: ['key', 'seen'],
  /** The modal for a typed value. */
  enter: ['key', 'seen'],
  reset: ['key', 'seen'],
  /** The next page of the history; `key` is empty for all settings. */
  older: ['key', 'before'],
});
