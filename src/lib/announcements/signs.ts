import type { Token } from '#lib/time/mentions/tokens';
import { dayWord, set } from '#lib/time/mentions/vocabulary';

/** What a sentence's words say about whether it announces something. */
export interface Signs {
  readonly isCancelled: boolean;
  /** In words that leave no doubt, wherever they stand. */
  readonly isCalledOff: boolean;
  /** Says that something moves to another moment. */
  readonly isMoved: boolean;
  readonly isQuestion: boolean;
  /** Offers several moments to choose from. */
  readonly isChoice: boolean;
  readonly isPast: boolean;
  readonly isHours: boolean;
  readonly isDoubtful: boolean;
  /** Tells about what a machine or a person did at that time. */
  readonly isReport: boolean;
  /** Of a kind that never announces. */
  readonly isPlainReport: boolean;
  readonly isConditional: boolean;
  /** Asks people to choose a moment. */
  readonly isPoll: boolean;
  readonly isEvent: boolean;
}

const CANCELLED = set(
  'cancelled canceled cancelling canceling geannuleerd gecanceld afgelast afgelasten annuleren annuleert scrapped postponed uitgesteld afgeblazen opgeschort vervalt vervallen schrappen geschrapt',
);
const MOVED = set(
  'moved rescheduled reschedule verplaatst verplaatsen verzet verschoven verschuift schuift shifted verhuist inhaalsessie bumped delayed',
);
const NOT = set('not niet never nooit');
export const NO = set('no geen');
const HAPPENINGS = set(
  'session sessions sessie sessies meeting meetings meetup meet-up stream streams raid raids event events evenement evenementen training trainingen les lessen class classes practice quiz game games gathering call calls club repetitie vergadering bijeenkomst activiteit activiteiten uitzending speelavond spelavond workshop lesson lessons show rehearsal gamenight oefening avond babbel clubavond table tafel',
);
const EVENTS = set(
  `live q&a qna ama tournament toernooi webinar party feest talk lezing concert film movie match wedstrijd launch lancering
  maintenance onderhoud deadline kickoff standup stand-up podcast join kom komt doe see zien tot dan welkom welcome start starts
  begint beginnen begin kick podium recording opname watchalong watch premiere première opening café cafe night bbq barbecue drink borrel
  hackathon jam ceremony sync retro demo townhall town hall campaign campagne one-shot oneshot dungeon boss sessiezero draft
  giveaway speedrun marathon race karaoke picknick picnic wandeling hike run bingo lan-party lan bootcamp office course cursus
  tornooi tornooitje repetitie koor choir rit wandeling wedstrijdje study studie lecture exam examen presentation presentatie interview auction veiling market markt dinner eten brunch lunch ontbijt breakfast
  dienst viering mis koor choir auditie audition auditions lets we're we zijn gaan starten organiseren hosten hosting host spelen play playing meet meeting verzamelen
  afspraak everyone iedereen bring breng don't mis mist miss vergeet reminder herinnering save rsvp inschrijven sign`,
);
const QUESTION_STARTS = set(
  'who wie when wanneer which welke welk what wat should zullen zou zouden could kunnen kan can does do heeft has is are zijn would anyone iemand any hoe how waarom why shall moeten mogen did was were',
);
/** Questions that are only a way to invite. */
const INVITING = set(
  'ready klaar zin goesting interested interesse mee meedoen join joining in feel fancy up zien ready? curious nieuwsgierig need nodig wanna want wil benieuwd hunger missed honger gemist',
);
/** What leaves open whether something happens. */
export const DOUBT = set(
  'maybe misschien perhaps probably waarschijnlijk wellicht tentative tentatively voorlopig possibly mogelijk tbc tbd tba onbevestigd unconfirmed might thinking considering overwegen nadenken suggestion voorstel suggest propose',
);
const CONDITIONAL = set('if als indien mocht unless tenzij suppose');
const HOURS = set(
  'openingsuren openingstijden opening-hours geopend bereikbaar kantooruren spreekuren supporturen permanentie openingsuur receptie reception monitored bemand bezetting',
);
const PAST_CUES = set(
  'recap verslag terugblik samenvatting bedankt dank thanks thank was were waren had hadden ended eindigde eindigden duurde lasted went ging gingen kwam kwamen begon begonnen crashed happened gebeurde raakte missed wonnen verloren lost highlights geweest afgelopen speelden finished kregen haalden gewonnen behaald stond zat lag werd werden gaf zag deed passed closed landed ended',
);
const REPORT = set(
  'updated edited posted uploaded logged joined sinds bijgewerkt geupdatet aangepast gepost recorded error fout storing  released cron price generated average gemiddeld opgelost peak piek piekuur results resultaten',
);

/** What makes a time part of a report, whatever day is said with it. */
const STRONG_REPORT = set(
  'crash outage incident timestamp timestamps timecode tijdcode clip vod chapters changelog uptime downtime standings klassement ranking uitslag uitslagen statistieken statistics cijfers forecast weerbericht rules regels stats recording replay rewatch vacature vacatures vacancy hiring internship vergoeding salaris salary huisregels afspraken gusts windstoten onweer nmbs pendelaars commuters wijzigingen bugfixes turnout busiest drukste nostalgia nostalgie vroeger destijds weetje fact verlof afwezig afwezigheid ooo herbekijken terugkijken herbekijk patchnotes',
);
const POLL = set(
  'poll peiling stemming stem stemmen vote votes voting react reageer doodle datumprikker when2meet majority meerderheid prikker',
);
const DECIDED = set(
  'beslist decided over winner winnaar result resultaat gewonnen won gekozen chosen closed settled',
);
const BIBLE = set(
  'genesis exodus psalm psalms psalmen spreuken proverbs prediker ecclesiastes jesaja isaiah matthew matteus mattheus mt markus marcus mc luke lukas lucas lc john johannes joh romans romeinen corinthians korintiers galatians efeziers ephesians philippians filippenzen hebrews hebreeen james jakobus revelation openbaring verse verses vers verzen',
);

