import { Route, type ApiRequest, type ApiResponse } from '@sapphire/plugin-api';
import type { Guild, GuildMember } from 'discord.js';
import type { Actor } from '#lib/access/who';
import { cookie, provesCsrf, type Session } from '#lib/access/sessions';
import { UserError } from '#lib/errors/user-error';
import { requestContext } from '#lib/http/context';
import type { Fragment } from '#lib/http/html';
import type { LimitClass } from '#lib/http/limits';
import { HttpProblem } from '#lib/http/problem';
import type { LimitedRoute } from '#lib/http/route';
import { translator, type Locale, type Translate } from '#lib/i18n/translate';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import { colleagueOf } from '#lib/tickets/staff';
import type { Reading } from './discord-text.ts';
import { LANGUAGE_COOKIE, pageLocale } from './language.ts';
import { layout, PAGE_POLICY, type GuildPage, type Surroundings } from './layout.ts';
import { PageProblem } from './page-problem.ts';
import { readSaid, SAID_COOKIE, SAID_LASTS_MS, writeSaid, type Said } from './said.ts';

/** What a page is asked with. */
export interface PageCall {
  readonly t: Translate;
  readonly locale: Locale;
  /** Null: nobody is signed in. */
  readonly session: Session | null;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** What a form sent; empty where none did. */
  readonly form: URLSearchParams;
  readonly isPost: boolean;
  /** Path and query. */
  readonly address: string;
  readonly baseUrl: string;
}

export type PageReply =
  | { readonly kind: 'page'; readonly title: string; readonly body: Fragment; readonly status?: number }
  /** See another page, after a form; `say` stands at its top. */
  | {
      readonly kind: 'see';
      readonly path: string;
      readonly say?: Said;
      readonly cookies?: readonly string[];
    }
  | {
      readonly kind: 'file';
      readonly content: string | Buffer;
      readonly headers: Readonly<Record<string, string>>;
    };

/** No text in a form of the dashboard is longer than a few thousand characters. */
const FORM_BYTES_MAX = 64 * 1024;
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** A page of the dashboard, or what a form of one is sent to. It says itself who may. */
abstract class DashboardRoute<Call extends PageCall> extends Route implements LimitedRoute {
  readonly limitClass: LimitClass = 'page';

  /** @param name unique among the pieces. */
  constructor(context: Route.LoaderContext, name: string) {
    super(context, { name, maximumBodyLength: FORM_BYTES_MAX });
  }

  /** Shows the page, or does what the form says. */
  abstract handle(call: Call): Promise<PageReply>;

  /** Lets somebody in or refuses them. @returns a reply where they must go elsewhere first. */
  protected abstract admit(call: PageCall): Promise<Call | { readonly elsewhere: string }>;

  protected abstract surroundings(call: Call): Surroundings['guild'];

  override async run(request: ApiRequest, response: ApiResponse): Promise<void> {
    const { caller, cookies, session = null, body } = requestContext(request);
    if (caller === undefined) throw new Error('the guard did not run');
    const { requestLimits, httpOptions } = this.container;
    if (session !== null) {
      const left = await requestLimits.take('page', `session:${session.idHash}`);
      for (const [name, value] of Object.entries(left)) response.setHeader(name, value);
    }
    const isPost = request.method === 'POST';
    const form = isPost ? readForm(request, body) : new URLSearchParams();
    if (isPost && session !== null && !provesCsrf(session, form.get('csrf')))
      throw new PageProblem(403, 'dashboard:problem.form');
    const locale = pageLocale(cookies?.[LANGUAGE_COOKIE], request.headers['accept-language']);
    const asked: PageCall = {
      t: translator(locale),
      locale,
      session,
      params: request.params,
      query: request.query as Readonly<Record<string, string>>,
      form,
      isPost,
      address: request.url ?? '/',
      baseUrl: httpOptions.baseUrl,
    };
    try {
      const call = await this.admit(asked);
      if ('elsewhere' in call) return see(response, call.elsewhere, []);
      this.#send(response, await this.handle(call), call, readSaid(cookies?.[SAID_COOKIE]));
    } catch (error) {
      throw error instanceof UserError ? PageProblem.of(error, isPost ? 422 : 404) : error;
    }
  }

