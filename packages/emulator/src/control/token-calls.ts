// Calls about the tokens of a world: those that came by, alive and dead.
import { invalidations, refusingStates } from '@hallpass/protocol';
import { describeToken, present } from '@hallpass/server/testing';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { type SeenToken, shortened } from '../tokens/seen-tokens.ts';
import { controlCall, type JsonSchema, listOf, number, object } from './control-call.ts';
import { namesOf } from './names-of.ts';

const string: JsonSchema = { type: 'string' };
const integer: JsonSchema = { type: 'integer' };

const tokenSchema: JsonSchema = {
  type: 'object',
  properties: {
    token: { type: 'string', description: 'Its beginning and its end.' },
    kind: string,
    app: object({ id: string, name: string }),
    person: object({ id: string, name: string }),
    page: string,
    issued: { type: 'integer', description: 'Epoch seconds.' },
    expires: { type: 'integer', description: 'Epoch seconds; absent for a token that does not expire.' },
    data_access_ends: { type: 'integer', description: 'Epoch seconds.' },
    alive: { type: 'boolean' },
    ended: { type: 'integer', description: 'Epoch seconds at which it ended, where that is a moment.' },
    ended_by: { type: 'string', description: 'What ended it, or refuses it while it holds.' },
    scopes: listOf(string),
  },
  required: ['token', 'kind', 'issued', 'alive', 'scopes'],
};

/** Causes that are no event and no state of the tables. */
const otherCauses: Readonly<Record<string, string>> = {
  expired: 'Its time was over.',
  fenced: 'A backup was restored.',
  withdrawn: 'The key that sealed it was withdrawn.',
};

const causeInWords = (cause: string): string => {
  const known: Readonly<Record<string, { doc: string } | undefined>> = { ...invalidations, ...refusingStates };
  return known[cause]?.doc ?? otherCauses[cause] ?? cause;
};

async function shown(world: EmulatedWorld, { token, record }: SeenToken) {
  const { installation } = world.server;
  const presented = await present(installation, token);
  const facts = await describeToken(installation, presented);
  const { kind, app, user, page, issuedAt, expiresAt } = record;
  const death = presented.is === 'dead' ? presented.death : undefined;
  const expired = death?.cause === 'expired' ? expiresAt : undefined;
  const endedBy = death ? causeInWords(death.cause) : facts.error?.message;
  const ended = expired ?? death?.at;
  return {
    token: shortened(token),
    kind,
    ...(await namesOf(world, { app, person: user })),
    ...(page === undefined ? {} : { page }),
    issued: issuedAt,
    ...(expiresAt === 0 ? {} : { expires: expiresAt }),
    ...(facts.data_access_expires_at ? { data_access_ends: facts.data_access_expires_at } : {}),
    alive: facts.is_valid,
    ...(ended === undefined ? {} : { ended }),
    ...(endedBy === undefined ? {} : { ended_by: endedBy }),
    scopes: facts.scopes,
  };
}

const USUAL = 100;
const MOST = 500;

export const tokenCalls = [
  controlCall('GET', 'tokens', {
    doc: 'The tokens that came by in calls and answers, newest first: when each was issued and ends, and what ended it. Tokens are stored nowhere, so others are not known.',
    params: { limit: number('How many; a hundred without it.', { minimum: 1, maximum: MOST, whole: true }) },
    answer: object({ now: integer, tokens: listOf(tokenSchema) }),
    async run({ world }, { limit = USUAL }) {
      const newest = world.tokens
        .list()
        .toReversed()
        .toSorted((a, b) => b.record.issuedAt - a.record.issuedAt)
        .slice(0, limit);
      return { now: world.clock.now(), tokens: await Promise.all(newest.map((seen) => shown(world, seen))) };
    },
  }),
];