const PEOPLE = set('we i they he she it everyone everybody people');
const WHEN = set('this deze today tonight vandaag vanavond tomorrow morgen next volgende komende');

const has = (words: readonly string[], wanted: ReadonlySet<string>): boolean =>
  words.some((word) => wanted.has(word));

/** @param tokens of one sentence. */
export function signsOf(tokens: readonly Token[]): Signs {
  const words = tokens.map(({ text }) => text);
  const isConditional =
    words[0] === 'stel' ||
    (set('if als indien mocht').has(words[0] ?? '') &&
      set('we i ik wij het this dit the er ooit').has(words[1] ?? ''));
  const isMoved = has(words, MOVED) || isNewMoment(words);
  return {
    isCancelled: !has(words, CONDITIONAL) && isCancelling(words),
    isCalledOff: !has(words, CONDITIONAL) && isCalledOff(words),
    isMoved,
    isQuestion:
      words.at(-1) === '?' ||
      words.at(-2) === '?' ||
      (words.includes('?') && QUESTION_STARTS.has(words[0] ?? '')),
    isChoice: has(words, set('or of ofwel')) && (words.includes('?') || has(words, DOUBT)),
    isPast:
      has(words, PAST_CUES) ||
      words.some(
        (word, index) =>
          /^[a-z]{3,}ed$/.test(word) &&
          PEOPLE.has(words[index - 1] ?? '') &&
          !set('need speed feed bleed').has(word),
      ),
    isHours: has(words, HOURS) || isOpening(words),
    isDoubtful: has(words, DOUBT),
    isReport: has(words, REPORT),
    isPlainReport:
      has(words, STRONG_REPORT) ||
      words.some(
        (word, index) =>
          word.endsWith('cijfers') ||
          (word === 'leave' && words[index - 1] === 'on') ||
          (word === 'used' && words[index + 1] === 'to'),
      ) ||
      isTimetable(words) ||
      words.some((word, index) => BIBLE.has(word) && /^\d+$/.test(words[index + 1] ?? '')) ||
      (words.includes('opname') && words[words.indexOf('opname') + 1] === 'van'),
    isPoll: has(words, POLL) && !has(words, DECIDED),
    isConditional,
    isEvent: has(words, EVENTS) || has(words, HAPPENINGS),
  };
}

/** Whether a question only invites: "Ready for tonight's raid at 20:00?" */
export function isInviting(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }) => INVITING.has(text));
}

/** "new date", "nieuwe uur", "instead on Friday". */
function isNewMoment(words: readonly string[]): boolean {
  return (
    words.some(
      (word, index) =>
        set('new nieuw nieuwe updated').has(word) &&
        set('date datum time tijd uur moment day dag tijdstip').has(words[index + 1] ?? ''),
    ) ||
    words.some(
      (word, index) =>
        set('next volgende').has(word) &&
        set('one keer session sessie training les afspraak meeting stream').has(words[index + 1] ?? ''),
    )
  );
}

/** "the last tram leaves at 00:48" */
function isTimetable(words: readonly string[]): boolean {
  return (
    has(words, set('tram trein treinen metro bus train trains bussen')) &&
    has(words, set('rijdt rijden leaves runs departs vertrekt stopt staakt'))
  );
}

/** "opening hours", "support hours", "open van 9 tot 17 uur", "we answer tickets". */
function isOpening(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const next = words[index + 1] ?? '';
    if (
      set('opening support business visiting desk quiet office').has(word) &&
      set('hours uren tijden times').has(next)
    )
      return true;
    if (word === 'open')
      return set('from van tussen between daily elke every on op weekdays until tot :').has(next);
    return (
      set('answer answers beantwoorden antwoorden available beschikbaar').has(word) &&
      set('tickets mon monday ma maandag weekdays from van daily tussen between').has(next)
    );
  });
}

/** "cancelled", "gaat niet door", "is called off" */
function isCalledOff(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const before = words[index - 1] ?? '';
    if (CANCELLED.has(word))
      return (
        !NOT.has(before) && !before.endsWith("'s") && !NOT.has(words[index - 2] ?? '') && !NO.has(before)
      );
    if (word === 'niet') return words.slice(index + 1, index + 3).includes('door');
    return word === 'off' && set('called is are').has(before);
  });
}

function isCancelling(words: readonly string[]): boolean {
  // "No choir this Thursday", "Geen les vanavond"
  const first = words.findIndex((word) => /^\p{L}/u.test(word));
  if (
    NO.has(words[first] ?? '') &&
    words.slice(first + 1, first + 5).some((word) => WHEN.has(word) || dayWord(word) !== undefined)
  )
    return true;
  if (isCalledOff(words)) return true;
  for (const [index, word] of words.entries()) {
    if (
      NO.has(word) &&
      words[index - 1] !== '(' &&
      words.slice(index + 1, index + 3).some((next) => HAPPENINGS.has(next))
    )
      return true;
    if (
      set("won't wont isn't not niet").has(word) &&
      words
        .slice(index + 1, index + 4)
        .some((next) => set('happen happening running doorgaan streaming meeting meet').has(next))
    )
      return true;
    if (
      set('skip skipping overslaan slaan').has(word) &&
      words
        .slice(index + 1, index + 4)
        .some((next) => set('week session sessie evening avond one over').has(next))
    )
      return true;
  }
  return false;
}
