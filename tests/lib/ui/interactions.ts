import {
  ApplicationCommandOptionType,
  ButtonStyle,
  ComponentType,
  Events,
  type APIMessageTopLevelComponent,
  type AutocompleteInteraction,
  type Client,
  type Interaction,
} from 'discord.js';
import { afterAll, beforeAll } from 'vitest';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { Person } from '../../../sandbox/people/person.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { createMessage } from '../../../sandbox/state/messages.ts';
import type { Answerable } from '#lib/ui/answer';
import { expectNoViolations, startBot } from '../../sandbox/bot.ts';

interface Stage {
  readonly sandbox: Sandbox;
  readonly guild: SandboxGuild;
  readonly mia: Person;
  /** Reads Dutch. */
  readonly sam: Person;
}

/** Something that a person can use: the option `what` of /do, or a button's id. */
type Act = (interaction: Answerable) => Promise<unknown>;
type Suggest = (interaction: AutocompleteInteraction) => Promise<unknown>;

/** A real discord.js client in a sandbox that does what each test says, and nothing of our bot. */
export function useInteractions() {
  const acts = new Map<string, Act>();
  let suggest: Suggest = () => Promise.resolve();
  let stage: Stage | undefined;
  let client: Client<true> | undefined;
  const failures: unknown[] = [];

  beforeAll(async () => {
    const sandbox = await startSandbox();
    const guild = sandbox.createGuild({
      name: 'Home',
      owner: 'olivia',
      members: ['mia', { name: 'sam', locale: 'nl' }],
    });
    client = await startBot(sandbox);
    client.on(Events.InteractionCreate, (interaction) => {
      const work = interaction.isAutocomplete()
        ? suggest(interaction)
        : acts.get(nameOf(interaction))?.(interaction);
      work?.catch((error: unknown) => failures.push(error));
    });
    const what = {
      type: ApplicationCommandOptionType.String,
      name: 'what',
      description: 'x',
      autocomplete: true,
    } as const;
    await client.application.commands.set([{ name: 'do', description: 'Does it', options: [what] }]);
    stage = { sandbox, guild, mia: guild.member('mia'), sam: guild.member('sam') };
  });
  afterAll(async () => {
    await client?.destroy();
    await stage?.sandbox.close();
    if (stage !== undefined) expectNoViolations(stage.sandbox);
    if (failures.length > 0) throw new AggregateError(failures, 'an act failed');
  });

  return {
    get stage(): Stage {
      if (stage === undefined) throw new Error('the stage is there in tests and hooks only');
      return stage;
    },
    /** Says what happens when somebody uses `name`. */
    when(name: string, act: Act): string {
      acts.set(name, act);
      return name;
    },
    whenTyping(act: Suggest): void {
      suggest = act;
    },
    /** Puts a message of the bot in the channel, with a button of this id and label. */
    leaveButton(name: string): void {
      const { sandbox, guild } = this.stage;
      const button = {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: name,
        custom_id: name,
      } as const;
      const components: APIMessageTopLevelComponent[] = [
        { type: ComponentType.ActionRow, components: [button] },
      ];
      createMessage(sandbox.world, guild.channel('general'), {
        authorId: sandbox.world.application.botId,
        content: `a button ${name}`,
        components,
      });
    },
  };
}

function nameOf(interaction: Interaction): string {
  if (interaction.isChatInputCommand()) return interaction.options.getString('what') ?? '';
  return 'customId' in interaction ? interaction.customId : '';
}
