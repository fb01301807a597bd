import type { ModalSubmitInteraction } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { UserError } from '#lib/errors/user-error';
import { translator } from '#lib/i18n/translate';
import { formModal } from '#lib/tickets/form-modal';
import { readForm, typedInForm, type FilledForm } from '#lib/tickets/form-read';
import type { FieldOption, FormField } from '#lib/tickets/form';
import { answer, openModal, type Answerable, type ComponentInteraction } from '#lib/ui/answer';
import { useSentences } from '../../i18n/sentences.ts';
import { useInteractions } from '../../ui/interactions.ts';

useSentences();
const interactions = useInteractions();

const option = (label: string): FieldOption => ({ value: label.toLowerCase(), label, description: null });
const field = (id: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  id,
  kind,
  label: `A ${kind}`,
  help: null,
  required: false,
  options: kind === 'select' || kind === 'multiselect' ? ['Red', 'Green', 'Blue'].map(option) : [],
  ...more,
});
const EVERY = [
  field('f1', 'file', { required: true, help: 'A picture of it' }),
  field('f2', 'short'),
  field('f3', 'paragraph'),
  field('f4', 'select'),
  field('f5', 'multiselect'),
];
const PICTURE = { filename: 'crash.png', bytes: new Uint8Array([1, 2, 3]) };

type Category = { readonly name: string; readonly form: readonly FormField[] } | null;
interface Sent {
  readonly read: FilledForm | UserError;
  readonly typed: string | null;
}

let forms = 0;

/** Opens the form of one category, and reads what is sent as that of another when one is given. */
async function sends(
  shown: Category,
  input: Parameters<(typeof interactions.stage.mia)['submits']>[0],
  category: Category = shown,
  text = '',
): Promise<Sent> {
  forms += 1;
  const customId = `form-${forms}`;
  let sent: Sent | undefined;
  interactions.when(`open-${forms}`, (interaction: Answerable) =>
    openModal(interaction as ComponentInteraction, formModal(translator('en-US'), shown, { customId, text })),
  );
  interactions.when(customId, async (interaction) => {
    const submitted = interaction as ModalSubmitInteraction;
    let read: Sent['read'];
    try {
      read = readForm(submitted, category);
    } catch (error) {
      read = error as UserError;
    }
    sent = { read, typed: typedInForm(submitted, category) };
    await answer(interaction, { content: 'read' });
  });
  await interactions.stage.mia.runs('/do', { what: `open-${forms}` });
  await interactions.stage.mia.submits(input);
  if (sent === undefined) throw new Error('nothing was sent');
  return sent;
}

test('a form of every kind of field comes back as it was filled in', async () => {
  const { read, typed } = await sends(
    { name: 'Bug', form: EVERY },
    {
      'A file': [PICTURE],
      'A short': ' It crashes\u202E ',
      'A paragraph': 'one\r\n\r\ntwo',
      'A select': 'Green',
      'A multiselect': ['Blue', 'Red'],
    },
  );
  expect(read).toEqual({
    description: 'It crashes',
    answers: [
      { kind: 'file', label: 'A file', files: [{ attachmentId: expect.any(String), name: 'crash.png' }] },
      { kind: 'short', label: 'A short', value: 'It crashes' },
      { kind: 'paragraph', label: 'A paragraph', value: 'one\n\ntwo' },
      { kind: 'select', label: 'A select', values: ['Green'] },
      { kind: 'multiselect', label: 'A multiselect', values: ['Red', 'Blue'] },
    ],
    files: [
      {
        attachmentId: expect.any(String),
        name: 'crash.png',
        url: expect.stringContaining('crash.png'),
        contentType: 'image/png',
        bytes: 3,
      },
    ],
  });
  expect(typed).toBe(
    'A short\nIt crashes\n\nA paragraph\none\n\ntwo\n\nA select\nGreen\n\nA multiselect\nBlue, Red',
  );
});

test('what was left out is not there, and the ticket is about what was said', async () => {
  const file = await sends({ name: 'Bug', form: EVERY }, { 'A file': [PICTURE] });
  expect(file.read).toMatchObject({ description: 'crash.png', answers: [{ kind: 'file' }] });
  expect(file.typed).toBeNull();
  const nothing = await sends({ name: 'Bug', form: [field('f1', 'short')] }, {});
  expect(nothing.read).toEqual({ description: 'Bug', answers: [], files: [] });
});

test('without a form it is asked what it is about', async () => {
  const { read } = await sends(null, { 'What is it about?': 'Help me' });
  expect(read).toEqual({ description: 'Help me', answers: [], files: [] });
  const blank = await sends(null, { 'What is it about?': ' \u200B\n' });
  expect(blank.read).toMatchObject({ sentence: 'ticket-setup:form.aboutEmpty' });
  const unseen = await sends(
    { name: 'Bug', form: [field('f1', 'short', { required: true, label: '*Why*' })] },
    { '*Why*': '\u200B' },
  );
  expect(unseen.read).toMatchObject({ sentence: 'ticket-setup:form.empty', values: { field: '\\*Why\\*' } });
});

test('what was written already stands in the first field that takes text', async () => {
  const { read } = await sends({ name: 'Bug', form: EVERY }, { 'A file': [PICTURE] }, undefined, 'Help me');
  expect(read).toMatchObject({ description: 'Help me' });
  const general = await sends(null, {}, undefined, 'Help me');
  expect(general.read).toMatchObject({ description: 'Help me' });
});

describe('a form that was changed while it was open is not read', () => {
  const shown = [field('f1', 'short', { label: 'What?' }), field('f2', 'select', { label: 'Colour' })];
  const [what, colour] = shown as [FormField, FormField];
  const input = { 'What?': 'My words', Colour: 'Red' };

  test.each<[string, Category]>([
    ['a question was added', { name: 'Bug', form: [...shown, field('f3', 'short')] }],
    ['a question was deleted', { name: 'Bug', form: [what] }],
    ['another one took its place', { name: 'Bug', form: [{ ...what, label: 'Your bank account?' }, colour] }],
    ['an option is gone', { name: 'Bug', form: [what, { ...colour, options: [option('Red')] }] }],
    ['all are gone', { name: 'Bug', form: [] }],
    ['the categories are gone', null],
  ])('%s', async (_what, category) => {
    const { read, typed } = await sends({ name: 'Bug', form: shown }, input, category);
    expect(read).toMatchObject({ sentence: 'ticket-setup:form.changed' });
    expect(typed).toContain('My words');
  });

  test('a help text or the order may change', async () => {
    const { read } = await sends({ name: 'Bug', form: shown }, input, {
      name: 'Bug',
      form: [colour, { ...what, help: 'In your own words' }],
    });
    expect(read).toMatchObject({ description: 'My words' });
  });
});
