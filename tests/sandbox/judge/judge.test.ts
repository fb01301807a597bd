import { describe, expect, test } from 'vitest';
import { createJudge } from '../../../sandbox/judge/judge.ts';
import type { Judge } from '../../../sandbox/judge/judge.ts';
import { badCallbacks } from './bad-callbacks.ts';
import { badCommands } from './bad-commands.ts';
import { badComponents } from './bad-components.ts';
import { badGuild } from './bad-guild.ts';
import { badMessages } from './bad-messages.ts';
import { CALLBACK, COMMANDS, MESSAGES, NOW, requestOf } from './bodies.ts';
import { goodGuild } from './good-guild.ts';
import { goodInteractions } from './good-interactions.ts';
import { goodMessages } from './good-messages.ts';

const goodBodies = [...goodMessages, ...goodInteractions, ...goodGuild];
const badBodies = [...badMessages, ...badComponents, ...badCallbacks, ...badCommands, ...badGuild];
const openapi = process.env['DISCORD_OPENAPI'];

function judgesTheLists(judge: Judge): void {
  for (const [name, operation, body, extra] of goodBodies) {
    test(`accepts ${name}`, () => {
      expect(judge.request(requestOf(operation, body, extra))).toEqual({ ok: true, problems: [] });
    });
  }
  for (const [name, expected, operation, body, extra] of badBodies) {
    test(`refuses ${name}`, () => {
      const verdict = judge.request(requestOf(operation, body, extra));
      expect(verdict.ok).toBe(false);
      expect(verdict.problems.join('\n')).toContain(expected);
    });
  }
}

describe('with the schemas of the package and our rules', () => {
  judgesTheLists(createJudge({ now: () => NOW }));
});

describe.runIf(openapi !== undefined)("with Discord's whole document as well (DISCORD_OPENAPI)", () => {
  judgesTheLists(createJudge({ openapi, now: () => NOW }));
});

describe('what it says', () => {
  const judge = createJudge();

  test("Discord's tree of errors", () => {
    const verdict = judge.request(requestOf(MESSAGES, { embeds: [{ title: 'x'.repeat(257) }] }));
    expect(JSON.parse(JSON.stringify(verdict))).toEqual({
      ok: false,
      code: 50035,
      message: 'Invalid Form Body',
      errors: {
        embeds: {
          0: {
            title: {
              _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 256 or fewer in length.' }],
            },
          },
        },
      },
      problems: ['embeds[0].title: Must be 256 or fewer in length. (BASE_TYPE_MAX_LENGTH)'],
    });
  });

  test.each([
    ['an empty message', MESSAGES, {}, 50006],
    [
      'too many commands',
      COMMANDS,
      Array.from({ length: 101 }, (_, i) => ({ name: `c${i}`, description: 'x' })),
      30032,
    ],
    ['nobody to write to', 'POST /users/@me/channels', {}, 50033],
    ['an unknown route', 'GET /nowhere', undefined, 0],
  ])("Discord's own code for %s", (_name, operation, body, code) => {
    expect(judge.request(requestOf(operation, body))).toMatchObject({ ok: false, code });
  });

  test('two problems in one place are both there', () => {
    const { problems } = judge.request(requestOf(CALLBACK, { type: 9, data: {} }));
    expect(problems).toHaveLength(3);
  });
});

describe('hostile bodies', () => {
  const judges = [createJudge(), ...(openapi === undefined ? [] : [createJudge({ openapi })])];
  const nested = (depth: number, wrap: (inner: unknown) => unknown) => {
    let value: unknown = 'x';
    for (let level = 0; level < depth; level += 1) value = wrap(value);
    return value;
  };
  const values: [string, unknown][] = [
    ['null', null],
    ['a number', 5],
    ['true', true],
    ['the name of a built-in', 'constructor'],
    ['a list of nulls', [null, null, [null]]],
    ['deep lists', nested(50_000, (inner) => [inner])],
    ['deep containers', nested(50_000, (inner) => ({ type: 17, components: [inner] }))],
    ['a huge text', 'x'.repeat(5_000_000)],
    ['a prototype', JSON.parse('{"__proto__": {"_errors": 1}, "constructor": 5, "toString": []}')],
  ];
  const keys = [
    'content',
    'embeds',
    'components',
    'data',
    'type',
    'flags',
    'allowed_mentions',
    'options',
    'message',
    'poll',
    'name',
    'topic',
    'permission_overwrites',
    'trigger_type',
  ];
  const operations = [...new Set([...goodBodies.map(([, operation]) => operation), CALLBACK])];

  test.each(values)('%s never make it throw', (_name, value) => {
    const bodies = [
      value,
      [value],
      ...keys.flatMap((key) => [{ [key]: value }, { [key]: [value] }, [{ [key]: value }]]),
    ];
    for (const type of [4, 7, 8, 9])
      bodies.push({ type, data: value }, { type, data: { components: [value], choices: value } });
    for (const judge of judges) {
      for (const operation of operations) {
        for (const body of bodies)
          expect(judge.request(requestOf(operation, body)).problems).toBeInstanceOf(Array);
      }
      expect(judge.response({ method: 'GET', path: '/channels/1', status: 200, body: value }).ok).toBe(false);
    }
  });

  test('a prototype as a key stays a key', () => {
    const [judge = createJudge()] = judges;
    judge.request(
      requestOf(COMMANDS, JSON.parse('[{"name_localizations": {"__proto__": 5}, "__proto__": []}]')),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

test('a usual request takes well under a millisecond once warm', () => {
  const judge = createJudge({ openapi });
  const request = requestOf(MESSAGES, {
    content: 'x',
    embeds: [{ title: 'x', fields: [{ name: 'a', value: 'b' }] }],
  });
  const times = Array.from({ length: 300 }, () => {
    const started = performance.now();
    judge.request(request);
    return performance.now() - started;
  });
  const [median = Infinity] = times
    .slice(100)
    .toSorted((a, b) => a - b)
    .slice(100);
  expect(median).toBeLessThan(1);
});
