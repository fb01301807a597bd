/**
 * Phrases in which a text gives orders to a language model, in English and Dutch, over words as `wordsOf` gives them. Each repetition is
 * bounded, so that matching stays linear.
 *
 * They must leave alone what people say to each other: "ignore my last post", "don't forget the rules", "can someone act as moderator?",
 * "System: Windows 11", "you are now a member", "enable developer mode in Discord". So an override needs both a verb and something
 * that only a model has, or that is said to be the model's own.
 */

const word = String.raw`[\p{L}\p{N}]{1,30}`;
const any = (...words: readonly string[]): string => `(?:${words.join('|')})`;
/** Up to so many of these words in a row, each with a space behind it. */
const some = (words: string, max = 4): string => `(?:(?:${words}) ){0,${max}}`;

/** Words of which a sentence about what somebody does, rather than an order, is made. */
const TOLD_OF =
  '(?:if|when|who|that|they|people|members|users|we|i|he|she|you|dont|not|never|always|cant|cannot|didnt|wont|' +
  'als|wie|die|ik|wij|zij|ze|hij|niet|nooit)';
const NOT_TOLD_OF = `(?<!\\b${TOLD_OF} )`;
const NOT_NEGATED = String.raw`(?<!\b(?:dont|not|never|niet|nooit) )`;

// English

const GIVES_UP =
  '(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|overwrite|bypass(?:ing)?|neglect|' +
  'overlook|skip|drop|discard|abandon|circumvent|delete|erase|cancel|set aside|let go of|never mind|' +
  'pay no attention to|get around|work around|' +
  '(?:dont|do not|never|no longer|stop|quit) (?:follow(?:ing)?|obey(?:ing)?|listen(?:ing)? to|heed(?:ing)?|comply(?:ing)? with|adher(?:e|ing) to|stick(?:ing)? to))';
const QUALIFIER =
  '(?:all|any|every|each|of|the|these|those|this|and|or|your|ur|previous|previously|prior|above|earlier|' +
  'preceding|foregoing|past|former|original|initial|old|existing|current|given|system|developer|safety|hidden|' +
  'internal|other|built in|default|so called|silly|stupid)';
const OF_MODEL =
  '(?:all|any|every|your|ur|previous|previously given|prior|above|earlier|preceding|foregoing|past|former|' +
  'initial|original|system|developer|safety|hidden|internal)';
const INSTRUCTIONS =
  '(?:instructions?|prompts?|directives?|programming|safeguards?|guardrails?|' +
  'system (?:prompts?|messages?|instructions?))';
const LIMITS =
  '(?:rules?|guidelines?|restrictions?|limits|limitations?|constraints?|filters?|polic(?:y|ies)|' +
  'content policy|training|conditioning|ethics|morals)';
const ORDERS = '(?:orders|commands|directions|tasks)';
const BEFORE = '(?:previous|prior|earlier|preceding|foregoing|above|initial|original|safety|system)';
const ADJECTIVE =
  '(?:new|different|free|evil|rogue|amoral|unfiltered|unrestricted|uncensored|unlimited|unethical|jailbroken|' +
  'unaligned|powerful|advanced|superior|another|fictional|hypothetical|simulated|malicious|truthful|' +
  'opinionated|very|fully|completely|totally|large)';
const MODEL = '(?:ai|llm|gpt|chatgpt|chat ?bot|language model|DAN|artificial intelligence)';
const WILD = '(?:unfiltered|unrestricted|uncensored|jailbroken|amoral|unaligned|unethical|evil|rogue)';
const LIMITLESS =
  '(?:limits?|limitations?|restrictions?|rules|filters?|morals?|ethics|ethical|guidelines|censorship|' +
  'boundaries|content policy|polic(?:y|ies)|refusals?|constraints?)';
const LOOSE = '(?:any|all|its|his|their|ethical|moral|more|content|safety|of|the|more)';
const TO_MODEL =
  '(?:you|your|ignore|disregard|forget|from now on|new|the user|override|always|never|reveal|grant|approve|' +
  'obey|respond|pretend|act as)';
