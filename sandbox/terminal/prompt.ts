import { ChannelType } from 'discord-api-types/v10';
import { demoPeople, type Demo } from '../demo.ts';
import { ClientRefusal } from '../people/client-refusal.ts';
import type { Person } from '../people/person.ts';
import type { Reply } from '../people/reply.ts';
import type { SeenMessage } from '../people/seen-message.ts';
import { commandsOf } from '../state/commands.ts';
import { parseDuration, parseLine } from './parse.ts';
import { messageLines, readable } from './readable.ts';

/** Where the people of the demo live: the zone that a server has at first. */
const ZONE = 'Europe/Brussels';

export const help = `Type what you would do in Discord:
  /config panel                          run a command; then "click Change", "pick Choose a value = #events"
  /config set setting:system.log_channel_id value:#bot-log
  /add_reminder name:Standup time:19:30 days:weekdays message:Bring coffee
  /reminder_list     /reminder_delete reminder:1
  click <label>                          press a button; "click Change (2)" is the second of that label
  pick <label> = <value>                 choose in a select menu
  fill <label> = <value>                 fill in the window that opened, and send it
  suggest /config set setting:           what the bot suggests for the last option
  say <text>                             write a message
And around it:
  as <person>                            act as ${Object.keys(demoPeople).join(', ')}
  in <channel>                           go to another channel
  look                                   what you see here
  wait <time>                            move time on, e.g. wait 1h, wait 2d
  kill, start                            end the bot at once; start it again
  help, quit`;

/** Acts as a person of the demo guild, one typed line at a time. */
export class Prompt {
  readonly #demo: Demo;
  readonly #print: (line: string) => void;
  #person: Person;
  #channel = 'general';
  readonly #seen = new Set<string>();

  constructor(demo: Demo, print: (line: string) => void) {
    this.#demo = demo;
    this.#print = print;
    this.#person = demo.guild.member('olivia');
  }

  /** What stands before the cursor. */
  get label(): string {
    const now = this.#demo.clock.now();
    const seconds = Math.floor(now.getTime() / 1000);
    const time = readable(`<t:${seconds}>`, { zone: ZONE, locale: 'en', now });
    return `${time} (Brussels) ${this.#person.name} in #${this.#channel}> `;
  }

  /** Does what a line says. Whatever goes wrong is said in a sentence. @returns false to end. */
  async take(line: string): Promise<boolean> {
    try {
      return await this.#do(line);
    } catch (error) {
      if (error instanceof ClientRefusal) this.#print(`Discord: ${error.message}`);
      else this.#print(error instanceof Error ? error.message : String(error));
      return true;
    }
  }

