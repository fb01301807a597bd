import type { APIUser } from 'discord-api-types/v10';
import { Locale } from 'discord-api-types/v10';
import { NO_FLAGS } from './flags.ts';
import type { UserRecord } from './records.ts';
import { firstOf } from './snowflakes.ts';
import type { World } from './world.ts';

export interface NewUser {
  username: string;
  displayName?: string;
  locale?: string;
  /** When the account was made; now when left out. */
  createdAt?: Date;
}

/** The person of that name; made when this Discord has no such account yet. */
export function ensureUser(world: World, { username, displayName, locale, createdAt }: NewUser): UserRecord {
  const known = findUserByName(world, username);
  if (known) {
    if (locale) known.locale = toLocale(locale);
    return known;
  }
  const user: UserRecord = {
    id: createdAt === undefined ? world.snowflakes.next() : freeId(world, createdAt),
    username,
    displayName: displayName ?? null,
    bot: false,
    locale: toLocale(locale ?? 'en-US'),
    acceptsDirectMessages: true,
  };
  world.users.set(user.id, user);
  return user;
}

/** An id of a time that has passed, of nobody yet. */
function freeId(world: World, at: Date): string {
  let id = BigInt(firstOf(at));
  while (world.users.has(id.toString())) id += 1n;
  return id.toString();
}

export function findUserByName(world: World, username: string): UserRecord | undefined {
  for (const user of world.users.values()) {
    if (!user.bot && user.username === username) return user;
  }
  return undefined;
}

export function toLocale(text: string): Locale {
  const locale = Object.values(Locale).find((known: string) => known === text);
  if (!locale) throw new Error(`Discord has no locale "${text}".`);
  return locale;
}

export function requireUser(world: World, userId: string): UserRecord {
  const user = world.users.get(userId);
  if (!user) throw new Error(`There is no user ${userId}.`);
  return user;
}

export function serialiseUser(user: UserRecord): APIUser {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.displayName,
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    flags: NO_FLAGS,
    public_flags: NO_FLAGS,
    ...(user.bot ? { bot: true } : {}),
  };
}
