import { z } from 'zod';
import { instant, longRowId, pageEnd, pageQuery, snowflake } from '#lib/http/shapes';
import {
  definitionOf,
  nameOf,
  scopeOf,
  scopes,
  settingKeys,
  type SettingDefinition,
  type SettingKey,
} from '../definitions.ts';

/** What a setting is in JSON, before it is known whether it works in a guild. */
export function valueShape(definition: SettingDefinition): z.ZodType {
  switch (definition.type) {
    case 'boolean':
      return z.boolean();
    case 'integer':
      return z.number().int().min(definition.minimum).max(definition.maximum);
    case 'decimal':
      return z.number().min(definition.minimum).max(definition.maximum);
    case 'choice':
      return z.enum(definition.choices);
    case 'durations':
      return z
        .array(z.number().int().min(definition.minimum).max(definition.maximum))
        .max(definition.maximumCount)
        .meta({ description: 'In minutes.' });
    case 'text':
      return z.string().min(1).max(definition.maximumLength);
    case 'timezone':
      return z.string().min(1).max(100);
    case 'channel':
    case 'role':
      return snowflake;
  }
}

const keysOf = (scope: string): SettingKey[] => settingKeys.filter((key) => scopeOf(key) === scope);

/** All settings by scope and name, as they are stored: an id of a time that knew other limits stays readable. */
const values = Object.fromEntries(
  scopes.map((scope) => [
    scope,
    z.object(Object.fromEntries(keysOf(scope).map((key) => [nameOf(key), storedShape(definitionOf(key))]))),
  ]),
);

function storedShape({ type, default: byDefault }: SettingDefinition): z.ZodType {
  const shape = {
    boolean: z.boolean(),
    integer: z.number(),
    decimal: z.number(),
    choice: z.string(),
    durations: z.array(z.number()),
    text: z.string(),
    timezone: z.string(),
    channel: z.string(),
    role: z.string(),
  }[type];
  return byDefault === null ? shape.nullable() : shape;
}

export const settingsShape = z
  .object({
    ...values,
    defaults: z.object(values).meta({ description: 'What is in force where the server has chosen nothing.' }),
    overridden: z
      .array(z.string())
      .meta({ description: 'What the server has chosen itself.', example: ['system.timezone'] }),
  })
  .meta({ id: 'Settings', description: 'What is in force, by category and name.' });

const jsonValue = z.union([z.boolean(), z.number(), z.string(), z.array(z.number()).max(100)]).nullable();

export const changeBody = z
  .strictObject({
    category: z.enum(scopes as readonly [string, ...string[]]),
    settings: z
      .record(z.string().max(100), jsonValue)
      .refine((settings) => Object.keys(settings).length <= 100, 'names too many settings')
      .meta({
        description: 'By name; null goes back to the default, and what is not named stays.',
        example: { timezone: 'Europe/Amsterdam', log_channel_id: null },
      }),
  })
  .meta({ id: 'SettingsChange' });

export const entryShape = z
  .object({
    id: longRowId,
    scope: z.string(),
    key: z.string(),
    old_value: jsonValue,
    new_value: jsonValue.meta({ description: 'Null: the default is in force again.' }),
    changed_by: z.string().nullable(),
    changed_at: instant,
    change_type: z.enum(['created', 'updated', 'deleted', 'undone']),
  })
  .meta({ id: 'SettingsHistoryEntry' });

export const changedShape = z
  .object({
    success: z.literal(true),
    message: z.string(),
    changed: z.array(entryShape).meta({ description: 'What was not so already.' }),
    notes: z.array(z.string()).meta({ description: 'What else follows from it.' }),
  })
  .meta({ id: 'SettingsChanged' });

export const historyPage = z
  .object({ history: z.array(entryShape), ...pageEnd })
  .meta({ id: 'SettingsHistoryPage' });

export const guildPath = z.object({ guild_id: snowflake });
export const entryPath = z.object({ guild_id: snowflake, history_id: longRowId });
export const historyQuery = z.object({
  ...pageQuery,
  scope: z.enum(scopes as readonly [string, ...string[]]).optional(),
  key: z.string().max(100).optional().meta({ description: 'The name of a setting of that scope.' }),
});
