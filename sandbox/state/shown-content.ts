import type { APIAttachment, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { ComponentData } from './components.ts';
import { asComponentData, mediaOf, walkComponents } from './components.ts';
import { linkTo, serialiseAttachment } from './files.ts';
import type { AttachmentRecord, MessageRecord } from './records.ts';
import type { World } from './world.ts';

const REFERENCE = 'attachment://';

export interface ShownContent {
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
}

/**
 * A message's content with fresh links to its files. A file that an embed or a component shows under "attachment://" is
 * not among the attachments any more.
 */
export function shownContent(world: World, message: MessageRecord): ShownContent {
  const { embeds, components, attachments } = message;
  if (attachments.length === 0) return { embeds, components, attachments: [] };
  const linker = new Linker(world, attachments);
  const shown = {
    embeds: embeds.map((embed) => linker.embed(embed)),
    components: linker.components(components),
  };
  const others = attachments.filter((attachment) => !linker.used.has(attachment));
  return { ...shown, attachments: others.map((attachment) => serialiseAttachment(world, attachment)) };
}

/** The file that an "attachment://" URL names; undefined for another URL or a file that is not there. */
export function findReferenced(
  attachments: readonly AttachmentRecord[],
  url: unknown,
): AttachmentRecord | undefined {
  if (!isReference(url)) return undefined;
  const name = url.slice(REFERENCE.length);
  return attachments.find(({ filename, sentName }) => filename === name || sentName === name);
}

export function isReference(url: unknown): url is string {
  return typeof url === 'string' && url.startsWith(REFERENCE);
}

class Linker {
  readonly used = new Set<AttachmentRecord>();
  readonly #world: World;
  readonly #attachments: readonly AttachmentRecord[];

  constructor(world: World, attachments: readonly AttachmentRecord[]) {
    this.#world = world;
    this.#attachments = attachments;
  }

  embed(embed: APIEmbed): APIEmbed {
    const copy = { ...embed };
    for (const part of ['image', 'thumbnail'] as const) {
      if (!isReference(embed[part]?.url)) continue;
      const file = this.#use(embed[part].url);
      if (file) copy[part] = this.#media(file);
      else delete copy[part];
    }
    if (embed.author) copy.author = this.#icon(embed.author);
    if (embed.footer) copy.footer = this.#icon(embed.footer);
    return copy;
  }

  components(components: APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
    const copies = structuredClone(components);
    for (const component of walkComponents(asComponentData(copies))) {
      for (const media of mediaOf(component)) {
        const file = this.#use(media['url']);
        if (!file) continue;
        Object.assign(media, this.#media(file), { attachment_id: file.id });
        describeFile(component, file);
      }
    }
    return copies;
  }

  #icon<Part extends { icon_url?: string }>(part: Part): Part {
    if (!isReference(part.icon_url)) return part;
    const { icon_url: reference, ...rest } = part;
    const file = this.#use(reference);
    if (!file) return rest as Part;
    const url = linkTo(this.#world, file);
    return { ...part, icon_url: url, proxy_icon_url: url };
  }

  #media(file: AttachmentRecord) {
    const url = linkTo(this.#world, file);
    return { url, proxy_url: url, content_type: file.contentType, ...file.dimensions };
  }

  #use(url: unknown): AttachmentRecord | undefined {
    const file = findReferenced(this.#attachments, url);
    if (file) this.used.add(file);
    return file;
  }
}

/** A file component says what its file is called and how large it is. */
function describeFile(component: ComponentData, { filename, size }: AttachmentRecord): void {
  if ('file' in component) Object.assign(component, { name: filename, size });
}
