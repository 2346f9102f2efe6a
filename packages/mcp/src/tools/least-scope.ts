// The tool that tells which permissions to ask for less of: what tokens carry against what calls with them needed.
import { z } from 'zod';
import { momentOf } from '../connection-view.ts';
import { connectionId, type Tool, tool } from '../tool.ts';

/** Connections and calls that are shown of an app. */
const SHOWN = 50;

interface ScopeLists {
  carried: string[];
  used: string[];
  unused: string[];
  missing: string[];
  calls: number;
}

const listsView = ({ carried, used, unused, missing, calls }: ScopeLists) => ({
  carried,
  used,
  unused,
  missing,
  calls,
});

export const leastScope: Tool = tool({
  name: 'least_scope',
  title: 'Which permissions are needed',
  description:
    'Tells, for each app or for one connection, which permissions its tokens carry, which of them calls through the proxy of the vault needed, and which are missing. Only calls through the proxy are counted: with none, nothing can be said of what is unused.',
  fields: {
    connectionId: connectionId.optional(),
    appId: z
      .string()
      .regex(/^\d{1,30}$/, 'is the id of an app: digits')
      .optional(),
  },
  async answer({ client }, input) {
    const { apps } = await client.scopes(input);
    return {
      apps: apps.map((app) => ({
        appId: app.appId,
        ...listsView(app),
        since: app.since === undefined ? undefined : momentOf(app.since),
        permissions: app.permissions.map(({ permission, state, calls }) => ({
          permission,
          state,
          calls: calls.slice(0, SHOWN).map(({ call, count }) => ({ call, count })),
        })),
        connections: app.connections.slice(0, SHOWN).map((one) => ({ id: one.id, name: one.name, ...listsView(one) })),
        complete: app.complete && app.connections.length <= SHOWN,
      })),
    };
  },
});
