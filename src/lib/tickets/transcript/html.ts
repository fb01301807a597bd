import type { FormAnswer } from '../form.ts';
import type { RecordedEmbed } from '../record/recorded.ts';
import { FORMER_MEMBER } from '#lib/access/who';
import type { TicketEvent } from '../events.ts';
import type { TranscriptHead } from './head.ts';
import { linkHtml, safeText } from './markdown.ts';
import type { TranscriptFile, TranscriptMessage } from './source.ts';
import { STYLE } from './style.ts';

/** A kept file that may be a picture; whoever puts the transcript together decides whether it is shown. */
export interface PictureSlot {
  readonly file: TranscriptFile & { readonly sha256: string };
  /** What stands there in any case. */
  readonly caption: string;
}

/** HTML as it stands in the transcript, or a place for a picture. */
export type Piece = string | PictureSlot;

/** All above the conversation, up to the notes on what is missing. */
export function headPieces(head: TranscriptHead): Piece[] {
  const { t, ticket, names, locale } = head;
  const title = safeText(t('ticket-transcript:title', { number: ticket.id }));
  const line = (label: string, value: string | null): string =>
    value === null ? '' : `<dt>${safeText(label)}</dt><dd>${safeText(value)}</dd>`;
  const closed =
    ticket.closedAt === null
      ? null
      : t('ticket-transcript:head.closedBy', {
          when: names.moment(ticket.closedAt),
          who: names.person(ticket.closedBy),
        });
  return [
    `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · ${safeText(head.guildName)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<dl>
${line(t('ticket-transcript:head.server'), head.guildName)}
${line(t('ticket-transcript:head.category'), head.category ?? t('ticket-transcript:general'))}
${line(t('ticket-transcript:head.opener'), names.person(ticket.userId))}
${line(t('ticket-transcript:head.opened'), names.moment(ticket.createdAt))}
${line(t('ticket-transcript:head.status'), t(`ticket-transcript:status.${ticket.status}`))}
${line(t('ticket-transcript:head.claimed'), ticket.claimedBy === null ? null : names.person(ticket.claimedBy))}
${line(t('ticket-transcript:head.closed'), closed)}
${line(t('ticket-transcript:head.reason'), ticket.closeReason)}
${line(t('ticket-transcript:head.messages'), String(head.messages))}
</dl>
</header>
<main>
`,
    ...formPieces(head),
  ];
}

function formPieces(head: TranscriptHead): Piece[] {
  const { t, ticket } = head;
  const given = new Map(head.formFiles.map((file) => [file.attachmentId, file]));
  const pieces: Piece[] = [
    `<section class="form">\n<h2>${safeText(t('ticket-transcript:form'))}</h2>\n<dl>\n`,
  ];
  const isAsked = ticket.form.some(
    (answer) => answer.kind !== 'file' && valueOf(answer) === ticket.description,
  );
  if (!isAsked && ticket.description !== '')
    pieces.push(
      `<dt>${safeText(t('ticket-transcript:description'))}</dt><dd>${safeText(ticket.description)}</dd>\n`,
    );
  for (const answer of ticket.form) {
    pieces.push(`<dt>${safeText(answer.label)}</dt>`);
    if (answer.kind !== 'file') pieces.push(`<dd>${safeText(valueOf(answer))}</dd>\n`);
    else {
      pieces.push('<dd>');
      for (const { attachmentId } of answer.files) {
        const file = given.get(attachmentId);
        given.delete(attachmentId);
        if (file !== undefined) pieces.push(...filePieces(head, file));
      }
      pieces.push('</dd>\n');
    }
  }
  pieces.push('</dl>\n');
  for (const file of given.values()) pieces.push(...filePieces(head, file));
  pieces.push('</section>\n');
  return pieces;
}

function valueOf(answer: Exclude<FormAnswer, { kind: 'file' }>): string {
  return 'values' in answer ? answer.values.join(', ') : answer.value;
}

