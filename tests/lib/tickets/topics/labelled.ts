/** A ticket as somebody would write it. */
export interface LabelledTicket {
  readonly text: string;
  /** What it is about, in whichever language; null: nothing else here is about the same. */
  readonly topic: string | null;
}

type Topics = Readonly<Record<string, readonly string[]>>;

/** By these the measure was tuned. */
const TUNED: Topics = {
  'no role after the rules': [
    'i accepted the rules but i still dont have the member role',
    'Hi! I finished the onboarding questions and accepted the rules, but I did not get the Member role. I can only see #welcome.',
    'no member role after accepting rules??',
    'Answered all the questions and pressed confirm on the rules, the member role never showed up. Can somebody give me the role?',
    'Ik heb de regels aanvaard maar krijg de rol Member niet',
    'hey ik heb alles ingevuld en de regels geaccepteerd maar ik heb nog steeds geen member rol',
    'rol niet gekregen na de regels',
  ],
  'premium paid, not there': [
    'I bought premium yesterday and it still says free plan. Money is gone from my paypal.',
    'paid for premium but dont have it',
    'Hello, I payed 9,99 for premium this morning but my account is not upgraded. Transaction id 88123.',
    'premium not activated after payment!!! my bank says it went through',
    'my premium subscription is paid but i dont see the premium channels',
    'Ik heb gisteren premium gekocht maar het staat nog steeds op gratis. Het geld is wel van mijn rekening.',
    'betaald voor premium maar nog niet geactiveerd',
    'Heb premium betaald met bancontact, betaling is gelukt, maar ik zie de premium kanalen niet',
  ],
  refund: [
    'I would like a refund for my premium subscription, I bought it by accident',
    'can i get my money back? i dont use premium anymore',
    'Refund please. My little brother bought premium with my card.',
    'how do i request a refund, i was charged twice this month',
    'Kan ik een terugbetaling krijgen? Ik heb per ongeluk een jaar premium genomen.',
    'ik wil mijn geld terug, premium is niet wat ik dacht',
    'Terugbetaling aub, er is twee keer afgeschreven deze maand',
  ],
  'password forgotten': [
    'I forgot my password for the website and the reset mail never arrives',
    'cant log in on the site, forgot password and no reset email',
    'Hi, the password reset link says expired every time. I cannot login to my account anymore.',
    'pasword reset doesnt work, i get no mail. checked spam',
    'Ik ben mijn wachtwoord vergeten en de mail om het te resetten komt niet aan',
    'wachtwoord vergeten, krijg geen resetmail. ook niet in spam',
    'Ik kan niet meer inloggen op de site, de link om mijn wachtwoord te wijzigen is verlopen',
  ],
  'two-factor lost': [
    'New phone and my authenticator app is empty now, so I cannot log in. I dont have the backup codes.',
    'lost my 2fa, got a new phone. how can i log in to the website?',
    'Can you turn off two factor on my account? My phone broke and the authenticator with it.',
    'the 2fa code is always wrong, authenticator says 6 digits and the site refuses them',
    'Nieuwe gsm en ik heb mijn authenticator niet meer, kan iemand de 2fa van mijn account halen?',
    'mijn 2fa code werkt niet meer sinds ik een nieuwe telefoon heb, geen backup codes',
  ],
  'ban appeal': [
    'I was banned from the minecraft server and I have no idea why. Can I appeal the ban?',
    'ban appeal: i got banned for xray but i didnt use xray',
    'unban me pls i did nothing wrong, my brother was on my account',
    'My friend Kevin got banned yesterday for spamming. He is sorry, could you lift his ban?',
    'Ik ben gebanned van de minecraft server en weet niet waarom. Kan de ban eraf?',
    'kunnen jullie mijn ban bekijken? ik ben verbannen voor xray maar dat klopt niet',
    'unban aub, het was mijn broer die op mijn account speelde',
  ],
  muted: [
    'Why am I muted? I cant talk in any channel since last night',
    'i got a timeout of 7 days for a joke, thats way too long. can someone look at it',
    'I have been timed out by the automod for posting a link to youtube, please remove the timeout',
    'muted for caps?? pls unmute',
    'Waarom ben ik gemute? Ik kan sinds gisteren nergens meer typen',
    'ik heb een time-out van een week gekregen door automod voor een link, kan die eraf?',
  ],
  'somebody harasses me': [
    'I want to report a member. He keeps sending me insults in DM after I asked him to stop.',
    'someone is harrassing me in my dms, i have screenshots',
    'Report: user Blaze77 calls me names in voice and now also by direct message. Screenshots attached.',
    'Ik wil iemand melden, hij blijft mij uitschelden in dm. Ik heb screenshots.',
    'er is iemand die mij lastigvalt via privéberichten, wat kan ik doen? screenshots heb ik',
    'melding: lid scheldt mij uit in voice en stuurt daarna dm’s',
  ],
  'hacked account sends links': [
    'A member’s account got hacked, it posts "free nitro" links in every channel',
    'someone is spamming steam gift scam links in general, i think he got hacked',
    'I clicked on a free nitro link and now my account sends it to everybody. What do I do?',
    'Account van een lid is gehackt, hij stuurt links met gratis nitro in alle kanalen',
    'ik heb op een nitro link geklikt en nu stuurt mijn account scam naar iedereen, help',
    'iemand spamt scam links met steam gift, waarschijnlijk gehackt',
  ],
  'music bot silent': [
    'The music bot joins voice but plays nothing',
    'music bot doesnt play anything, it just sits in the voice channel',
    'hey the bot for music is broken again, /play says playing but there is no sound',
    'De muziekbot komt in de voice maar speelt niets af',
    'muziek bot doet het niet, /play geeft geen geluid',
    'music bot stopped in the middle of a song and ignores /play now',
  ],
};