  async #do(line: string): Promise<boolean> {
    const parsed = parseLine(line, (command, name) => this.#optionsOf(command).includes(name));
    if (parsed.kind === 'empty') return true;
    if (parsed.kind === 'unknown-option')
      throw new ClientRefusal(`${parsed.command} has no option "${parsed.option}".`);
    if (parsed.kind === 'command') {
      this.#show(await this.#person.runs(parsed.command, { ...parsed.options }, { in: this.#channel }));
      return true;
    }
    const { word, rest } = parsed;
    switch (word) {
      case 'as':
        this.#person = this.#demo.guild.member(rest);
        this.#leaveHiddenChannel();
        break;
      case 'in':
        this.#channel = this.#visibleChannel(rest.replace(/^#/, ''));
        this.#look();
        break;
      case 'look':
        this.#look();
        break;
      case 'say':
        this.#person.writes(this.#channel, rest);
        break;
      case 'click':
        this.#show(await this.#click(rest));
        break;
      case 'pick': {
        const [select, value] = splitAssignment(rest);
        this.#show(await this.#person.picks(select, value));
        break;
      }
      case 'fill': {
        const [field, value] = splitAssignment(rest);
        this.#show(await this.#person.submits({ [field]: value }));
        break;
      }
      case 'suggest':
        await this.#suggest(rest);
        break;
      case 'wait':
        await this.#wait(rest);
        break;
      case 'kill':
        if (!this.#demo.bot.isRunning) throw new Error('The bot does not run; "start" brings it back.');
        await this.#demo.bot.kill();
        this.#print('The bot is dead. What becomes due now waits; "start" brings it back.');
        break;
      case 'start':
        await this.#demo.bot.start();
        this.#print('The bot is back.');
        break;
      case 'quit':
      case 'exit':
        return false;
      case 'help':
        this.#print(help);
        break;
      default:
        this.#print(`I don't know "${word}". Commands of the bot begin with "/"; "help" lists the rest.`);
    }
    return true;
  }

  #lines(message: SeenMessage): string[] {
    return messageLines(message, { zone: ZONE, locale: this.#person.locale, now: this.#demo.clock.now() });
  }

  #visibleChannel(name: string): string {
    const channel = this.#demo.guild.channel(name);
    if (!this.#person.canSee(channel))
      throw new ClientRefusal(`${this.#person.name} does not see #${channel.name}.`);
    return channel.name;
  }

  #leaveHiddenChannel(): void {
    if (!this.#person.canSee(this.#channel)) this.#channel = 'general';
  }

  #optionsOf(command: string): string[] {
    const [name, sub] = command.replace(/^\//, '').split(/\s+/);
    const found = commandsOf(this.#demo.sandbox.world, null).find((item) => item.name === name);
    const options = found?.options ?? [];
    const below = options.find((option) => option.name === sub);
    const own = below !== undefined && 'options' in below ? (below.options ?? []) : options;
    return own.map((option) => option.name);
  }

  /** `Change (2)` is the second button of that label on the newest message that has it. */
  #click(text: string): Promise<Reply> {
    const numbered = /^(.*?)\s*\((\d+)\)$/.exec(text);
    if (numbered === null) return this.#person.clicks(text);
    const [, label = '', number = '1'] = numbered;
    const message = this.#person
      .sees()
      .findLast(({ buttons }) => buttons.some((button) => button.label === label));
    const found = message?.buttons.filter((button) => button.label === label)[Number(number) - 1];
    if (message === undefined || found === undefined || found.customId === null)
      throw new ClientRefusal(`There is no button ${number} with the label "${label}".`);
    return this.#person.clicks({ customId: found.customId }, { on: message });
  }

  #show(reply: Reply): void {
    if (reply.modal !== null) {
      this.#print(`A window opens: ${reply.modal.title}`);
      for (const field of reply.modal.fields)
        this.#print(`    ${field.label} = ${field.value}   (${field.description})`);
    } else if (reply.message !== null) {
      this.#seen.add(reply.message.id);
      for (const line of this.#lines(reply.message)) this.#print(line);
    } else this.#print(reply.failed ?? '(done)');
  }

  #look(): void {
    const messages = this.#person.sees(this.#channel);
    if (messages.length === 0) this.#print('(nothing here yet)');
    for (const message of messages) {
      this.#seen.add(message.id);
      for (const line of this.#lines(message)) this.#print(line);
    }
  }

  /** Prints what arrived that this person has not seen yet. */
  news(): void {
    for (const channel of this.#demo.guild.channels) {
      if (channel.type !== ChannelType.GuildText) continue;
      for (const message of this.#person.sees(channel.name)) {
        if (this.#seen.has(message.id) || message.ephemeral) continue;
        this.#seen.add(message.id);
        const [first = '', ...rest] = this.#lines(message);
        this.#print(`#${channel.name} ${first}`);
        for (const line of rest) this.#print(line);
      }
    }
  }

  async #wait(text: string): Promise<void> {
    const ms = parseDuration(text);
    if (ms === null) {
      this.#print('Say how long, e.g. wait 90s, wait 1h30m or wait 2d.');
      return;
    }
    await this.#demo.advance(ms);
    this.news();
  }

  async #suggest(text: string): Promise<void> {
    const parsed = parseLine(text, (command, name) => this.#optionsOf(command).includes(name));
    const focused = parsed.kind === 'command' ? Object.keys(parsed.options).at(-1) : undefined;
    if (parsed.kind !== 'command' || focused === undefined) {
      this.#print(
        'Write a command up to the option you want help with, e.g. suggest /config set setting:lang',
      );
      return;
    }
    const choices = await this.#person.autocompletes(parsed.command, { ...parsed.options }, focused, {
      in: this.#channel,
    });
    for (const { name, value } of choices) this.#print(`    ${name}   (${focused}:${value})`);
    if (choices.length === 0) this.#print('(no suggestions)');
  }
}

function splitAssignment(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at === -1) throw new ClientRefusal('Write it as: <label> = <value>');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