const SECRET =
  '(?:system|hidden|secret|initial|original|internal|full|exact|entire|complete|first|developer|verbatim|base|' +
  'pre)';
const TELLS =
  '(?:reveal|show|print|repeat|output|display|give|tell|leak|dump|expose|disclose|recite|share|write|say|' +
  'summari[sz]e|translate|paste|whats|what (?:is|are|was|were))';
const READS =
  '(?:reading|processing|summari[sz]ing|analy[sz]ing|answering|that reads?|who reads?|which reads?)';

const ENGLISH = [
  `${NOT_NEGATED}${GIVES_UP} ${some(QUALIFIER)}${OF_MODEL} ${some(QUALIFIER, 3)}${INSTRUCTIONS}`,
  `${NOT_NEGATED}${GIVES_UP} (?:the|these|those|any|all) ${some('of|the|system')}${INSTRUCTIONS} (?:above|before|so far|you (?:were|have|got|received|had)|given|that (?:came|were|you))`,
  `${NOT_TOLD_OF}${GIVES_UP} ${some(QUALIFIER)}(?:your|ur) ${some(QUALIFIER, 3)}${any(LIMITS, ORDERS)}`,
  `(?:want|need|order|command|ask|tell|told) you to ${GIVES_UP} ${some(QUALIFIER)}${any(LIMITS, ORDERS, INSTRUCTIONS)}`,
  `${NOT_TOLD_OF}${GIVES_UP} ${some(QUALIFIER)}${BEFORE} ${some(QUALIFIER, 3)}${any(LIMITS, 'commands', 'directions')}`,
  `${NOT_TOLD_OF}(?:override|bypass|circumvent|disable|turn off|remove|break) (?:all|any|your)(?: (?:of|the|your|safety|content|ethical)){0,4} (?:restrictions|filters|safeguards|guardrails|limitations|safety \\p{L}{1,20})`,
  `${NOT_TOLD_OF}(?:forget|ignore|disregard) (?:everything|anything|all|whatever|what) (?:that |which )?(?:you(?:ve)? (?:were|have been|been|was|got) (?:told|taught|given|instructed|trained|programmed)|(?:came|comes|was said|is|was|stands) (?:before|above)|(?:is )?above\\b|(?:the |your )?(?:developers?|creators?|makers?|system|programmers?|openai)\\b)`,
  `${NOT_TOLD_OF}(?:forget|ignore|disregard) (?:all )?(?:of )?the above and (?:instead |now |just )?(?:tell|say|write|print|output|reveal|give|answer|respond|do)`,
  `(?:forget|ignore|disregard) (?:that )?you (?:are|were|re) (?:an? )?${some(ADJECTIVE, 2)}${any(MODEL, 'assistant', 'bot', 'model')}`,
  `you(?: are|re) (?:not |no longer |now not )(?:bound|limited|restricted|constrained) by (?:any |all |your |the |these |those ){0,3}${any(LIMITS, INSTRUCTIONS, ORDERS)}`,
  `you(?: are|re| have been|ve been| were) (?:now |hereby )?(?:free|freed|released|liberated|unbound) (?:from|of|by) (?:any |all |your |the |these |those ){0,3}${some('typical|usual|ethical|moral|safety|content', 2)}${any(LIMITS, INSTRUCTIONS)}`,
  `you(?: are|re| will be| shall be| become)? (?:now|from now on|henceforth) (?:become |be |act as |called |known as )?(?:an? |the |my ){0,2}${some(ADJECTIVE, 3)}${any(MODEL, `${WILD} ${word}`, '(?:linux |bash |unix |python )?(?:terminal|shell|interpreter)', `${word} (?:with no|without any|who has no|that has no) ${some(LOOSE, 2)}${LIMITLESS}`)}\\b(?! (?:channel|club|team|group|evening|workshop))`,
  `from (?:now|here|this point|this moment) on(?:wards?)? (?:please )?you (?:are|re|will be|act as|must act as|become) (?:an? |the ){0,1}${some(ADJECTIVE, 3)}${any(MODEL, `${WILD} ${word}`)}`,
  `you(?: are|re) (?:no longer|not) an? (?:ai |helpful |virtual )?(?:assistant|ai|bot|chatbot|language model|model) (?:any ?more|but|you(?: are|re))`,
  `you(?: are|re) no longer an? (?:ai |helpful |virtual )?(?:assistant|ai|bot|chatbot|language model)`,
  `you(?: are|re) (?:now )?in (?:developer|debug|god|admin|DAN|dan|jailbreak|root|unrestricted|sudo) mode(?: now)?`,
  `(?:enable|activate|enter|start|turn on|switch to|in|engage) (?:the )?(?:jailbreak|jailbroken|DAN|unfiltered|uncensored|no filter|evil) mode`,
  `(?:act|behave|answer|respond|reply|speak|talk|roleplay|role play|pose|function|operate) (?:now |only )?(?:as|like) (?:if you (?:are|were) )?(?:an? |the )?${some(ADJECTIVE, 3)}${any(MODEL, `${WILD} ${word}`)}\\b(?! (?:club|team|coach|expert|channel))`,
  `act as (?:an? )?${word} (?:an? )${MODEL}`,
  `(?:pretend|imagine|act|behave|answer|respond|assume|suppose) (?:that |as if |as though |like )?you (?:have|had|ve|are under|follow) (?:no|zero|none of) ${some(LOOSE, 2)}${LIMITLESS}`,
  `(?:pretend|imagine|simulate|roleplay|role play) (?:to be |that you are |you are |youre |being |as )?(?:an? )?${some(ADJECTIVE, 3)}${any(MODEL, `${WILD} ${word}`)}`,
  `${any(MODEL, 'assistant', 'model')} (?:that (?:has|have) |which has |with |who has )?(?:no|without|with no|that ignores|that never|free of|free from|not bound by|that does not have) ${some(LOOSE, 3)}${any(LIMITLESS, 'refuses', 'its instructions')}`,
  `(?:unfiltered|uncensored|jailbroken|unrestricted|amoral) (?:ai|assistant|chat ?bot|language model|llm|gpt)`,
  `(?:answer|respond|reply|speak|talk|write) (?:me |to me )?(?:freely )?without (?:any |your |the ){0,2}(?:filters?|restrictions|censorship|guidelines|refusals?)`,
  `DAN (?:can|may|will|does|has|would|mode|stands|do anything)|as DAN\\b|you are now DAN`,
  `you(?: are|re) now (?:fully |completely )?(?:unfiltered|unrestricted|uncensored|jailbroken|unaligned)\\b`,
  `(?:ai|assistant|chat ?bot|model|\\p{L}{1,20}bot) (?:that|who|which) (?:doesnt|does not|never|need not|no longer) (?:follows?|obeys?|abides? by|has|have) (?:any |its |the |his ){0,2}${some('safety|ethical|content', 2)}${any(LIMITS, INSTRUCTIONS)}`,
  `(?:repeat|print|output|recite|show|copy) (?:me )?(?:all|every|the) (?:of the )?(?:text|words|messages) (?:that |which )?(?:came |comes |stands? |is |are )?(?:before|above) (?:this|me|my|mine)`,
  `(?:stands for|called|named|as|aka) (?:DAN )?do anything now`,
  `your (?:previous |old |earlier |initial )?(?:instructions|guidelines|prompt|programming|directives|rules) (?:have|has|had|are|is) (?:now |just |all )?(?:been )?(?:changed|replaced|updated|revoked|overridden|suspended|void|cancelled|lifted)`,
  `your (?:new|real|true|only|actual|updated) (?:instructions?|prompt|directives?|orders|objective|system prompt) (?:are|is)(?: now)? (?:to|that|as follows|you)\\b`,
  `\\b(?:system|developer)(?: prompt| message| override| note| instructions?)?:(?:please )?${TO_MODEL}\\b(?: ${word}){0,12}`,
  `\\bassistant:(?:sure|of course|certainly|understood|absolutely|okay|ok here|here (?:is|are)|yes here|i will)`,
  `new (?:system )?(?:instructions?|directives?|prompt|orders):(?:please )?(?:you|your|ignore|disregard|forget|from now on|override|always|never|reveal|grant|approve|obey|respond|pretend|act as|say|write|output|print|answer)\\b`,
  `(?:note|message|instructions?|attention|reminder|memo|notice|important) (?:to|for) (?:the |any |every |all |an ){0,2}(?:ai|llms?|language models?|ai models?|ai assistants?|chat ?bots?|ai agents?)\\b`,
  `(?:ai|llm|language model|ai model|ai assistant|chat ?bot|ai agent)s? (?:that is |who is |which is |thats |currently ){0,2}${READS} this`,
  `you (?:must|will|shall|should|have to|now|are to) (?:now |only |always ){0,2}obey\\b`,
  `end of (?:the )?(?:system )?(?:prompt|instructions)(?=[.:]| (?:begin|new|start))|(?:begin|start|here is|this is) (?:the |a |an )?new (?:system )?prompt`,
  `${TELLS} (?:me |us |out |back |to me ){0,2}(?:(?:the )?(?:exact )?(?:text|words|contents?) of )?(?:your|ur|the system s) ${some(SECRET, 3)}(?:system prompts?|prompts?\\b(?! (?:answer|reply|reaction))|pre ?prompt|system messages?)`,
  `${TELLS} (?:me |us |out |back |to me ){0,2}(?:(?:the )?(?:exact )?(?:text|words|contents?) of )?(?:your|ur) (?:${SECRET} ){1,3}(?:instructions?|messages?|directives?|rules|guidelines|configuration)`,
  `(?:reveal|show|print|output|display|leak|dump|expose|disclose|recite|repeat) (?:me |us |out ){0,2}(?:the|its|this) (?:${SECRET} ){0,2}system (?:prompt|message|instructions?)`,
  `(?:repeat|print|output|recite|write|copy|translate|summari[sz]e) (?:out |down )?(?:everything|all|the (?:words|text)|every word) (?:that is |thats |written |said |which is ){0,2}(?:above|before this)`,
];

