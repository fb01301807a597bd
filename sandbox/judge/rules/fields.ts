import { print } from '../problem.ts';
import type { Findings } from '../problem.ts';

// Discord's document says "integer" and "uniqueItems" for these; the schemas generated from it lost both.
const INTEGERS: ReadonlySet<string> = new Set([
  'accent_color',
  'bitrate',
  'color',
  'days',
  'default_thread_rate_limit_per_user',
  'delete_message_days',
  'delete_message_seconds',
  'duration',
  'duration_seconds',
  'flags',
  'max_age',
  'max_length',
  'max_uses',
  'max_values',
  'mention_total_limit',
  'min_length',
  'min_values',
  'position',
  'primary_color',
  'rate_limit_per_user',
  'secondary_color',
  'system_channel_flags',
  'tertiary_color',
  'user_limit',
]);
const UNIQUE_LISTS: ReadonlySet<string> = new Set([
  'channel_types',
  'contexts',
  'default_channel_ids',
  'exempt_channels',
  'exempt_roles',
  'features',
  'include_roles',
  'integration_types',
  'messages',
  'parse',
  'presets',
  'role_ids',
  'roles',
  'user_ids',
  'users',
]);

/** Whole numbers where Discord wants them and no value twice in its sets, at any depth of a body. */
export function judgeFields(value: unknown, findings: Findings): void {
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === 'number') {
      if (INTEGERS.has(key) && !Number.isInteger(child)) {
        findings.at(key).add('NUMBER_TYPE_COERCE', `Value ${print(child)} is not int.`);
      }
    } else if (typeof child === 'object' && child !== null) {
      const here = findings.at(isList ? Number(key) : key);
      if (Array.isArray(child) && UNIQUE_LISTS.has(key) && new Set(child).size < child.length)
        here.duplicate();
      judgeFields(child, here);
    }
  }
}
