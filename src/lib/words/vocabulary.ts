/**
 * Words that mean the same in what members ask, in English and Dutch; the first of a line stands for all. A star: whatever begins so, since
 * people inflect and Dutch glues words together.
 */
const SAME = `
pay: paid pay* betaal* betaling* gekocht koop* kopen buy buying bought purchase* money geld afgeschreven afgerekend charged paypal bancontact ideal
refund: refund* terugbetal* terugbetaal* restitutie money_back geld_terug
premium: premium* vip subscription* abonnement* upgrade* upgraded gold supporter
free: free gratis
account: account* profiel* profile*
login: login* inlog* ingelogd aanmeld* aangemeld signin log_in logging_in logged_in sign_in log_me_in
password: password* pasword* passwort* wachtwoord* paswoord* pw
forget: forgot* forget* vergeten vergeet
reset: reset* herstel* terugzetten
mail: mail* email* e-mail*
spam: spam*
twofactor: two_factor two-factor twee_factor 2fa 2-fa mfa twofactor authenticator* verificatiecode* otp totp
phone: phone* gsm telefoon* mobiel* smartphone*
code: code*
ban: ban banned bans banning gebanned geband gebant verban* unban* permaban*
mute: mute* gemute* mutes unmute* timeout* time-out* timed* gedempt dempen stilgezet
appeal: appeal* bezwaar* beroep
automod: automod* auto-mod
report: report* meld melden melding gemeld aangeven klacht* klagen complain*
insult: insult* uitscheld* scheld* beledig* name-calling harass* harras* bully* bullied pest pesten lastig* lastigval* threat* bedreig* stalk*
dm: dm dms pm privebericht* prive_bericht* direct_message* private_message*
screenshot: screenshot* schermafbeelding* bewijs proof evidence
scam: scam* oplicht* phish* nitro gift* fraud* nepaccount*
hack: hack* gehackt gehacked hijack* gestolen stolen
role: role* rol rollen rang rank ranks
rules: rule* regel*
accept: accept* aanvaard* akkoord geaccepteerd* agree* bevestig* confirm*
onboarding: onboard* ingevuld invullen vragenlijst*
verify: verif* geverifieerd
bot: bot bots
music: music* muziek* song* liedje* nummer track* playlist*
sound: sound* geluid* audio hear hoor* microphone* mic microfoon*
voice: voice* spraak* spraakkanaal vc
play: play* speel* spelen speelt afspelen
stream: stream* screenshare*
whitelist: whitelist* white-list allowlist*
minecraft: minecraft mc
lag: lag lags lagg* lagt vertraging* traag* tps unplayable onspeelbaar* speelbaar fps
crash: crash* gecrasht vastlop*
connection: connect* verbind* verbinding* disconnect*
update: update* bijgewerkt
delete: delet* verwijder* remove* erase* wis wissen gewist wegdoen
data: data gegevens persoonsgegevens gdpr avg privacy personal persoonlijk*
certificate: certificat* certificaat* diploma*
course: course* cursus* les lessen lesson* class
download: download*
finish: finish* complet* afgerond* voltooid* klaar 100
tournament: tournament* toernooi* tornooi* competition* wedstrijd*
event: event* evenement* activiteit*
time: time uur hoelaat timezone* tijdzone* starts start* begint begin* wanneer when laat
nickname: nickname* bijnaam* nick nicks gebruikersna* username*
name: name* naam namen
change: change* verander* aanpas* wijzig* edit* rename*
partner: partner* samenwerk* collab*
invite: invit* uitnodig*
expire: expir* verlopen vervallen verval*
link: link* url*
moderator: moderator* mod mods staff apply applic* solliciteer* sollicitatie*
wrong: wrong* fout* verkeerd* incorrect*
picture: picture* foto* image* afbeelding* avatar*
`;

/** What people write in any ticket, whatever it is about. */
const MANNERS = new Set(
  `hi hello hey hallo hoi dag goeiedag yo greetings dear beste help helpen hulp pls please plz aub alsjeblieft alstublieft thanks thank thx
  bedankt dank question questions vraag vragen vraagje would like need want wants wil willen zou graag get gets getting got give gives could
  somebody someone something anybody everybody everyone iemand iedereen iets niets still always never anymore yet already also even just really
  nog steeds altijd nooit alweer meer geen wel juist ergens nergens echt since sinds ago geleden yesterday today tonight morning evening
  day days week weeks month months year gisteren vandaag vanavond avonds dagen weken maand maanden jaar krijg krijgt krijgen gekregen doe doet
  doen gedaan komt komen kom gaat gaan zie zien ziet see sees seen say says said know weet weten make makes made maken use used using gebruik
  gebruiken try tried proberen probeer one two some many much every each cant cannot dont doesnt didnt isnt wont wasnt werkt werken works work
  working ticket tickets server discord problem problems probleem problemen issue issues user member members lid leden channel channels kanaal
  kanalen people mensen new nieuw nieuwe back terug shows show shown tonen toont mag mogen kan kunnen kun kunt lukt lukken heb hebben hebt
  thing things way lot bit possible mogelijk able sure maybe misschien hier daar here there`.split(/\s+/),
);

const exact = new Map<string, string>();
const beginnings: { readonly start: string; readonly word: string }[] = [];
const phrases: string[] = [];
for (const line of SAME.trim().split('\n')) {
  const [word = '', others = ''] = line.split(':');
  exact.set(word, word);
  for (const other of others.trim().split(/\s+/)) {
    if (other.includes('_')) phrases.push(other.replace('*', ''));
    if (other.endsWith('*')) beginnings.push({ start: other.slice(0, -1), word });
    else exact.set(other, word);
  }
}
// The longest says most: `terugbetaal` before `betaal`.
beginnings.sort((one, other) => other.start.length - one.start.length);
const PHRASE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|').replaceAll('_', '\\s+')})`, 'gu');

const WORD = /[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*/gu;
const LINKS_AND_TOKENS = /https?:\/\/\S+|<[@#:a]\S*>/g;

export interface Words {
  /** Words of the vocabulary, each standing for all that mean the same. */
  readonly known: readonly string[];
  /** The rest, as it was written, in small letters without accents. */
  readonly other: readonly string[];
}

/**
 * The words of a text in their order, in small letters without accents; a phrase of the vocabulary is one, with `_` between its parts.
 * Links and mentions are none.
 */
export function foldedWords(text: string): string[] {
  const folded = text
    .replace(LINKS_AND_TOKENS, ' ')
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(PHRASE, (phrase) => phrase.replace(/\s+/g, '_'));
  return folded.match(WORD) ?? [];
}

/** What a text says without its manners; links, mentions and numbers say nothing. */
export function wordsOf(text: string): Words {
  const known = new Set<string>();
  const other = new Set<string>();
  for (const word of foldedWords(text)) {
    const meaning = meaningOf(word);
    if (meaning !== undefined) known.add(meaning);
    else if (!MANNERS.has(word) && !/^\d+$/.test(word)) other.add(word);
  }
  return { known: [...known], other: [...other] };
}

/** The word of the vocabulary for which a folded word stands; undefined: it is not in it. */
export function meaningOf(word: string): string | undefined {
  return exact.get(word) ?? beginnings.find(({ start }) => word.startsWith(start))?.word;
}
