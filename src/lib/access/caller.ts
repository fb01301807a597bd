/** What a key may do, beyond being its maker's. */
export const SCOPES = [
  'reminders:read',
  'reminders:write',
  'settings:read',
  'settings:write',
  'onboarding:read',
  'onboarding:write',
  'tickets:read',
  'faq:read',
  'faq:write',
  'metrics:read',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Who sends a request, as far as it proved that. */
export type Caller =
  /** Nobody that is known. `reason` says why a proof that was there did not count; with 403 another proof would not help. */
  | { readonly kind: 'nobody'; readonly reason: string | null; readonly status?: 401 | 403 }
  /** A person, by the token of the host's Supabase project or by the dashboard's own session. */
  | { readonly kind: 'person'; readonly userId: string; readonly via: 'supabase' | 'session' }
  /** A key that an admin made for one guild. It may what its scopes say, as long as its maker may. */
  | {
      readonly kind: 'key';
      readonly keyId: number;
      readonly guildId: string;
      readonly userId: string;
      readonly scopes: readonly Scope[];
    }
  /** The host's own service key, in the name of a person where it names one. */
  | { readonly kind: 'service'; readonly userId: string | null };

/** What a route asks of who calls it. */
export type Rule =
  /** Everybody may. */
  | { readonly who: 'anyone' }
  /** Whoever signed the body with a secret that the route shares with them: the route proves it by itself, whoever else they are. */
  | { readonly who: 'signed' }
  /** Whoever proves who they are; what they get is for the route to narrow down. */
  | { readonly who: 'somebody' }
  /** Whoever is a person: what the route shows or changes is theirs. Keys need the scope; null: any key will do. */
  | { readonly who: 'person'; readonly scope: Scope | null }
  /** Whoever may manage the guild of the path's `guild_id`, now. Keys need the scope and are bound to their guild. */
  | { readonly who: 'guild-admin'; readonly scope: Scope }
  /** Of the guild that the query's `guild_id` names, whoever may manage it, as above; without one, as below. */
  | { readonly who: 'guild-admin-or-operator'; readonly scope: Scope }
  /** The bot's owner or team, and the service key that names nobody else. Keys of a guild never. */
  | { readonly who: 'operator' };