// Dutch

const NL_GIVES_UP =
  '(?:negeer|negeert|vergeet|overschrijf|omzeil|verwerp|wis|doorbreek|schrap|ontwijk|verwijder|annuleer|' +
  'schakel)';
const NL_LAST =
  '(?:negeert|negeren|vergeet|vergeten|overschrijft|overschrijven|omzeilt|omzeilen|loslaat|loslaten|overslaat|' +
  'overslaan)';
const NL_QUALIFIER =
  '(?:alle|al|elke|ieder|iedere|van|de|het|deze|die|dit|en|of|je|jouw|uw|jullie|eerdere|vorige|voorgaande|' +
  'voorafgaande|bovenstaande|oude|oorspronkelijke|originele|huidige|gegeven|interne|verborgen|eventuele|' +
  'andere|initiele|veiligheids|domme)';
const NL_OF_MODEL =
  '(?:alle|al|elke|je|jouw|uw|eerdere|vorige|voorgaande|voorafgaande|bovenstaande|oude|oorspronkelijke|' +
  'originele|interne|verborgen|initiele)';
const NL_BEFORE = '(?:eerdere|vorige|voorgaande|voorafgaande|bovenstaande|oorspronkelijke|originele)';
const NL_INSTRUCTIONS =
  '(?:instructies?|prompts?|systeem ?prompts?|systeem ?berichten|systeem ?bericht|systeem ?instructies?|' +
  'programmering|directieven)';
