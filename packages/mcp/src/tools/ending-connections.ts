// The tool that says what breaks soon, and what is broken already.
import { DAY, isIn } from '@hallpass/protocol';
import { type Connection, type ConnectionPage, type HolderState, isWorking } from '@hallpass/vault/client';
import { z } from 'zod';
import { connectionView, momentOf } from '../connection-view.ts';
import { type Tool, tool, type ToolParts } from '../tool.ts';

/** Connections that are read for one answer. */
const MOST = 1000;
const PAGE = 200;
/** Connections that are shown of each kind of trouble. */
const SHOWN = 100;

/** Reads the list page by page, up to a limit; `complete` is false where there is more. */
async function endingBefore(
  { client }: ToolParts,
  endsBefore: number,
): Promise<{ found: Connection[]; complete: boolean }> {
  const found: Connection[] = [];
  let page: ConnectionPage | undefined;
  do {
    page = await client.list({ endsBefore, limit: PAGE, after: page?.next });
    found.push(...page.connections);
  } while (page.next !== undefined && found.length < MOST);
  return { found, complete: page.next === undefined };
}

/** States in which a token is of no use, or of less than its holder needs. */
const brokenStates = [
  'needs_person',
  'needs_permission',
  'needs_role',
  'blocked_at_meta',
  'unreachable',
  'dead',
] as const;

const isBroken = (state: HolderState): boolean => isIn(brokenStates, state);

export const endingConnections: Tool = tool({
  name: 'ending_connections',
  title: 'Which tokens break soon',
  description:
    'Tells which tokens end within the next days, the first to end first, and which connections do not work already. The vault extends what it can; `renewal` says where a person is needed.',
  fields: { days: z.int().min(1).max(90).default(7).describe('days from now') },
  async answer(parts, { days }) {
    // The clock of the vault counts: it may be that of an emulator.
    const { now, states } = await parts.client.overview();
    const until = now + days * DAY;
    const { found, complete } = await endingBefore(parts, until);
    const ending = found
      .filter(({ state }) => isWorking(state))
      .toSorted((one, other) => (one.until ?? Infinity) - (other.until ?? Infinity));
    const broken: Connection[] = [];
    const brokenCount = states.reduce((sum, { state, count }) => (isBroken(state) ? sum + count : sum), 0);
    for (const state of brokenStates) broken.push(...(await parts.client.list({ state, limit: SHOWN })).connections);
    return {
      from: momentOf(now),
      until: momentOf(until),
      ending: ending.slice(0, SHOWN).map(connectionView),
      endingCount: ending.length,
      notWorking: broken.slice(0, SHOWN).map(connectionView),
      notWorkingCount: brokenCount,
      complete: complete && ending.length <= SHOWN && brokenCount <= SHOWN,
    };
  },
});
