import type {
  APIMessage,
  APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
} from 'discord-api-types/v10';
import type { PendingFault } from '../faults/order.ts';

/* What the page and its server say to each other over one WebSocket, as JSON. Instants are ISO text. */

export interface PagePerson {
  readonly id: string;
  readonly name: string;
  /** "the owner", "Staff", "a member": what tells this person from the others. */
  readonly about: string;
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  readonly parentId: string | null;
  readonly topic: string | null;
  /** Whether this person may write here. */
  readonly canWrite: boolean;
  /** Hidden from @everyone. */
  readonly isPrivate: boolean;
  /** The newest message that everybody here sees; null when there is none. */
  readonly lastMessageId: string | null;
}

export interface PageMember {
  readonly id: string;
  readonly name: string;
  /** "#rrggbb" of the highest coloured role; null for none. */
  readonly color: string | null;
  readonly isBot: boolean;
}

export interface PageMemberGroup {
  /** A role that is shown apart, or "Members". */
  readonly title: string;
  readonly count: number;
  /** The first ones; a long group is not listed to its end. */
  readonly members: readonly PageMember[];
}

export interface PageRole {
  readonly id: string;
  readonly name: string;
  readonly color: string | null;
}

export interface PageInvite {
  readonly code: string;
  /** Its channel's name. */
  readonly channel: string;
  readonly inviter: string;
  readonly uses: number;
  /** 0 for any number. */
  readonly maxUses: number;
  readonly expiresAt: string | null;
}

export interface PageBan {
  readonly id: string;
  readonly name: string;
  readonly reason: string | null;
}

export interface PageChoice {
  readonly name: string;
  readonly value: string | number;
}

export interface PageOption {
  readonly name: string;
  /** In the person's language. */
  readonly label: string;
  readonly description: string;
  readonly type: ApplicationCommandOptionType;
  readonly required: boolean;
  readonly autocomplete: boolean;
  readonly choices: readonly PageChoice[];
  readonly channelTypes: readonly number[];
}

export interface PageCommand {
  /** "config set": the names of command, group and subcommand. */
  readonly path: string;
  readonly label: string;
  readonly description: string;
  readonly type: ApplicationCommandType;
  readonly options: readonly PageOption[];
}

/** What this person sees around the messages; each part is sent when it has changed. */
export interface Frame {
  readonly guild: { readonly id: string; readonly name: string };
  readonly guilds: readonly { readonly id: string; readonly name: string }[];
  readonly me: PageMember & {
    readonly locale: string;
    /** Names of Discord's permissions in the guild as a whole. */
    readonly permissions: readonly string[];
    /** The channels between this person and the bots. */
    readonly directChannels: readonly { readonly id: string; readonly name: string }[];
  };
  /** Who one can be. */
  readonly people: readonly PagePerson[];
  readonly channels: readonly PageChannel[];
  readonly members: readonly PageMemberGroup[];
  readonly roles: readonly PageRole[];
  /** Of the guild, for who manages it. */
  readonly invites: readonly PageInvite[];
  /** For who may ban. */
  readonly bans: readonly PageBan[];
  readonly commands: readonly PageCommand[];
  /** The first of the bots. */
  readonly bot: {
    readonly id: string;
    readonly name: string;
    readonly state: 'online' | 'offline' | 'starting';
  };
  /** Bots that others connect from outside; the first is `bot` when the sandbox has none of its own. */
  readonly visitors: readonly PageVisitor[];
  /** What such a bot is pointed at. */
  readonly apiUrl: string;
  /** What is broken at the moment. */
  readonly faults: readonly PendingFault[];
}

export interface PageVisitor {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly isOnline: boolean;
}

export interface PageMessage {
  /** As Discord's REST API gives it. */
  readonly message: APIMessage;
  readonly revision: number;
  readonly author: PageMember;
  readonly ephemeral: boolean;
  readonly isMine: boolean;
  /** Whether it notifies this person. */
  readonly mentionsMe: boolean;
  /** Names of what the text mentions, by "@1", "@&1" and "#1". */
  readonly names: Readonly<Record<string, string>>;
}

/** What came, changed or went in the channel that is open. */
export interface MessagesPart {
  readonly channelId: string;
  /** True when this is all that is to be shown, instead of a change. */
  readonly isAll: boolean;
  /** Oldest first. */
  readonly changed: readonly PageMessage[];
  readonly gone: readonly string[];
  readonly hasOlder: boolean;
}

export interface LoggedLine {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** What the judge had against it. */
  readonly problems: readonly string[];
  readonly body: string;
  readonly answer: string;
}

export type FromServer =
  | { readonly kind: 'frame'; readonly parts: Partial<Frame> }
  | ({ readonly kind: 'messages' } & MessagesPart)
  | { readonly kind: 'clock'; readonly now: string }
  | { readonly kind: 'requests'; readonly lines: readonly LoggedLine[] }
  | { readonly kind: 'bot-log'; readonly text: string }
  | { readonly kind: 'answer'; readonly re: number; readonly result: ActResult };

/** What an act brought. */
export type ActResult =
  /** Done; what is to be seen of it comes as a change. */
  | { readonly kind: 'done' }
  | {
      readonly kind: 'entered';
      readonly guildId: string;
      readonly userId: string;
      readonly channelId: string;
    }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'choices'; readonly choices: readonly PageChoice[] }
  | { readonly kind: 'found'; readonly items: readonly PageFound[] }
  /** The person is told why not, in Discord's words. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** A person, role or channel that one may choose. */
export interface PageFound {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly kind: 'user' | 'role' | 'channel';
}
