import { setTimeout as sleep } from 'node:timers/promises';
import {
  ComponentType,
  InteractionResponseType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import {
  answer,
  claimMessage,
  deferWhenSlow,
  isAnswered,
  openModal,
  update,
  type Answerable,
  type ComponentInteraction,
} from '#lib/ui/answer';
import { OpenInteractions } from '#lib/ui/open-interactions';
import { useInteractions } from './interactions.ts';
import { eventually } from '../../setup/eventually.ts';

const { Modal, UpdateMessage, ChannelMessageWithSource } = InteractionResponseType;
const { DeferredMessageUpdate, DeferredChannelMessageWithSource } = InteractionResponseType;
/** The bot tells Discord after 1,500 ms that an answer will come. */
const SLOW_MS = 1_700;

const interactions = useInteractions();

/** Deferrals that Discord refused. Not a mock: those are cleared when another test begins. */
const refusedDeferrals: unknown[] = [];
const onError = (error: unknown) => refusedDeferrals.push(error);
/** As the bot does it: the deferral is set up before anything else. */
const when = (name: string, act: (interaction: Answerable) => Promise<unknown>): string =>
  interactions.when(name, async (interaction) => {
    deferWhenSlow(interaction, onError);
    await act(interaction);
  });

/** The first responses that Discord got to the newest interactions of one name. */
const firstResponses = (): InteractionResponseType[] =>
  interactions.stage.sandbox.requests
    .filter(({ path }) => path.endsWith('/callback'))
    .map(({ body }) => (body as { type: InteractionResponseType }).type);

const modal: APIModalInteractionResponseCallbackData = {
  custom_id: 'modal',
  title: 'T',
  components: [
    {
      type: ComponentType.Label,
      label: 'L',
      component: {
        type: ComponentType.TextInput,
        custom_id: 'value',
        style: TextInputStyle.Short,
        required: false,
      },
    },
  ],
};

describe('at once', () => {
  test('a command is answered to one person, and more follows', async () => {
    when('twice', async (interaction) => {
      expect(isAnswered(interaction)).toBe(false);
      await answer(interaction, { content: 'first' });
      expect(isAnswered(interaction)).toBe(true);
      await answer(interaction, { content: 'second' });
    });
    const { mia, sam } = interactions.stage;
    const reply = await mia.runs('/do', { what: 'twice' });
    expect([reply.text, reply.ephemeral]).toEqual(['first', true]);
    expect((await mia.waitsFor('general', 'second')).ephemeral).toBe(true);
    expect(sam.sees('general').map(({ text }) => text)).not.toContain('second');
  });

  test('a message of its own is claimed and filled in later, for a command and for a component', async () => {
    when('own', async (interaction) => {
      if (interaction.isAutocomplete() || !interaction.isRepliable()) return;
      const id = await claimMessage(interaction, { content: 'asking' });
      await interaction.webhook.editMessage(id, { content: 'filled in' });
    });
    interactions.leaveButton('own');
    const { mia, sam } = interactions.stage;
    for (const reply of [await mia.runs('/do', { what: 'own' }), await mia.clicks('own')])
      expect([reply.text, reply.ephemeral, reply.updated]).toEqual(['filled in', true, false]);
    expect(sam.sees('general').map(({ text }) => text)).not.toContain('filled in');
  });

  test('a component changes its message, or is answered beside it', async () => {
    when('change', (interaction) => update(interaction, { content: 'changed' }));
    when('beside', (interaction) => answer(interaction, { content: 'beside' }));
    for (const name of ['change', 'beside']) interactions.leaveButton(name);
    const { mia } = interactions.stage;
    expect(await mia.clicks('change')).toMatchObject({ updated: true, message: { content: 'changed' } });
    expect(await mia.clicks('beside')).toMatchObject({ updated: false, text: 'beside', ephemeral: true });
    expect(firstResponses().slice(-2)).toEqual([UpdateMessage, ChannelMessageWithSource]);
  });

  test('a component opens a modal, whose sender can change the same message', async () => {
    when('open', (interaction) => openModal(interaction as ComponentInteraction, modal));
    when('modal', async (interaction) => {
      await update(interaction, { content: 'entered' });
      await answer(interaction, { content: 'and said' });
    });
    interactions.leaveButton('open');
    const { mia } = interactions.stage;
    expect((await mia.clicks('open')).modal?.title).toBe('T');
    expect(await mia.submits({ value: 'x' })).toMatchObject({
      updated: true,
      message: { content: 'entered' },
    });
    await mia.waitsFor('general', 'and said');
  });

  test('only a component changes a message', async () => {
    const refused = vi.fn();
    when('no message', async (interaction) => {
      await update(interaction, { content: 'x' }).catch(refused);
      await answer(interaction, { content: 'refused' });
    });
    await interactions.stage.mia.runs('/do', { what: 'no message' });
    expect(refused).toHaveBeenCalledWith(expect.any(TypeError));
  });
});

describe('after a while, when Discord would have given up', () => {
  test.concurrent('a command shows that an answer will come, and then the answer in its place', async () => {
    when('slow', async (interaction) => {
      await sleep(SLOW_MS);
      await answer(interaction, { content: 'slow answer' });
      await answer(interaction, { content: 'and another' });
    });
    const { sam } = interactions.stage;
    const reply = await sam.runs('/do', { what: 'slow' });
    expect([reply.text, reply.ephemeral]).toEqual(['slow answer', true]);
    expect((await sam.waitsFor('general', 'and another')).ephemeral).toBe(true);
    expect(firstResponses()).toContain(DeferredChannelMessageWithSource);
  });

  test.concurrent.each([
    [
      'slow change',
      (interaction: Answerable) => update(interaction, { content: 'slowly changed' }),
      true,
      'slowly changed',
    ],
    [
      'slow beside',
      (interaction: Answerable) => answer(interaction, { content: 'slowly said' }),
      false,
      'slowly said',
    ],
    [
      'slow own',
      async (interaction: Answerable) => {
        await claimMessage(interaction, { content: 'slowly asked' });
      },
      false,
      'slowly asked',
    ],
  ])('a component: %s', async (name, act, updated, content) => {
    when(name, async (interaction) => {
      await sleep(SLOW_MS);
      await act(interaction);
    });
    interactions.leaveButton(name);
    expect(await interactions.stage.mia.clicks(name)).toMatchObject({ updated, message: { content } });
    expect(firstResponses()).toContain(DeferredMessageUpdate);
  });

  test.concurrent('a modal can no longer open', async () => {
    const refused: unknown[] = [];
    when('slow modal', async (interaction) => {
      await sleep(SLOW_MS);
      await openModal(interaction as ComponentInteraction, modal).catch((error: unknown) =>
        refused.push(error),
      );
      await answer(interaction, { content: 'too slow' });
    });
    interactions.leaveButton('slow modal');
    expect((await interactions.stage.mia.clicks('slow modal')).text).toBe('too slow');
    expect(refused).toMatchObject([{ sentence: 'common:tooSlowForModal' }]);
    expect(firstResponses().filter((type) => type === Modal)).toHaveLength(1);
  });

  test.concurrent('an answer that is on its way is not overtaken by the deferral', async () => {
    const { sandbox, mia } = interactions.stage;
    when('late', async (interaction) => {
      await sleep(1_300);
      sandbox.faults.switchOn({ fault: 'slow', containing: 'just in time', waitMs: 500 });
      await answer(interaction, { content: 'just in time' });
    });
    const reply = await mia.runs('/do', { what: 'late' });
    expect([reply.text, reply.failed]).toEqual(['just in time', null]);
    expect(refusedDeferrals).toEqual([]);
  });
});

test('a stop waits for who has not been answered', async () => {
  const open = new OpenInteractions();
  when('stopping', async (interaction) => {
    open.add(interaction);
    await sleep(200);
    await answer(interaction, { content: 'before the stop' });
  });
  const reply = interactions.stage.mia.runs('/do', { what: 'stopping' });
  await eventually(() => expect(open.size).toBe(1));
  await open.settled(5_000);
  expect(open.size).toBe(0);
  expect((await reply).text).toBe('before the stop');
});

test('a stop does not wait for ever', async () => {
  const open = new OpenInteractions();
  when('silent', async (interaction) => {
    open.add(interaction);
    await sleep(500);
    await answer(interaction, { content: 'after the stop' });
  });
  const reply = interactions.stage.mia.runs('/do', { what: 'silent' });
  await eventually(() => expect(open.size).toBe(1));
  await open.settled(50);
  expect(open.size).toBe(1);
  await reply;
});
