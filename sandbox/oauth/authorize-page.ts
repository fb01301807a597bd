import { PermissionFlagsBits } from 'discord-api-types/v10';
import { escapeHtml } from '#lib/text/escape-html';
import { guildPermissions } from '../permissions.ts';
import type { UserRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
ul { list-style: none; padding: 0; }
button { font: inherit; width: 100%; margin: .25rem 0; padding: .6rem; text-align: left; cursor: pointer; }
small { display: block; opacity: .75; }`;

/** A page that asks who signs in; a form, so that it works without a script. @param action the address that takes the choice. */
export function authorizePage(world: World, application: string, action: string): string {
  const people = [...world.users.values()]
    .filter(({ bot }) => !bot)
    .sort((a, b) => a.username.localeCompare(b.username));
  const choices = people.map(
    (user) =>
      `<li><button name="user" value="${user.id}">${escapeHtml(user.displayName ?? user.username)}<small>${escapeHtml(rightsOf(world, user))}</small></button></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>Who are you?</title><style>${STYLE}</style></head>
<body><main><h1>Who are you?</h1>
<p>${escapeHtml(application)} wants to know who you are and which servers you are in. On Discord you would be signed in already; here you choose.</p>
<form method="post" action="${escapeHtml(action)}">
<ul>${choices.join('\n')}</ul>
<button name="user" value="">Cancel</button>
</form></main></body></html>`;
}

function rightsOf(world: World, { id }: UserRecord): string {
  const manages = [...world.guilds.values()].filter((guild) => mayManage(world, guild.id, id));
  return manages.length === 0 ? 'manages no server' : `manages ${manages.map(({ name }) => name).join(', ')}`;
}

function mayManage(world: World, guildId: string, userId: string): boolean {
  const guild = world.guilds.get(guildId);
  const member = guild?.members.get(userId);
  if (guild === undefined || member === undefined) return false;
  return (guildPermissions(guild, member, world.clock.now()) & PermissionFlagsBits.ManageGuild) !== 0n;
}
