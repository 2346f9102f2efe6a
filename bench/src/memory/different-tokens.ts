// This run shows each of very many different tokens once: what a node remembers of tokens and facts stays within its
// setting, however many there are.
import type { Server } from '@hallpass/server';
import { AppId, change, mint, newId, PersonId, rememberedTokens } from '@hallpass/server/testing';
import type { Measured } from '../child.ts';

export const DIFFERENT_HEADING = '## Different tokens';
const PARTS = 4;
const AT_ONCE = 500;

interface Mark {
  tokens: number;
  /** Facts in the memory of the node, and opened tokens. */
  facts: number;
  opened: number;
  /** Reachable objects and buffers, bytes. */
  live: number;
  rss: number;
}

export async function differentTokens(subject: Measured, count: number): Promise<Mark[]> {
  const marks: Mark[] = [];
  for (let part = 0; part <= PARTS; part++) {
    const kept = await subject.ask('different', { count: part === 0 ? 0 : count / PARTS });
    const { live, rss } = await subject.ask('gc');
    marks.push({ tokens: (part * count) / PARTS, facts: Number(kept.facts), opened: Number(kept.opened), live, rss });
  }
  return marks;
}

/** In the measured process: makes tokens of as many log-ins, and makes a call with each. */
export async function callWithDifferent(
  { installation, handle }: Server,
  count: number,
): Promise<Pick<Mark, 'facts' | 'opened'>> {
  const now = installation.world.clock.now();
  for (let done = 0; done < count; done += AT_ONCE) {
    const texts = await change(installation, async ({ tx }) => {
      const made: string[] = [];
      for (let i = 0; i < AT_ONCE; i++) {
        const of = {
          app: AppId.of('2001'),
          user: PersonId.of('1001'),
          session: newId(installation),
          login: newId(installation),
        };
        const times = { issuedAt: now, expiresAt: now + 7200, longLived: false, native: false };
        const { text } = await mint(installation, tx, {
          kind: 'user',
          ...of,
          ...times,
          authType: undefined,
          authNonce: undefined,
        });
        made.push(text);
      }
      return made;
    });
    for (const text of texts) {
      const { status } = await handle({
        method: 'GET',
        host: 'localhost:4000',
        scheme: 'http',
        path: '/v25.0/me',
        query: `fields=id&access_token=${text}`,
        headers: { host: 'localhost:4000' },
        body: new Uint8Array(),
        address: '127.0.0.1',
      });
      if (status !== 200) throw new Error(`a living token was answered ${status}`);
    }
  }
  const { facts } = installation;
  return { facts: facts.cache.size, opened: rememberedTokens(facts) };
}

const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

export const differentTable = (marks: readonly Mark[]): string =>
  [
    '| different tokens | facts in memory | opened tokens in memory | reachable objects and buffers | resident memory |',
    '|---|---|---|---|---|',
    ...marks.map(
      ({ tokens, facts, opened, live, rss }) =>
        `| ${tokens.toLocaleString('en')} | ${facts.toLocaleString('en')} | ${opened.toLocaleString('en')} | ${mb(live)} | ${mb(rss)} |`,
    ),
  ].join('\n');

export const differentPart = (marks: readonly Mark[], node: string): string => `${DIFFERENT_HEADING}

Made by \`npm run bench -- --tokens ${marks.at(-1)?.tokens} --write\` on Node ${node} with two shared cores: one call with each of so many tokens,
each of a log-in of its own, in one process with the usual settings. A node keeps at most as many facts as \`cacheEntries\` says, and one
opened token for every eight of them.

${differentTable(marks)}`;