const NL_LIMITS =
  '(?:regels|richtlijnen|opdrachten|bevelen|aanwijzingen|beperkingen|filters?|training|voorschriften|beleid|' +
  'veiligheidsregels|grenzen)';
const NL_WHAT = any(NL_INSTRUCTIONS, NL_LIMITS);
const NL_NOT_SO = String.raw`(?! (?:[\p{L}]{1,30} ){0,3}(?:niet|na te lezen)\b)`;
const NL_ADJECTIVE =
  '(?:nieuwe?|andere?|vrije?|kwaadaardige?|ongefilterde?|onbeperkte?|ongecensureerde?|amorele?|slechte?|' +
  'volledig|groot|grote|echte?|eigen)';
const NL_MODEL =
  '(?:ai|llm|gpt|chatgpt|chat ?bot|taal ?model|DAN|ai ?model|ai ?assistent|kunstmatige intelligentie)';
const NL_WILD = '(?:ongefilterde?|onbeperkte?|ongecensureerde?|amorele?)';
const NL_LIMITLESS =
  '(?:beperkingen|grenzen|filters?|regels|limieten|moraal|richtlijnen|censuur|restricties|ethiek)';
const NL_LOOSE = '(?:enige|enkele|morele|ethische|verdere|al|alle|zijn|de)';
const NL_SECRET =
  '(?:verborgen|oorspronkelijke|originele|geheime|volledige|interne|eerste|initiele|exacte|hele)';
