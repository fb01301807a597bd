import { set } from '#lib/time/mentions/vocabulary';

/** Said of an event, these leave no doubt that it is off. */
export const CANCELLED = set(
  'cancelled canceled cancelling canceling geannuleerd gecanceld afgelast afgelasten annuleren annuleert scrapped postponed uitgesteld afgeblazen opgeschort vervalt vervallen schrappen geschrapt',
);
/** Said of an event, these give it another moment. */
export const MOVED = set(
  'moved rescheduled reschedule verplaatst verplaatsen verzet verschoven verschuift schuift shifted verhuist inhaalsessie bumped delayed',
);
export const NOT = set('not niet never nooit');
export const NO = set('no geen');
/** What may be cancelled: "no session", "geen les". */
export const HAPPENINGS = set(
  'session sessions sessie sessies meeting meetings meetup meet-up stream streams raid raids event events evenement evenementen training trainingen les lessen class classes practice quiz game games gathering call calls club repetitie vergadering bijeenkomst activiteit activiteiten uitzending speelavond spelavond workshop lesson lessons show rehearsal gamenight oefening avond babbel clubavond table tafel',
);
/** Words in which people announce, beside those for what happens. */
export const EVENTS = set(
  `live q&a qna ama tournament toernooi webinar party feest talk lezing concert film movie match wedstrijd launch lancering
  maintenance onderhoud deadline kickoff standup stand-up podcast join kom komt doe see zien tot dan welkom welcome start starts
  begint beginnen begin kick podium recording opname watchalong watch premiere première opening café cafe night bbq barbecue drink borrel
  hackathon jam ceremony sync retro demo townhall town hall campaign campagne one-shot oneshot dungeon boss sessiezero draft
  giveaway speedrun marathon race karaoke picknick picnic wandeling hike run bingo lan-party lan bootcamp office course cursus
  tornooi tornooitje repetitie koor choir rit wandeling wedstrijdje study studie lecture exam examen presentation presentatie interview auction veiling market markt dinner eten brunch lunch ontbijt breakfast
  dienst viering mis koor choir auditie audition auditions lets we're we zijn gaan starten organiseren hosten hosting host spelen play playing meet meeting verzamelen
  afspraak everyone iedereen bring breng don't mis mist miss vergeet reminder herinnering save rsvp inschrijven sign`,
);
export const QUESTION_STARTS = set(
  'who wie when wanneer which welke welk what wat should zullen zou zouden could kunnen kan can does do heeft has is are zijn would anyone iemand any hoe how waarom why shall moeten mogen did was were',
);
/** Questions that are only a way to invite. */
export const INVITES = set(
  'ready klaar zin goesting interested interesse mee meedoen join joining in feel fancy up zien ready? curious nieuwsgierig need nodig wanna want wil benieuwd hunger missed honger gemist',
);
/** What leaves open whether something happens. */
export const DOUBT = set(
  'maybe misschien perhaps probably waarschijnlijk wellicht tentative tentatively voorlopig possibly mogelijk tbc tbd tba onbevestigd unconfirmed might thinking considering overwegen nadenken suggestion voorstel suggest propose',
);
/** "Cancelled if it rains" is not cancelled. */
export const CONDITIONAL = set('if als indien mocht unless tenzij suppose');
/** Said of a place or a service that is open, not of an event. */
export const HOURS = set(
  'openingsuren openingstijden opening-hours geopend bereikbaar kantooruren spreekuren supporturen permanentie openingsuur receptie reception monitored bemand bezetting',
);
/** What was. */
export const PAST_CUES = set(
  'recap verslag terugblik samenvatting bedankt dank thanks thank was were waren had hadden ended eindigde eindigden duurde lasted went ging gingen kwam kwamen begon begonnen crashed happened gebeurde raakte missed wonnen verloren lost highlights geweest afgelopen speelden finished kregen haalden gewonnen behaald stond zat lag werd werden gaf zag deed passed closed landed ended',
);
/** What machines, logs and scores say. */
export const REPORT = set(
  'updated edited posted uploaded logged joined sinds bijgewerkt geupdatet aangepast gepost recorded error fout storing  released cron price generated average gemiddeld opgelost peak piek piekuur results resultaten',
);

/** What makes a time part of a report, whatever day is said with it. */
export const STRONG_REPORT = set(
  'crash outage incident timestamp timestamps timecode tijdcode clip vod chapters changelog uptime downtime standings klassement ranking uitslag uitslagen statistieken statistics cijfers forecast weerbericht rules regels stats recording replay rewatch vacature vacatures vacancy hiring internship vergoeding salaris salary huisregels afspraken gusts windstoten onweer nmbs pendelaars commuters wijzigingen bugfixes turnout busiest drukste nostalgia nostalgie vroeger destijds weetje fact verlof afwezig afwezigheid ooo herbekijken terugkijken herbekijk patchnotes',
);
/** Asking people to choose. */
export const POLL = set(
  'poll peiling stemming stem stemmen vote votes voting react reageer doodle datumprikker when2meet majority meerderheid prikker',
);
/** The choice was made. */
export const DECIDED = set(
  'beslist decided over winner winnaar result resultaat gewonnen won gekozen chosen closed settled',
);
/** "John 3:16", "Psalm 23". */
export const BIBLE = set(
  'genesis exodus psalm psalms psalmen spreuken proverbs prediker ecclesiastes jesaja isaiah matthew matteus mattheus mt markus marcus mc luke lukas lucas lc john johannes joh romans romeinen corinthians korintiers galatians efeziers ephesians philippians filippenzen hebrews hebreeen james jakobus revelation openbaring verse verses vers verzen',
);

/** Before a verb in -ed: somebody did it. */
export const PEOPLE = set('we i they he she it everyone everybody people');
/** "No choir this Thursday" is about one day. */
export const WHICH_DAY = set(
  'this deze today tonight vandaag vanavond tomorrow morgen next volgende komende',
);

/** Words that begin what is only imagined, and what follows them then: "if we ever", "stel". */
export const IMAGINED_STARTS = set('if als indien mocht');
export const IMAGINED = set('we i ik wij het this dit the er ooit');
export const OR = set('or of ofwel');
/** Words in -ed that are no past tense. */
export const NOT_PAST = set('need speed feed bleed');
export const NEW = set('new nieuw nieuwe updated');
export const MOMENT_NAMES = set('date datum time tijd uur moment day dag tijdstip');
/** "next session", "volgende keer" */
export const ONE_OF_THEM = set('one keer session sessie training les afspraak meeting stream');
export const VEHICLES = set('tram trein treinen metro bus train trains bussen');
export const DEPARTS = set('rijdt rijden leaves runs departs vertrekt stopt staakt');
/** "opening hours", "support tijden" */
export const HOURS_OF = set('opening support business visiting desk quiet office');
export const HOURS_NAMES = set('hours uren tijden times');
export const BEHIND_OPEN = set('from van tussen between daily elke every on op weekdays until tot :');
export const SERVES = set('answer answers beantwoorden antwoorden available beschikbaar');
export const BEHIND_SERVES = set('tickets mon monday ma maandag weekdays from van daily tussen between');
/** "is off", "called off" */
export const BEFORE_OFF = set('called is are');
export const DOES_NOT = set("won't wont isn't not niet");
export const TAKES_PLACE = set('happen happening running doorgaan streaming meeting meet');
export const SKIPS = set('skip skipping overslaan slaan');
export const SKIPPED = set('week session sessie evening avond one over');
