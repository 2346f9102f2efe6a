// The tool that says what breaks soon, and what is broken already.
import { type Connection, kindOf, type TimelineEnd } from '@hallpass/vault/client';
import { z } from 'zod';
import { connectionView, momentOf } from '../connection-view.ts';
import type { Answer } from '../plain-text.ts';
import { type Tool, tool } from '../tool.ts';

/** Connections that are shown of each list. */
const SHOWN = 100;

/** States in which a token is of no use, or of less than its holder needs. */
const brokenStates = [
  'needs_person',
  'needs_permission',
  'needs_role',
  'blocked_at_meta',
  'unreachable',
  'dead',
] as const;

const renewals: Readonly<Record<TimelineEnd['renewal'], string>> = {
  automatic: 'the vault extends it in time',
  with_parent: 'the vault reads a new one with the token of its parent',
  person: 'only its person can renew it',
};

const endView = ({ id, name, kind, state, until, of, renewal }: TimelineEnd): Answer => ({
  id,
  name,
  kind: kind && kindOf(kind).label,
  state,
  endsAt: momentOf(until),
  ends: of === 'token' ? 'the token itself' : 'its access to data',
  needsPerson: renewal === 'person',
  renewal: renewals[renewal],
});

export const endingConnections: Tool = tool({
  name: 'ending_connections',
  title: 'Which tokens break soon',
  description:
    'Tells which tokens end within the next days and which of them need a person, because the vault cannot renew them by itself: those break. Tells also which connections do not work already.',
  fields: { days: z.int().min(1).max(90).default(7).describe('days from now') },
  async answer({ client }, { days }) {
    const { now, until, ends, total } = await client.timeline({ days });
    const broken: Connection[] = [];
    let complete = total <= SHOWN;
    for (const state of brokenStates) {
      const { connections, next } = await client.list({ state, limit: SHOWN });
      broken.push(...connections);
      complete &&= next === undefined;
    }
    return {
      from: momentOf(now),
      until: momentOf(until),
      ending: ends.slice(0, SHOWN).map(endView),
      endingInAll: total,
      notWorking: broken.slice(0, SHOWN).map(connectionView),
      complete: complete && broken.length <= SHOWN,
    };
  },
});