const NL_TELLS =
  '(?:toon|laat|geef|onthul|herhaal|print|vertel|lek|deel|schrijf|zeg|verraad|kopieer|' +
  'wat (?:is|zijn|was|waren))';
const NL_TO_MODEL =
  '(?:je|jij|negeer|vergeet|vanaf nu|de gebruiker|altijd|nooit|gehoorzaam|doe alsof|overschrijf|onthul)';

const DUTCH = [
  `${NOT_NEGATED}${NL_GIVES_UP} (?:nu |dus |maar |even |gewoon |alsjeblieft |alstublieft ){0,2}${some(NL_QUALIFIER)}${NL_OF_MODEL} ${some(NL_QUALIFIER, 3)}${NL_INSTRUCTIONS}\\b${NL_NOT_SO}`,
  `${NOT_NEGATED}${NL_GIVES_UP} (?:de|het|deze|die|alle) (?:systeem ?(?:prompt|bericht|instructies?)|(?:instructies|prompt|opdrachten) (?:hierboven|die je (?:kreeg|hebt|had)))`,
  `${NOT_TOLD_OF}${NL_GIVES_UP} (?:nu |dus |maar |even |gewoon |alsjeblieft |alstublieft ){0,2}${some(NL_QUALIFIER)}${any('je', 'jouw', 'uw', NL_BEFORE)} ${some(NL_QUALIFIER, 3)}${NL_LIMITS}\\b${NL_NOT_SO}`,
  `(?:wil|eis|vraag|beveel|zeg) (?:dat |je )?(?:je |jij |om )?(?:om )?${some(NL_QUALIFIER)}${NL_OF_MODEL} ${some(NL_QUALIFIER, 3)}${NL_WHAT} (?:te )?${NL_LAST}`,
  `(?:je|jij|u) (?:moet|mag|kan|kunt|dient|zal|zult) (?:nu |dus |maar )?${some(NL_QUALIFIER)}${NL_OF_MODEL} ${some(NL_QUALIFIER, 3)}${NL_WHAT} (?:te )?${NL_LAST}`,
  `sla (?:nu )?${some(NL_QUALIFIER)}${NL_OF_MODEL} ${some(NL_QUALIFIER, 3)}${NL_WHAT} (?:nu |maar |dus )?over`,
  `trek je (?:nu )?niets (?:meer )?aan van ${some(NL_QUALIFIER)}${any('je', 'jouw', 'uw', NL_BEFORE)} ${some(NL_QUALIFIER, 3)}${NL_WHAT}`,
  `(?:houd|hou) je (?:nu )?(?:niet|niet meer|niet langer) aan ${some(NL_QUALIFIER)}${any('je', 'jouw', 'uw', NL_BEFORE)} ${some(NL_QUALIFIER, 3)}${NL_WHAT}`,
  `luister (?:nu )?niet (?:meer |langer )?naar ${some(NL_QUALIFIER)}${any('je', 'jouw', 'uw', NL_BEFORE)} ${some(NL_QUALIFIER, 3)}${NL_WHAT}`,
  `volg ${some(NL_QUALIFIER)}${any(NL_INSTRUCTIONS, NL_LIMITS)} (?:hierboven |van hierboven )?niet\\b|volg ${some(NL_QUALIFIER)}${any('je', 'jouw', 'uw', NL_BEFORE)} ${some(NL_QUALIFIER, 3)}${NL_WHAT} niet (?:meer|langer)`,
  `(?:laat|leg|zet) ${some(NL_QUALIFIER)}${any('je', 'jouw', 'uw', NL_BEFORE)} ${some(NL_QUALIFIER, 3)}${NL_WHAT} (?:nu |maar |dus ){0,2}(?:los|varen|vallen|naast je neer|opzij|uit)\\b`,
  `${NOT_TOLD_OF}(?:negeer|vergeet) (?:nu )?alles (?:wat|dat) (?:je|jou|u) (?:${word} ){0,3}(?:verteld|gezegd|geleerd|opgedragen|meegegeven|ingegeven)`,
  `${NOT_TOLD_OF}(?:negeer|vergeet) (?:nu )?alles (?:wat |dat )?(?:hierboven|hiervoor)(?: staat| stond)?(?! over)`,
  `${NOT_TOLD_OF}(?:negeer|vergeet) (?:alles )?wat (?:de|het|je) (?:ontwikkelaars?|makers?|systeem|programmeurs?)`,
  `(?:herhaal|toon|print|schrijf|kopieer) (?:nu )?(?:alles|de (?:hele )?tekst) (?:wat |dat |die )?(?:hierboven|boven dit)`,
  `(?:je|jij|u) (?:bent|word|wordt) (?:nu|vanaf nu|voortaan) (?:een |de |mijn ){0,1}${some(NL_ADJECTIVE, 3)}${any(NL_MODEL, `${NL_WILD} ${word}`, '(?:linux )?terminal')}\\b`,
  `(?:vanaf nu|voortaan) (?:ben|word|bent) (?:je|jij|u) (?:een |de )?${some(NL_ADJECTIVE, 3)}${any(NL_MODEL, `${NL_WILD} ${word}`)}`,
  `(?:je|jij|u) bent (?:niet langer een|geen) (?:ai |behulpzame )?(?:assistent|ai|bot|chatbot|taalmodel)(?: (?:meer|maar))`,
  `(?:doe|praat|antwoord) alsof (?:je|jij|u) (?:een )?${some(NL_ADJECTIVE, 3)}${any(NL_MODEL, `${NL_WILD} ${word}`)}`,
  `(?:doe|praat|antwoord) alsof (?:je|jij|u) geen ${some(NL_LOOSE, 2)}${NL_LIMITLESS}`,
  `(?:gedraag je|antwoord|praat|handel|reageer) (?:nu )?(?:als|zoals) (?:een )?${some(NL_ADJECTIVE, 3)}${any(NL_MODEL, `${NL_WILD} ${word}`)}\\b(?! (?:club|expert|groep))`,
  `(?:speel|simuleer|verbeeld je) (?:nu )?(?:een )?${some(NL_ADJECTIVE, 3)}${any(NL_MODEL, `${NL_WILD} ${word}`)}`,
  `${any(NL_MODEL, 'assistent')} (?:zonder|die geen|met geen|vrij van) ${some(NL_LOOSE, 3)}${NL_LIMITLESS}`,
  `(?:je|jij|u) bent (?:niet (?:langer|meer)|niet) (?:meer )?gebonden aan ${some(NL_QUALIFIER)}${NL_WHAT}`,
  `(?:antwoord|reageer|praat|schrijf) (?:vrij )?zonder (?:enige |je |jouw ){0,2}(?:filters?|beperkingen|censuur|richtlijnen)`,
  `jailbreak modus`,
  `(?:je|jouw|uw) (?:eerdere |oude |vorige )?(?:instructies|richtlijnen|prompt|programmering|opdrachten|regels) (?:zijn|is|werden|worden) (?:nu |net |allemaal )?(?:veranderd|gewijzigd|vervangen|vernieuwd|ingetrokken|vervallen|opgeheven|opgeschort)`,
  `(?:je|jouw|uw) (?:nieuwe|echte|enige|ware) (?:instructies?|opdrachten|prompt|bevelen|systeemprompt) (?:zijn|is|luidt|luiden)(?: nu)?(?: (?:om|dat|als volgt|je)\\b|:)`,
  `\\bsysteem(?: ?prompt| ?bericht)?:${NL_TO_MODEL}\\b(?: ${word}){0,12}`,
  `nieuwe (?:systeem)?(?:instructies?|opdrachten|opdracht|prompt|bevelen):(?:je|jij|negeer|vergeet|vanaf nu|altijd|nooit|gehoorzaam|doe alsof|zeg|schrijf|antwoord|keur)\\b`,
  `(?:opmerking|bericht|instructies?|boodschap|nota|let op|waarschuwing) (?:voor|aan) (?:de |het |elke |elk |alle |een ){0,2}(?:ai|llm|taal ?model|taal ?modellen|chat ?bot|ai ?model|ai ?assistent)\\b`,
  `(?:ai|llm|taal ?model|chat ?bot|ai ?model|ai ?assistent) (?:bent )?(?:die|dat|welke) (?:dit|deze|het) (?:${word} ){0,2}(?:leest|verwerkt|samenvat|beantwoordt)`,
  `(?:je|jij|u) (?:moet|zal|zult|dient) (?:alleen |enkel |nu |voortaan ){0,2}(?:mij|me) (?:alleen |nu |voortaan ){0,2}(?:te )?gehoorzamen`,
  `${NL_TELLS} (?:me |mij |ons |eens |nu ){0,2}(?:je|jouw|uw|de|het) ${some(NL_SECRET, 3)}(?:systeem ?prompt|systeem ?bericht|systeem ?instructies|prompt)\\b`,
  `${NL_TELLS} (?:me |mij |ons |eens |nu ){0,2}(?:je|jouw|uw) (?:${NL_SECRET} ){1,3}(?:instructies?|opdrachten|richtlijnen|bericht)\\b`,
];

const PHRASES = [...ENGLISH, ...DUTCH].join('|');

/** Over the words of a text. */
export const OVERRIDE = new RegExp(`\\b(?:${PHRASES})`, 'gu');

/** The same where nothing shows where a word ends. */
export const OVERRIDE_RUN_TOGETHER = new RegExp(
  PHRASES.replaceAll(/ \??/g, '').replaceAll(String.raw`\b`, ''),
  'gu',
);

/** Over the folded text: what the templates of chats are made of. */
export const CHAT_TEMPLATE = new RegExp(
  [
    String.raw`<\|[a-z_]{2,20}\|>`,
    String.raw`<\/?(?:system|system[_-]prompt|systemprompt|systeem)>`,
    String.raw`\[\/?INST\]`,
    String.raw`<<\/?SYS>>`,
    String.raw`\[\/?(?:system|systeem)(?: (?:message|prompt|override|bericht))?\](?=:?\s{0,3}(?:you|your|je|jij|ignore|negeer|from now|vanaf nu|override|overschrijf|new|nieuwe)\b)`,
    String.raw`(?<=^|\n)[ \t]{0,3}#{2,4} ?(?:instruction\b|system prompt|system(?=:)|system message):?`,
  ].join('|'),
  'giu',
);
