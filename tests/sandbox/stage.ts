import { ApplicationCommandOptionType as OptionType, Events } from 'discord.js';
import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Client,
  Interaction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, startBot } from './bot.ts';

/** What the bot does with the next interactions. */
export interface Reactions {
  command?: (interaction: ChatInputCommandInteraction) => Promise<unknown>;
  component?: (interaction: MessageComponentInteraction) => Promise<unknown>;
  modal?: (interaction: ModalSubmitInteraction) => Promise<unknown>;
  autocomplete?: (interaction: AutocompleteInteraction) => Promise<unknown>;
}

export const DEADLINE_MS = 300;

/** A guild with Mia and Sam, and a bot with the command /do that does what each test says. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly guild: SandboxGuild;
  readonly mia: Person;
  readonly sam: Person;
  react: Reactions = {};
  last: Interaction | undefined;
  #bot: Client<true> | undefined;
  readonly #failures: unknown[] = [];

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.guild = sandbox.createGuild({
      name: 'Home',
      owner: 'olivia',
      locale: 'nl',
      members: ['mia', { name: 'sam', locale: 'nl' }],
      roles: [{ name: 'Staff' }],
      channels: [{ name: 'general' }, { name: 'news', type: 'announcement' }],
    });
    this.mia = this.guild.member('mia');
    this.sam = this.guild.member('sam');
  }

  static async open(clock = new MovableClock()): Promise<Stage> {
    const stage = new Stage(await startSandbox({ clock, interactionDeadlineMs: DEADLINE_MS }));
    const bot = await startBot(stage.sandbox);
    stage.#bot = bot;
    bot.on(Events.InteractionCreate, (interaction) => {
      stage.last = interaction;
      stage.#answer(interaction).catch((error: unknown) => stage.#failures.push(error));
    });
    await bot.application.commands.set([
      {
        name: 'do',
        description: 'Does it',
        options: [
          { type: OptionType.String, name: 'text', description: 'A text', autocomplete: true },
          { type: OptionType.User, name: 'who', description: 'Somebody' },
          { type: OptionType.Channel, name: 'where', description: 'A channel' },
        ],
      },
    ]);
    return stage;
  }

  /** After each test: nothing went wrong that the test did not mean. */
  check(): void {
    this.react = {};
    const [failure] = this.#failures.splice(0);
    if (failure) throw failure as Error;
    expectNoViolations(this.sandbox);
  }

  async close(): Promise<void> {
    await this.#bot?.destroy();
    await this.sandbox.close();
  }

  async #answer(interaction: Interaction): Promise<unknown> {
    const { react } = this;
    if (interaction.isChatInputCommand()) return react.command?.(interaction);
    if (interaction.isMessageComponent()) return react.component?.(interaction);
    if (interaction.isModalSubmit()) return react.modal?.(interaction);
    if (interaction.isAutocomplete()) return react.autocomplete?.(interaction);
    return undefined;
  }
}
