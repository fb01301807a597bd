import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Recent } from './recent.ts';
import { Window } from './window.ts';

const PREFIX = 'alphapy_';
const HOUR_MS = 60 * 60_000;
/** Discord takes no first response to an interaction after three seconds. */
const ACKNOWLEDGEMENT_S = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5];
const REQUEST_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
const LATENESS_S = [0.5, 1, 2, 5, 15, 60, 300, 1_800, 7_200, 86_400];
const AI_S = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64];

/** What a metric that is filled when it is read says: a value for each set of labels; nothing where it cannot be known. */
export type Reading = readonly { readonly labels?: Record<string, string>; readonly value: number }[];

/**
 * What the bot counts about itself, in a registry of its own, so that several bots of one process do not mix. No label names a guild, a
 * member or anything else that grows.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly gatewayEvents = this.#counter('gateway_events_total', 'Events of the gateway, by type.', ['type']);
  readonly gatewayConnection = this.#counter(
    'gateway_connection_events_total',
    'What happened to the connection with the gateway.',
    ['event'],
  );

  readonly discordRequests = this.#counter(
    'discord_requests_total',
    'Requests to Discord by what they are for; status is its first digit, or failed where there was no answer.',
    ['method', 'route', 'status'],
  );
  readonly discordTimes = this.#histogram(
    'discord_request_duration_seconds',
    'How long Discord took to answer a request.',
    ['method'],
    REQUEST_S,
  );
  readonly discordRateLimits = this.#counter(
    'discord_rate_limits_total',
    'Answers of Discord that it was asked too often (429), by whose limit it was.',
    ['scope'],
  );
  readonly discordWaits = this.#counter(
    'discord_rate_limit_waits_total',
    'Requests that waited here so as not to be refused, by whose limit it was.',
    ['scope'],
  );
  readonly discordInvalid = this.#counter(
    'discord_invalid_requests_total',
    'Answers 401, 403 and 429 that count as invalid; Discord shuts out an address with 10,000 in ten minutes.',
    [],
  );

  readonly acknowledgements = this.#histogram(
    'interaction_acknowledgement_seconds',
    'From the creation of an interaction until Discord took the first response.',
    ['kind'],
    ACKNOWLEDGEMENT_S,
  );
  readonly unacknowledged = this.#counter(
    'interactions_unacknowledged_total',
    'Interactions without a response that Discord took within three seconds: somebody read that the bot did not respond.',
    ['kind'],
  );
  readonly interactionFailures = this.#counter(
    'interaction_failures_total',
    'Commands, buttons and windows that ended in an error that is not the person’s, by what failed.',
    ['error'],
  );

  readonly deliveries = this.#counter(
    'reminder_deliveries_total',
    'What became of reminders that were due: sent, missed, later (tried again) or parked (somebody must mend something first).',
    ['result'],
  );
  readonly lateness = this.#histogram(
    'reminder_lateness_seconds',
    'How long after its time a reminder was sent.',
    [],
    LATENESS_S,
  );

  readonly taskRuns = this.#counter('task_runs_total', 'Runs of scheduled tasks in this process.', [
    'task',
    'result',
  ]);
  readonly taskTime = this.#counter('task_seconds_total', 'Time that scheduled tasks took in this process.', [
    'task',
  ]);

  readonly aiCalls = this.#counter('ai_calls_total', 'Times that an AI was asked, by what came of it.', [
    'outcome',
  ]);
  readonly aiTokens = this.#counter('ai_tokens_total', 'Tokens sent to an AI and got from it.', [
    'direction',
  ]);
  readonly aiCost = this.#counter('ai_cost_cents_total', 'What an AI cost, in US cents.', []);
  readonly aiTimes = this.#histogram('ai_call_duration_seconds', 'How long an AI took.', [], AI_S);

  readonly httpRequests = this.#counter(
    'http_requests_total',
    'Requests to the bot by route; unknown is every path that is none. Status aborted: the client left first.',
    ['method', 'route', 'status'],
  );
  readonly httpTimes = this.#histogram(
    'http_request_duration_seconds',
    'How long the bot took to answer a request.',
    ['method', 'route'],
    REQUEST_S,
  );

  /** For the telemetry. */
  readonly aiFailures = new Recent(HOUR_MS);
  readonly windows = { interactions: new Window(), discord: new Window(), ai: new Window() };

  readonly #before: (() => void)[] = [];

  constructor(version: string) {
    this.gauge('build_info', 'The version of the bot that runs, as a label.', ['version'], () => [
      { labels: { version }, value: 1 },
    ]);
  }

  /** Adds what Node knows of the process: memory, processor, garbage collection, delay of the event loop. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
  }

  /** Adds a metric that is read when somebody asks. Where reading fails or takes no value, it is absent and never zero. */
  gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => Reading | Promise<Reading>,
  ): void {
    const gauge = new Gauge({
      name: PREFIX + name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect: async () => {
        const reading = await Promise.resolve()
          .then(read)
          .catch((): Reading => []);
        gauge.reset();
        // Without labels a reset leaves a zero.
        if (labelNames.length === 0) gauge.remove();
        for (const { labels = {}, value } of reading) gauge.set(labels, value);
      },
    });
  }

  /** Has something brought up to date before anybody reads. */
  beforeReading(bring: () => void): void {
    this.#before.push(bring);
  }

  bringUpToDate(): void {
    for (const bring of this.#before) bring();
  }

  /** All of it in Prometheus' text format. */
  text(): Promise<string> {
    this.bringUpToDate();
    return this.registry.metrics();
  }

  #counter(name: string, help: string, labelNames: readonly string[]): Counter {
    return new Counter({
      name: PREFIX + name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
    });
  }

  #histogram(
    name: string,
    help: string,
    labelNames: readonly string[],
    buckets: readonly number[],
  ): Histogram {
    return new Histogram({
      name: PREFIX + name,
      help,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers: [this.registry],
    });
  }
}
