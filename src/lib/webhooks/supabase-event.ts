import { z } from 'zod';
import { SNOWFLAKE } from '#lib/access/discord-id';
import { HttpProblem, invalidParts } from '#lib/http/problem';

const row = z.looseObject({}).nullish();

/** What Supabase sends of a row that changed, as far as every message of it has it. */
export const eventBody = z.looseObject({
  type: z.string().optional().meta({ example: 'DELETE' }),
  schema: z.string().optional().meta({ example: 'auth' }),
  table: z.string().optional().meta({ example: 'users' }),
  record: row,
  old_record: row,
});

/** What the bot has to do with it. */
export type SupabaseEvent =
  | { readonly kind: 'link'; readonly accountId: string; readonly discordUserId: string }
  | {
      readonly kind: 'deletion';
      readonly accountId: string;
      /** Whom the account was on Discord; null: the event does not say, and what is known here counts. */
      readonly discordUserIds: readonly string[] | null;
    }
  | { readonly kind: 'other'; readonly why: string };

const accountId = z.uuid('is no id of an account').toLowerCase();
const provider = z.string();
const discordId = z.string().regex(SNOWFLAKE, 'is no id of Discord');
const anyIdentity = z.object({ provider });
const discordIdentity = z.object({ provider: z.literal('discord'), provider_id: discordId });
/** An identity of another provider is nothing to us, whatever its id looks like. */
const identity = anyIdentity
  .extend({ provider: provider.refine((name) => name !== 'discord') })
  .or(discordIdentity);

const identityRow = z.object({ record: anyIdentity });
const discordRow = z.object({ record: discordIdentity.extend({ user_id: accountId }) });
const userRow = z.object({
  old_record: z.object({ id: accountId, identities: z.array(identity).optional() }),
});

/**
 * What a message of Supabase tells. Who somebody is on Discord is read of the identities alone, which Supabase writes as the provider tells
 * it; `raw_user_meta_data` people write themselves.
 * @throws HttpProblem 422 for a message that is of these rows and lacks what they have.
 */
export function readSupabaseEvent(body: z.output<typeof eventBody>): SupabaseEvent {
  const { type, schema, table } = body;
  if (schema === 'auth' && table === 'identities' && (type === 'INSERT' || type === 'UPDATE')) {
    if (read(identityRow, body).record.provider !== 'discord')
      return { kind: 'other', why: 'It is an identity of another provider than Discord.' };
    const { record } = read(discordRow, body);
    return { kind: 'link', accountId: record.user_id, discordUserId: record.provider_id };
  }
  if (schema === 'auth' && table === 'users' && type === 'DELETE') {
    const { id, identities } = read(userRow, body).old_record;
    const discord = identities?.flatMap((one) => ('provider_id' in one ? [one.provider_id] : []));
    return { kind: 'deletion', accountId: id, discordUserIds: discord ?? null };
  }
  return {
    kind: 'other',
    why: 'Only INSERT and UPDATE of auth.identities and DELETE of auth.users are of use here.',
  };
}

function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const invalid = invalidParts('body', result.error);
  const first = invalid[0];
  throw new HttpProblem(
    422,
    `The row is not as Supabase has it${first === undefined ? '' : `: ${first.at}: ${first.problem}`}.`,
    { invalid },
  );
}
