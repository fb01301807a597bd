import { foldedWords, meaningOf } from '#lib/words/vocabulary';

/** A word that somebody searches for. */
export interface AskedWord {
  /** Small letters and digits only. */
  readonly word: string;
  /** What it stands for, as it is kept in `faq_entries.meanings`; null where that is nothing but itself. */
  readonly meaning: string | null;
}

const WORDS_MAX = 24;
const WORD_LENGTH_MAX = 40;
/** What is read of a text; what somebody wants stands near its beginning. */
const READ_MAX = 2_000;
/** Begins a meaning; what the database makes of a word never does. */
const KNOWN = '=';

/** What people write around a question. The small words of both languages the database knows itself. */
const MANNERS = new Set(
  `hi hello hey hallo hoi dag yo greetings dear beste please pls plz aub alsjeblieft alstublieft thanks thank thx bedankt dank help helpen hulp
  question questions vraag vragen vraagje get gets getting got give like would could should want wants need needs may might must cannot cant dont
  doesnt didnt isnt wont wasnt im ive id lets somebody someone anybody anyone everyone iemand iedereen there here know tell see show find make use
  using work works working keep keeps possible able way thing things really still always never anymore yet already also even today
  waar wanneer waarom welke welk hoeveel mag mogen kun kunt kunnen moeten krijg krijgt krijgen gekregen doe doet gaat gaan ga wilt zou graag even
  steeds nooit alweer wel juist weet weten zie zien vind vinden maken gebruik gebruiken lukt lukken werkt werken mogelijk nu jullie wij ons onze
  jouw mijne dat dit deze die hier daar er iets niks okay ok`.split(/\s+/),
);

/** What somebody searches for, each word once and in their order, without manners. Words that stand for the same are one. */
export function askedWords(text: string): AskedWord[] {
  const words = new Map<string, AskedWord>();
  for (const folded of foldedWords(text.slice(0, READ_MAX))) {
    const meaning = knownAs(folded);
    // The database takes what is joined apart in ways of its own.
    for (const word of meaning === null ? folded.split(/[-_]/) : [folded.replaceAll(/[-_]/g, '')]) {
      if (MANNERS.has(word) || word.length > WORD_LENGTH_MAX) continue;
      const key = meaning ?? word;
      if (!words.has(key)) words.set(key, { word, meaning });
    }
    if (words.size >= WORDS_MAX) break;
  }
  return [...words.values()].slice(0, WORDS_MAX);
}

/** What the title and the keywords of an entry say in other words too. */
export function meaningsOf(title: string, keywords: readonly string[]): string[] {
  const known = foldedWords([title, ...keywords].join('\n')).map(knownAs);
  return [...new Set(known)].filter((meaning) => meaning !== null);
}

function knownAs(word: string): string | null {
  const meaning = meaningOf(word);
  return meaning === undefined ? null : KNOWN + meaning;
}