  #send(response: ApiResponse, reply: PageReply, call: Call, said: Said | null): void {
    const { baseUrl } = call;
    if (reply.kind === 'see') {
      const { path, say, cookies = [] } = reply;
      const saying = say === undefined ? [] : [cookie(SAID_COOKIE, writeSaid(say), baseUrl, SAID_LASTS_MS)];
      return see(response, path, [...cookies, ...saying]);
    }
    if (reply.kind === 'file') {
      for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
      response.end(reply.content);
      return;
    }
    const { t, locale, session, address, isPost } = call;
    // A page that answers a form has no address of its own that another language could lead back to.
    const around = {
      t,
      locale,
      session,
      address: isPost ? '/' : address,
      guild: this.surroundings(call),
      said,
    };
    if (said !== null) response.setHeader('Set-Cookie', cookie(SAID_COOKIE, '', baseUrl, 0));
    response.statusCode = reply.status ?? 200;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    response.end(layout(around, reply.title, reply.body).toString());
  }
}

function see(response: ApiResponse, path: string, cookies: readonly string[]): void {
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  response.statusCode = 303;
  response.setHeader('Location', path);
  response.end();
}

function readForm(request: ApiRequest, body: Buffer | undefined): URLSearchParams {
  if (!FORM_TYPE.test(request.headers['content-type'] ?? ''))
    throw new HttpProblem(415, 'Send a form, with Content-Type: application/x-www-form-urlencoded.');
  // Browsers end lines of a text in a form with both.
  return new URLSearchParams((body ?? Buffer.alloc(0)).toString().replaceAll('%0D%0A', '%0A'));
}

/** A page that everybody may see. */
export abstract class OpenPageRoute extends DashboardRoute<PageCall> {
  protected override admit(call: PageCall): Promise<PageCall> {
    return Promise.resolve(call);
  }

  protected override surroundings(): null {
    return null;
  }
}

/** What a page of a guild is asked with, by somebody who may manage it at this moment. */
export interface GuildCall extends PageCall {
  readonly session: Session;
  readonly guild: Guild;
  readonly member: GuildMember;
  readonly actor: Actor;
  readonly overrides: Overrides;
  /** IANA name of the guild's. */
  readonly zone: string;
}

/** A page of a guild, for whoever may manage it now; its path has `[guild_id]`. */
export abstract class GuildPageRoute extends DashboardRoute<GuildCall> {
  readonly #page: GuildPage;

  /** @param page under which heading of the menu it stands. */
  constructor(context: Route.LoaderContext, name: string, page: GuildPage) {
    super(context, name);
    this.#page = page;
  }

  protected override async admit(call: PageCall): Promise<GuildCall | { readonly elsewhere: string }> {
    const { session, params, address } = call;
    if (session === null) {
      if (call.isPost) throw new HttpProblem(401, 'Sign in again.');
      return { elsewhere: `/login?return=${encodeURIComponent(address)}` };
    }
    const { rights, client, settings } = this.container;
    const guildId = params['guild_id'] ?? '';
    const guild = client.guilds.cache.get(guildId);
    if (guild === undefined || !(await rights.mayManageGuild(guildId, session.userId)))
      throw new PageProblem(403, 'dashboard:problem.forbidden');
    const member = await guild.members.fetch(session.userId);
    const overrides = await settings.overrides(guildId);
    const zone = effectiveValue(overrides, 'system.timezone');
    return { ...call, session, guild, member, actor: colleagueOf(member), overrides, zone };
  }

  protected override surroundings({ guild, zone }: GuildCall): Surroundings['guild'] {
    return { guild, page: this.#page, zone };
  }
}

/** For the sentences on a page. */
export function readingOf({ guild, locale, zone }: GuildCall): Reading {
  return { guild, locale, zone };
}

/** The number in a path. @throws PageProblem 404 for what is none. */
export function pathNumber(call: PageCall, name: string): number {
  const text = call.params[name] ?? '';
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 2_147_483_647)) throw new PageProblem(404, 'dashboard:problem.notFound');
  return number;
}

/** The page of a list, counted from 0. */
export function pageNumber({ query }: PageCall): number {
  const text = query['page'] ?? '';
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) - 1 : 0;
}
