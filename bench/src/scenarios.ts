// Scenarios are what is measured: the requests of one kind of call, made fresh for each round where a call uses
// something up.
import { app, MANY, redirect } from './cast.ts';
import type { Measured } from './child.ts';
import { get, post } from './load.ts';

export interface Scenario {
  name: string;
  /** The aim, as a share of a bare server doing the same kind of request; undefined where the aim is absolute. */
  aim?: number;
  /** Calls inside one request (batch). */
  per?: number;
  /** Durable changes that are made beside the calls, in a second. */
  writes?: number;
  /** The most processor time, in times that of the bare server. */
  most?: number;
  /** Each request works once. */
  once?: boolean;
  requests(subject: Measured): Promise<Buffer[]>;
}

const tokensOf = async (subject: Measured) => (await subject.ask('tokens')).tokens as { short: string; long: string };
const appToken = `${app.id}|${app.secret}`;

const debugOf = (token: string): Buffer =>
  get(`/v25.0/debug_token?input_token=${token}&access_token=${encodeURIComponent(appToken)}`);
const meOf = (token: string): Buffer => get(`/v25.0/me?fields=id,name&access_token=${token}`);

/** The tokens of many people, one after the other. */
const inTurn =
  (request: (token: string) => Buffer) =>
  async (subject: Measured): Promise<Buffer[]> =>
    ((await subject.ask('many')).tokens as string[]).map(request);

const many = MANY.toLocaleString('en');

export const scenarios: Scenario[] = [
  {
    name: 'GET /debug_token',
    aim: 0.45,
    requests: async (subject) => [debugOf((await tokensOf(subject)).long)],
  },
  {
    name: 'GET /me?fields=id,name',
    aim: 0.45,
    requests: async (subject) => [meOf((await tokensOf(subject)).long)],
  },
  { name: `debug_token, ${many} tokens in turn`, most: 2.4, requests: inTurn(debugOf) },
  { name: `/me, ${many} tokens in turn`, most: 2.4, requests: inTurn(meOf) },
  {
    name: `debug_token, ${many} tokens in turn, 200 writes a second`,
    most: 2.8,
    writes: 200,
    requests: inTurn(debugOf),
  },
  { name: `/me, ${many} tokens in turn, 200 writes a second`, most: 2.8, writes: 200, requests: inTurn(meOf) },
  {
    name: 'fb_exchange_token',
    aim: 0.25,
    requests: async (subject) => [
      post('/v25.0/oauth/access_token', {
        grant_type: 'fb_exchange_token',
        client_id: app.id,
        client_secret: app.secret,
        fb_exchange_token: (await tokensOf(subject)).short,
      }),
    ],
  },
  {
    name: 'client_credentials',
    aim: 0.35,
    requests: async () => [
      post('/v25.0/oauth/access_token', {
        grant_type: 'client_credentials',
        client_id: app.id,
        client_secret: app.secret,
      }),
    ],
  },
  {
    name: 'code → token (synced, audited)',
    aim: 0.12,
    once: true,
    requests: async (subject) =>
      ((await subject.ask('codes', { count: 4000 })).codes as string[]).map((code) =>
        post('/v25.0/oauth/access_token', {
          client_id: app.id,
          client_secret: app.secret,
          redirect_uri: redirect,
          code,
        }),
      ),
  },
  {
    name: 'GET /me/accounts (25 Page tokens)',
    requests: async (subject) => [get(`/v25.0/me/accounts?limit=25&access_token=${(await tokensOf(subject)).long}`)],
  },
  {
    name: 'batch of 50 /me, per item',
    per: 50,
    requests: async (subject) => [
      post('/v25.0/', {
        access_token: (await tokensOf(subject)).long,
        include_headers: 'false',
        batch: JSON.stringify(Array.from({ length: 50 }, () => ({ method: 'GET', relative_url: 'me?fields=id,name' }))),
      }),
    ],
  },
];