/** These were kept away until all was decided. */
const HELD_OUT: Topics = {
  whitelist: [
    'Can you whitelist me on the minecraft server? My name is Pim_2009',
    'whitelist request, ign: DragonSlayr',
    'I applied for the whitelist a week ago but still get "you are not whitelisted on this server"',
    'Kan iemand mij op de whitelist zetten? Mijn naam in minecraft is SofieVDB',
    'nog altijd niet op de whitelist, al een week geleden aangevraagd',
    'pls add me to whitelist, username Quartz_Ben',
  ],
  'game server lags': [
    'The survival server lags so hard since the update, blocks come back after i break them',
    'server lag is unplayable in the evening, 2 tps',
    'Survival keeps lagging and kicks me with timed out. My internet is fine.',
    'de survival server lagt enorm sinds de update, blokken komen terug',
    'zoveel lag op survival s avonds, niet speelbaar',
    'huge lag spikes on survival tonight, everybody is complaining',
  ],
  'delete my data': [
    'I would like you to delete all data you have about me (GDPR)',
    'how do i delete my account and all my data?',
    'Please remove my personal data, I am leaving the community.',
    'Ik wil dat al mijn gegevens verwijderd worden (AVG)',
    'hoe verwijder ik mijn account en al mijn gegevens?',
    'gdpr request: erase my data and my account please',
  ],
  'certificate of the course': [
    'I completed the javascript course but the certificate cannot be downloaded',
    'where do i find my certificate? course is at 100%',
    'Certificate shows the wrong name, can it be changed? I finished the python course last week.',
    'Ik heb de cursus afgerond maar kan mijn certificaat niet downloaden',
    'waar vind ik mijn certificaat van de cursus? staat op 100%',
    'cant download certificate of the python course, button does nothing',
  ],
  'when is the event': [
    'What time does the tournament start on saturday? The event says 20:00 but which timezone',
    'when is the tournament? cant find the time anywhere',
    'Is the saturday tournament at 8pm belgian time?',
    'Hoe laat begint het toernooi zaterdag?',
    'wanneer is het tornooi juist? zie het uur nergens staan',
  ],
  'other name': [
    'Can I change my nickname here? The option is greyed out for me',
    'please change my nickname to Robin, i cant do it myself',
    'I want another nickname but discord says i have no permission',
    'Kan iemand mijn bijnaam veranderen naar Robin? Zelf lukt het niet',
    'ik mag mijn nickname niet aanpassen, kunnen jullie dat doen',
  ],
};

const ALONE_TUNED = [
  'Can we get an emoji of the server cat please?',
  'hi',
  'I have a question',
  'The link to the youtube channel in the footer of the website is dead',
  'ik wil moderator worden, hoe werkt dat?',
  'My screen share is black when I stream to the study room',
  'We are a small podcast and would love to interview one of your admins about building communities.',
  'is there an english channel for physics homework',
  'De foto bij het recept van de maand is verkeerd, dat is geen lasagne',
  'Can you recommend a good beginner keyboard?',
];

const ALONE_HELD_OUT = [
  'Would you like to partner with our server? We have 3000 members.',
  'The reminder of the book club came an hour early',
  'hallo, is hier iemand?',
  'I found a typo on the pricing page: "anual"',
  'kan ik een kanaal krijgen voor onze scouts groep?',
  'Dark mode on the forum makes code blocks unreadable',
];

const labelled = (topics: Topics, alone: readonly string[]): readonly LabelledTicket[] => [
  ...Object.entries(topics).flatMap(([topic, texts]) => texts.map((text) => ({ text, topic }))),
  ...alone.map((text) => ({ text, topic: null })),
];

/** Two thirds of the set. */
export const tuned = labelled(TUNED, ALONE_TUNED);
/** The last third, of other topics. */
export const heldOut = labelled(HELD_OUT, ALONE_HELD_OUT);
