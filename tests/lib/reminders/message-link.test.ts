import { expect, test } from 'vitest';
import { messageLink, requireLinkedMessage } from '#lib/reminders/message-link';
import { refusalOf } from '../errors/refusal.ts';
import { useClient } from '../discord/sandbox-client.ts';
import { useSentences } from '../i18n/sentences.ts';

useSentences();
const connected = useClient({
  name: 'Town',
  owner: 'olivia',
  members: ['mia', 'sam'],
  channels: [
    { name: 'general' },
    { name: 'staff', overwrites: [{ role: '@everyone', deny: ['ViewChannel'] }] },
    { name: 'live', overwrites: [{ role: '@everyone', deny: ['ReadMessageHistory'] }] },
    { name: 'blind', overwrites: [{ role: 'Alphapy', deny: ['ReadMessageHistory'] }] },
    { name: 'archive', type: 'category' },
  ],
});

const town = () => {
  const [guild] = connected().guilds;
  if (guild === undefined) throw new Error('no guild');
  return guild;
};
async function check(text: string, name = 'mia') {
  const guild = await connected().client.guilds.fetch(town().id);
  return requireLinkedMessage(guild, await guild.members.fetch(town().member(name).id), text);
}
const linkTo = ({ channelId, id }: { channelId: string; id: string }) =>
  messageLink(town().id, { channelId, messageId: id });
const refusal = async (text: string) => {
  const { sentence, text: says } = await refusalOf(() => check(text));
  return `${sentence.replace('reminders:link.', '')}: ${says}`;
};

test('a link to what both can read, however it was copied', async () => {
  const message = town().member('sam').writes('general', 'Pizza on Friday');
  const place = { channelId: message.channelId, messageId: message.id };
  const link = linkTo(message);
  expect(link).toBe(`https://discord.com/channels/${town().id}/${message.channelId}/${message.id}`);
  for (const written of [
    link,
    ` <${link}> `,
    link.replace('discord.com', 'ptb.discord.com'),
    link.replace('discord.com', 'canary.discord.com'),
    link.replace('discord.com', 'discordapp.com'),
  ])
    expect(await check(written)).toEqual(place);
});

test('what is no link to a message of this server', async () => {
  const message = town().member('sam').writes('general', 'Pizza');
  const link = linkTo(message);
  for (const text of [
    'pizza',
    link.replace('https', 'http'),
    link.replace('discord.com', 'discord.com.evil.example'),
  ])
    expect(await refusal(text)).toContain('unreadable: ');
  expect(await refusal(link.replace(town().id, '1328374655667123456'))).toContain('otherServer: ');
  expect(await refusal(link.replace(town().id, '@me'))).toContain('otherServer: ');
  for (const gone of [
    linkTo({ ...message, id: '1328374655667123456' }),
    linkTo({ ...message, channelId: '1328374655667123456' }),
    linkTo({ ...message, channelId: town().channel('archive').id }),
  ])
    expect(await refusal(gone)).toContain('gone: ');
});

test('what the member or the bot may not read', async () => {
  const { owner } = town();
  // Not even the name of a channel that they do not see.
  expect(await refusal(linkTo(owner.writes('staff', 'Secret')))).toMatch(/^gone: That message/);
  const live = town().channel('live').id;
  expect(await refusal(linkTo(owner.writes('live', 'Now')))).toBe(
    `member: You can't read <#${live}>: you lack Read Message History there. Link a message that you can read.`,
  );
  expect(await refusal(linkTo(owner.writes('blind', 'Hello')))).toContain('I lack Read Message History');
});

test('a private thread is for who is in it', async () => {
  const { owner } = town();
  const thread = owner.startsThread('general', 'Surprise', { private: true });
  owner.adds(thread, 'alphapy');
  const message = owner.writes(thread, 'A cake for Mia');
  expect(await refusal(linkTo(message))).toContain('gone: ');
  owner.adds(thread, 'sam');
  expect(await check(linkTo(message), 'sam')).toMatchObject({ messageId: message.id });
});
