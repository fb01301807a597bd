/** Words that say nothing of what a question is about, in English and Dutch. */
const WORDS =
  'a about after all also am an and any are as at be because been being but by can could did do does doing for from get gets getting ' +
  'give had has have having he her here him his how i if in into is it its just know let like make may me might more most much must my ' +
  'need no not of on one or our out over please should so some tell than that the their them then there these they this those to too up ' +
  'us want was way we were what when where which while who whom why will with would you your ' +
  'aan al alle als altijd bij ben bent ca daar dan dat de deze die dit doe doen doet door een eens en er ga gaan gaat geef geen had hebben ' +
  'hebt heeft heb hem het hier hij hoe hun iets ik in is ja je jij jou jouw jullie kan kun kunnen kunt maar me mee meer men met mij mijn ' +
  'moet moeten na naar niet nog nu of om ons onze ook op over te tegen toch tot u uit uw van vanuit veel via voor waar waarom waarmee wanneer ' +
  'wat we weet wel welke wie wij wil willen word worden wordt zal ze zei zelf zich zij zijn zo zou';

const smallWords: ReadonlySet<string> = new Set(WORDS.split(' '));

/** Marks above and below letters, once they stand by themselves. */
const MARKS = /\p{M}/gu;

const STEM_MIN = 4;
/** What English and Dutch words end in when they are bent; of a word of either language it leaves something that all its forms share. */
const ENDINGS = /(?:ingen|ing|eren|est|en|ed|es|er|e|s|t)$/;

/**
 * A word as it is searched by: small letters without marks, its ending taken off; null when it says nothing of what a question is about.
 */
export function searchTerm(word: string): string | null {
  const term = word.normalize('NFKD').replaceAll(MARKS, '').toLowerCase();
  if (term === '' || smallWords.has(term)) return null;
  const stem = term.replace(ENDINGS, '');
  return stem.length < STEM_MIN ? term : stem;
}
