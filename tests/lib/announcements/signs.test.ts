import { expect, it } from 'vitest';
import { isInviting, signsOf, type Signs } from '#lib/announcements/signs';
import { tokensOf } from '#lib/time/mentions/tokens';

it.each<[string, (keyof Signs)[]]>([
  ['Raid is cancelled', ['isCancelled', 'isCalledOff', 'isEvent']],
  ['De les gaat niet door', ['isCancelled', 'isCalledOff', 'isEvent']],
  ['It is not cancelled', []],
  ['Cancelled if it rains', []],
  ['No choir this Thursday', ['isCancelled', 'isEvent']],
  ['Geen spoilers', []],
  ['Verplaatst naar vrijdag', ['isMoved']],
  ['New date', ['isMoved']],
  ['Is it on Friday?', ['isQuestion']],
  ['Thursday or Friday?', ['isQuestion', 'isChoice']],
  ['Gisteren waren er tien', ['isPast']],
  ['They arrived at eight', ['isPast']],
  ['Openingsuren', ['isHours']],
  ['Open van 9 tot 17', ['isEvent', 'isHours']],
  ['Misschien vrijdag', ['isDoubtful']],
  ['Backup crashed', ['isPast']],
  ['The last tram leaves', ['isPlainReport']],
  ['John 3 says', ['isPlainReport']],
  ['If we ever move', ['isConditional', 'isEvent']],
  ['Vote for a day', ['isPoll']],
  ['!', []],
])('%j is %j', (text, signs) => {
  const said = Object.entries(signsOf(tokensOf(text))).flatMap(([sign, isSo]) => (isSo ? [sign] : []));
  expect(said.toSorted()).toEqual(signs.toSorted());
});

it('tells an invitation from a question', () => {
  expect(isInviting(tokensOf("Ready for tonight's raid?"))).toBe(true);
  expect(isInviting(tokensOf('At what time?'))).toBe(false);
});