/** What is missing, in sentences; empty when nothing is. */
export function notesHtml(sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `<section class="notes">\n${sentences.map((sentence) => `<p>${safeText(sentence)}</p>`).join('\n')}\n</section>\n`;
}

export function beginConversation({ t, messages, events }: TranscriptHead): string {
  const isEmpty = messages === 0 && events.length === 0;
  return `<h2>${safeText(t('ticket-transcript:conversation'))}</h2>\n${isEmpty ? `<p>${safeText(t('ticket-transcript:empty'))}</p>\n` : ''}`;
}

export function endHtml({ t, names, madeAt, zone }: TranscriptHead): string {
  const about = t('ticket-transcript:about', { when: names.moment(madeAt), zone });
  return `</main>\n<footer class="small">${safeText(about)}</footer>\n</body>\n</html>\n`;
}

export function dayHtml({ names }: TranscriptHead, at: Date): string {
  return `<h2 class="day">${safeText(names.day(at))}</h2>\n`;
}

export function eventText({ t, names, categoryNames }: TranscriptHead, event: TicketEvent): string {
  const text = t(`ticket-transcript:event.${event.kind}`, {
    who: names.person(event.actorId),
    member: names.person(event.memberId),
    category:
      (event.categoryId === null ? undefined : categoryNames.get(event.categoryId)) ??
      t('ticket-transcript:general'),
  });
  return event.reason === null
    ? text
    : t('ticket-transcript:eventReason', { event: text, reason: event.reason });
}

export function eventHtml(head: TranscriptHead, event: TicketEvent): string {
  return `<p class="event">${safeText(eventText(head, event))} ${timeHtml(head, event.at)}</p>\n`;
}

function timeHtml({ names }: TranscriptHead, at: Date): string {
  return `<time datetime="${at.toISOString()}" title="${safeText(names.moment(at))}">${safeText(names.clock(at))}</time>`;
}

/** One message. */
export function messagePieces(head: TranscriptHead, message: TranscriptMessage): Piece[] {
  const { t, names } = head;
  const isErased = message.authorId === FORMER_MEMBER;
  const isDeleted = message.deletedAt !== null;
  const said = isErased
    ? `<p class="small">${safeText(t('ticket-transcript:erased'))}</p>`
    : saidHtml(head, message);
  const marks = [
    message.isStaff && !isErased
      ? `<span class="badge staff">${safeText(t('ticket-transcript:badge.staff'))}</span>`
      : '',
    message.isBot ? `<span class="badge">${safeText(t('ticket-transcript:badge.app'))}</span>` : '',
    timeHtml(head, message.sentAt),
    message.editedAt === null
      ? ''
      : ` <span class="mark">${safeText(t('ticket-transcript:edited', { when: names.moment(message.editedAt) }))}</span>`,
    message.deletedAt === null
      ? ''
      : ` <span class="mark gone">${safeText(t('ticket-transcript:deleted', { when: names.moment(message.deletedAt) }))}</span>`,
  ];
  const who = isErased ? t('common:formerMember') : message.authorName;
  return [
    `<article id="m${message.id}"${isDeleted ? ' class="deleted"' : ''}>\n${answeredHtml(head, message)}`,
    `<p><span class="who">${safeText(who)}</span>${marks.join('')}</p>\n${said}`,
    ...message.embeds.map((embed) => embedHtml(head, embed)),
    ...message.stickers.map(
      (name) => `<p class="small">${safeText(t('ticket-transcript:sticker', { name }))}</p>\n`,
    ),
    ...message.files.flatMap((file) => filePieces(head, file)),
    earlierHtml(head, message),
    '</article>\n',
  ];
}

