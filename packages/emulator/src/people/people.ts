// The people of a world: they log in through the real pages, decide in dialogs, and change their settings.
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import {
  answerIn,
  codeAt,
  type DialogAnswer,
  type DialogChoices,
  dialogUrl,
  goThrough,
  HeadlessBrowser,
  type SeedPerson,
  settingsPages,
  type WebPage,
} from '@hallpass/server/testing';
import type { Seed } from '../seed/read.ts';

/** The people need this of the world that they live in. */
interface Neighbourhood {
  seed(): Seed;
  /** `localhost:4000` */
  host(): string;
  now(): number;
  handle(incoming: HttpRequest): Promise<HttpResponse>;
}

export interface LogInOptions extends DialogChoices {
  /** The name or id of an app; by default the first of the world. */
  app?: string | undefined;
  /** Names of permissions, joined by commas. */
  scope?: string | undefined;
  /** The first address of the app when it is not given. */
  redirectUri?: string | undefined;
  state?: string | undefined;
  /** `code` when it is not given. */
  responseType?: string | undefined;
  /** More parameters of the dialog, such as `auth_type` or `config_id`. */
  params?: Readonly<Record<string, string | undefined>>;
  /** A browser in which the person may be logged in already; one of its own when it is not given. */
  browser?: HeadlessBrowser;
}

export interface LogInResult extends DialogAnswer {
  /** The full address to which the dialog returned. */
  url: string;
  code: string | undefined;
  /** The access token of the fragment, where the app asked for one. */
  accessToken: string | undefined;
  /** `access_denied` and the like. */
  error: string | undefined;
  browser: HeadlessBrowser;
}

/** There is nobody and nothing of that name, or the person cannot do it. */
export class PersonError extends Error {
  override readonly name = 'PersonError';
}

