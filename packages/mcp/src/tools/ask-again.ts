// The one tool that does something: people are asked by mail to connect again. Whoever starts the server has to allow it.
import type { AskedConnection } from '@hallpass/vault/client';
import { z } from 'zod';
import type { Answer } from '../plain-text.ts';
import type { AskingClient } from '../reading-client.ts';
import { connectionId, type Tool, tool } from '../tool.ts';

/** The link and the address are for the person alone: the mail has them. */
const askedView = ({ id, name, outcome, words, to = [] }: AskedConnection): Answer => ({
  id,
  name,
  outcome,
  mails: to.length,
  instead: words,
});

export const askAgain = (client: AskingClient): Tool =>
  tool({
    name: 'ask_again',
    title: 'Ask people to connect again',
    description:
      'Sends the people of these connections a mail with the link that renews theirs, at most one a day to each. Ask your user before you call it. `outcome` says what was done, and `instead` what helps where a mail does not.',
    fields: { ids: z.array(connectionId).min(1).max(20).describe('the connections') },
    writes: true,
    async answer(_parts, { ids }) {
      const { connections, mailed } = await client.askAgain({ ids });
      return { mailed, connections: connections.map(askedView) };
    },
  });