function saidHtml(head: TranscriptHead, message: TranscriptMessage): string {
  const { t } = head;
  if (message.content !== '') return `<div class="said">${head.markdown(message.content)}</div>\n`;
  const { embeds, stickers, files, earlier } = message;
  if (embeds.length > 0 || stickers.length > 0 || files.length > 0 || earlier.length > 0 || message.isBot)
    return '';
  const why = message.deletedAt === null ? 'ticket-transcript:unreadable' : 'ticket-transcript:deletedHidden';
  return `<p class="small">${safeText(t(why))}</p>\n`;
}

function answeredHtml({ t }: TranscriptHead, { replyTo }: TranscriptMessage): string {
  if (replyTo === null) return '';
  if (replyTo.authorName === null)
    return `<p class="answered">${safeText(t('ticket-transcript:answersUnknown'))}</p>\n`;
  const whom = safeText(t('ticket-transcript:answers', { who: replyTo.authorName }));
  const excerpt = replyTo.content.replace(/\s+/g, ' ');
  return `<p class="answered"><a href="#m${replyTo.id}">${whom}</a>${excerpt === '' ? '' : `: ${safeText(excerpt)}`}</p>\n`;
}

function earlierHtml(head: TranscriptHead, { earlier }: TranscriptMessage): string {
  if (earlier.length === 0) return '';
  const { t, names } = head;
  const versions = earlier.map(({ content, embeds = [], until }) => {
    const when = safeText(t('ticket-transcript:until', { when: names.moment(new Date(until)) }));
    return `<div class="earlier"><span class="mark">${when}</span>\n${head.markdown(content)}${embeds.map((embed) => embedHtml(head, embed)).join('')}</div>`;
  });
  return `<details class="earlier-ones"><summary>${safeText(t('ticket-transcript:earlier', { count: earlier.length }))}</summary>\n${versions.join('\n')}\n</details>\n`;
}

function embedHtml(head: TranscriptHead, embed: RecordedEmbed): string {
  const { t, names } = head;
  const at = embed.at === undefined ? Number.NaN : Date.parse(embed.at);
  const foot = [embed.footer, Number.isNaN(at) ? undefined : names.moment(new Date(at))].filter(Boolean);
  const parts = [
    embed.author === undefined
      ? ''
      : `<p class="small">${linkHtml(embed.authorUrl ?? '', safeText(embed.author))}</p>`,
    embed.title === undefined
      ? ''
      : `<p class="title">${embed.url === undefined ? head.markdown(embed.title) : linkHtml(embed.url, safeText(embed.title))}</p>`,
    embed.description === undefined ? '' : `<div class="said">${head.markdown(embed.description)}</div>`,
    embed.fields === undefined || embed.fields.length === 0
      ? ''
      : `<dl>${embed.fields.map(({ name, value }) => `<dt>${head.markdown(name)}</dt><dd>${head.markdown(value)}</dd>`).join('')}</dl>`,
    embed.image === undefined
      ? ''
      : `<p class="small">${linkHtml(embed.image, safeText(t('ticket-transcript:picture', { url: embed.image })))}</p>`,
    foot.length === 0 ? '' : `<p class="small">${safeText(foot.join(' · '))}</p>`,
  ];
  const color = Number.isInteger(embed.color) ? (embed.color ?? 0) & 0xff_ff_ff : null;
  const border = color === null ? '' : ` style="border-left-color:#${color.toString(16).padStart(6, '0')}"`;
  return `<div class="embed"${border}>${parts.join('\n')}</div>\n`;
}

function filePieces(head: TranscriptHead, file: TranscriptFile): Piece[] {
  const { t, locale } = head;
  const caption = `<p class="small">${safeText(
    t(`ticket-transcript:file.${file.state}`, {
      name: file.name,
      size: sizeText(file.bytes, locale),
      hash: file.sha256 ?? '',
    }),
  )}</p>\n`;
  return file.sha256 === null ? [caption] : [{ file: { ...file, sha256: file.sha256 }, caption }];
}

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

function sizeText(bytes: number, locale: string): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  const format = { style: 'unit', unit: UNITS[step], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(bytes / 1024 ** step);
}