/** Somebody of the world, who acts as people do: through the pages. */
export class EmulatorPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  #password: string;
  #secondFactor: string | undefined;
  #recoveryCodes: string[] = [];
  readonly #around: Neighbourhood;

  /** @throws PersonError where the person has no e-mail address and password to log in with */
  constructor(around: Neighbourhood, { id, name, email, password, secondFactor }: SeedPerson) {
    if (email === undefined || password === undefined)
      throw new PersonError(`${name} can't log in without an e-mail address and a password.`);
    this.id = id;
    this.name = name;
    this.email = email;
    this.#password = password;
    this.#secondFactor = secondFactor;
    this.#around = around;
  }

  get password(): string {
    return this.#password;
  }

  /** The code that the authenticator shows now. @throws PersonError without a second factor */
  get oneTimeCode(): string {
    if (this.#secondFactor === undefined)
      throw new PersonError(`${this.name} hasn't turned on two-factor authentication.`);
    return codeAt(this.#secondFactor, this.#around.now());
  }

  /** A new browser: no cookies, nobody logged in. */
  openBrowser(): HeadlessBrowser {
    return browserIn(this.#around);
  }

  /**
   * A browser in which the person is logged in, without any app. @param recoveryCode in place of a code of the
   * authenticator, which is good once. @throws PersonError where that fails
   */
  async signIn(browser = this.openBrowser(), recoveryCode?: string): Promise<HeadlessBrowser> {
    await browser.open('/login');
    const data = this.#logInData();
    await goThrough(browser, recoveryCode === undefined ? data : { ...data, code: () => recoveryCode });
    const page = await browser.open('/settings');
    if (page.status !== 200 || !page.innerText.includes(this.name))
      throw new PersonError(`${this.name} can't log in: ${page.innerText}`);
    return browser;
  }

  /**
   * Goes through the dialog of an app, from the log-in on: gives everything that is asked, unless something else is
   * said.
   * @returns what the app is told; @throws PersonError where the person is not sent back: the page says why
   */
  async logIn(options: LogInOptions = {}): Promise<LogInResult> {
    const { scope, state, responseType, params } = options;
    const app = appOf(this.#around.seed(), options.app);
    const path = dialogUrl({
      client_id: app.id,
      redirect_uri: options.redirectUri ?? app.settings?.redirectUris?.[0],
      response_type: responseType,
      scope,
      state,
      ...params,
    });
    return this.answerDialog(path, options);
  }

  /**
   * Goes through the dialog that an app has sent a browser to, as `logIn` does.
   * @param path and query of the address; its host is this emulator, whatever name the app has for it
   */
  async answerDialog(
    path: string,
    { browser = this.openBrowser(), ...choices }: DialogChoices & Pick<LogInOptions, 'browser'> = {},
  ): Promise<LogInResult> {
    await browser.open(path);
    const page = await goThrough(browser, this.#logInData(), choices);
    const answer = sentBack(page);
    return {
      ...answer,
      url: page.left ?? answer.address,
      code: answer.query.get('code') ?? undefined,
      accessToken: answer.fragment.get('access_token') ?? undefined,
      error: answer.query.get('error') ?? answer.fragment.get('error') ?? undefined,
      browser,
    };
  }

  /**
   * A user access token, as an app gets it: the dialog, then the call for the code.
   * @throws PersonError where the person is not sent back, or the code is refused
   */
  async accessToken(options: LogInOptions = {}): Promise<string> {
    const app = appOf(this.#around.seed(), options.app);
    const redirectUri = options.redirectUri ?? app.settings?.redirectUris?.[0] ?? '';
    const { code, error } = await this.logIn({ ...options, redirectUri });
    if (code === undefined)
      throw new PersonError(`${this.name} comes back without a code: ${error ?? 'no reason given'}.`);
    const query = new URLSearchParams({
      client_id: app.id,
      client_secret: app.secret,
      redirect_uri: redirectUri,
      code,
    });
    const { status, html } = await this.openBrowser().ask(`/v25.0/oauth/access_token?${query}`);
    const [, token] = /"access_token":"([^"]+)"/.exec(html) ?? [];
    if (status !== 200 || token === undefined) throw new PersonError(`The code is refused: ${html}`);
    return token;
  }

  /** Takes an app off in the settings. @param app its name or id */
  async removeApp(app?: string): Promise<void> {
    await settingsPages.removeApp(await this.signIn(), appOf(this.#around.seed(), app).name);
  }

  /** Changes the password in the settings: every token of the person dies. */
  async changePassword(next: string): Promise<void> {
    await settingsPages.changePassword(await this.signIn(), this.#password, next);
    this.#password = next;
  }

  async logOutEverywhereElse(): Promise<void> {
    await settingsPages.logOutEverywhereElse(await this.signIn());
  }

  /** Locks the account, as somebody does who fears that it was broken into. */
  async lockAccount(): Promise<void> {
    await settingsPages.lockAccount(await this.signIn());
  }

  get hasSecondFactor(): boolean {
    return this.#secondFactor !== undefined;
  }

  /**
   * Turns a second factor on in the settings. @returns a browser in which they are logged in with it: a code is good
   * once, and the next one takes half a minute. @throws PersonError where one is on
   */
  async turnOnSecondFactor(): Promise<HeadlessBrowser> {
    if (this.#secondFactor !== undefined) throw new PersonError(`${this.name} has a second factor already.`);
    const codeFor = (key: string): string => codeAt(key, this.#around.now());
    const browser = await this.signIn();
    const done = await settingsPages.turnOnTwoFactor(browser, this.#password, codeFor);
    this.#secondFactor = done.key;
    this.#recoveryCodes = done.recoveryCodes;
    return browser;
  }

  /** Turns off the second factor that was turned on here; each try costs recovery codes of that time. */
  async turnOffSecondFactor(): Promise<void> {
    const browser = await this.signIn(this.openBrowser(), this.#recoveryCodes.pop());
    await settingsPages.turnOffTwoFactor(browser, this.#password, this.#recoveryCodes.pop() ?? '');
    this.#secondFactor = undefined;
  }

  /** Accepts an invitation into a business. @param link as its administrator was given it */
  async acceptInvitation(link: string): Promise<void> {
    const { pathname, search } = new URL(link);
    await settingsPages.acceptInvitation(await this.signIn(), pathname + search);
  }

  #logInData() {
    const code = this.#secondFactor === undefined ? undefined : () => this.oneTimeCode;
    return { email: this.email, password: this.#password, code };
  }
}

export class EmulatorPeople {
  readonly #around: Neighbourhood;
  readonly #known = new Map<string, EmulatorPerson>();

  constructor(around: Neighbourhood) {
    this.#around = around;
  }

  /** @param named a name, a first name, an e-mail address or an id; @throws PersonError for nobody, and for several */
  get(named: string): EmulatorPerson {
    const { people } = this.#around.seed().world;
    const exact = people.filter(({ id, name, email }) => [id, name, email].includes(named));
    const found = exact.length > 0 ? exact : people.filter(({ name }) => name.split(' ')[0] === named);
    const [person] = found;
    if (!person || found.length > 1)
      throw new PersonError(
        `There ${person ? 'are several people' : 'is nobody'} called ${named} in the world ${this.#around.seed().name}: ${people.map(({ name }) => name).join(', ')}.`,
      );
    const known = this.#known.get(person.id) ?? new EmulatorPerson(this.#around, person);
    this.#known.set(person.id, known);
    return known;
  }

  /** Everybody who can log in. */
  list(): EmulatorPerson[] {
    return this.#around
      .seed()
      .world.people.flatMap(({ id, email, password }) =>
        email === undefined || password === undefined ? [] : [this.get(id)],
      );
  }

  /** Forgets what people changed about themselves: the world begins anew. */
  reset(): void {
    this.#known.clear();
  }
}

function sentBack(page: WebPage): DialogAnswer {
  try {
    return answerIn(page);
  } catch (error) {
    throw new PersonError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws PersonError */
function appOf({ name: world, world: { apps } }: Seed, named: string | undefined) {
  const app = named === undefined ? apps[0] : apps.find(({ id, name }) => id === named || name === named);
  if (!app)
    throw new PersonError(
      `There is no app ${named ?? ''} in the world ${world}: ${apps.map(({ name }) => name).join(', ') || 'it has none'}.`,
    );
  return app;
}

function browserIn(around: Neighbourhood): HeadlessBrowser {
  const host = around.host();
  return new HeadlessBrowser(
    async ({ method, path, headers, body }) => {
      const ask = path.indexOf('?');
      const answer = await around.handle({
        method,
        host,
        scheme: 'http',
        path: ask < 0 ? path : path.slice(0, ask),
        query: ask < 0 ? '' : path.slice(ask + 1),
        headers,
        body: Buffer.from(body),
        address: '127.0.0.1',
      });
      const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
      return { status: answer.status, headers: answer.headers, text };
    },
    { host },
  );
}
