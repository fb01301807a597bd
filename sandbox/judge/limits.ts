/**
 * Discord's limits, as far as the published schema lacks them, has them wrong for bots, or our own rules need them.
 * "schema": Discord's OpenAPI document. "docs": the developer documentation, page in brackets.
 * Lengths are counted in UTF-16 units, as JavaScript does: never more generous than Discord's own count.
 */
export const LIMITS = {
  // docs (resources/message): a bot's content. The schema's 4000 is for people with Nitro.
  messageContent: 2000,
  // docs (resources/message).
  nonce: 25,
  embed: {
    // docs (resources/message, embed limits): over title, description, fields, footer and author of all embeds.
    sum: 6000,
  },
  component: {
    // docs (components/reference, legacy behaviour).
    legacyRows: 5,
    // docs (components/reference): all components of a message, nested ones too.
    total: 40,
    // docs (components/reference, text display): over all text displays of a message.
    text: 4000,
  },
  modal: {
    // docs (interactions/receiving-and-responding): the schema allows 40.
    components: 5,
  },
  autocomplete: {
    // docs (interactions/application-commands, choice structure). The schema allows strings of 6000.
    value: 100,
  },
  command: {
    // docs (interactions/application-commands): per application, and again per guild.
    chat: 100,
    user: 15,
    message: 15,
    entryPoint: 1,
    name: 32,
    // docs (interactions/application-commands): names, descriptions and values of one command, the longest language of each.
    characters: 8000,
    // docs (interactions/application-commands, choice structure). The schema allows strings of 6000.
    choiceValue: 100,
    // schema.
    permissions: 100,
  },
  channel: {
    // docs (resources/channel): 1024 where people chat, 4096 in forums and media channels.
    topic: 1024,
    forumTopic: 4096,
  },
  // docs (resources/guild, modify guild member).
  timeoutDays: 28,
  // schema.
  nickname: 32,
  memberBio: 190,
  memberRoles: 350,
  rejectionReason: 160,
  webhookName: 80,
  emojiName: { minimum: 2, maximum: 32 },
  bulkDelete: { minimum: 2, maximum: 100 },
} as const;
