// The tools that find connections and show one.
import { holderStates, tokenKinds } from '@hallpass/vault/client';
import { keysOf } from '@hallpass/protocol';
import { z } from 'zod';
import { connectionView } from '../connection-view.ts';
import { connectionId, type Tool, tool, ToolRefusal } from '../tool.ts';

export const findConnections: Tool = tool({
  name: 'find_connections',
  title: 'Find connections',
  description:
    'Lists the connections of the vault by name, or those that a name, a state, a kind or an app picks out. A connection is one token that the vault keeps; the token itself is never shown.',
  fields: {
    search: z.string().max(200).optional().describe('part of the name of the connection, its subject or its owner'),
    state: z.enum(keysOf(holderStates)).optional(),
    kind: z.enum(keysOf(tokenKinds)).optional(),
    appId: z
      .string()
      .regex(/^\d{1,30}$/, 'is the id of an app: digits')
      .optional(),
    parentId: connectionId.optional().describe('only those that were obtained with the token of this connection'),
    limit: z.int().min(1).max(100).default(50),
    after: z.string().max(40).optional().describe('`next` of the page before'),
  },
  async answer({ client, marks }, { after: short, ...filter }) {
    const after = short === undefined ? undefined : marks.get(short);
    if (short !== undefined && after === undefined)
      throw new ToolRefusal('`after` must be the `next` of a page that was shown here: begin again without it.');
    const { connections, next } = await client.list({ ...filter, after });
    return { connections: connections.map(connectionView), next: marks.shortFor(next) };
  },
});

export const getConnection: Tool = tool({
  name: 'get_connection',
  title: 'Show a connection',
  description: 'Shows how one connection stands, until when, what is missing, and who can renew it.',
  fields: { id: connectionId },
  answer: async ({ client }, input) => connectionView(await client.get(input)),
});
