// These edges show the people of an app its calls: the last ones that need an explanation, and what is called in which
// version. Ours: the real dashboard has both without a call.
import { all, any, appRole, dashboard, endOfVersion, ownApp, token } from '@hallpass/protocol';
import { worksOnApp } from '../../shared/app-requirements.ts';
import { paginate } from '../../../graph/rendering/cursors.ts';
import { isoMoment } from '../../shared/moment.ts';
import { param } from '../../../graph/language/params.ts';
import { type Edge, listEdge } from '../../../graph/language/schema.ts';
import type { App } from '../../../store/apps/apps.ts';

/** Explanations name people, so they are for those who build the app, and for its server. */
const needs = any(all(dashboard, appRole('administrators', 'developers')), all(token('app'), ownApp));

export const appCalls: Edge<App>[] = [
  listEdge('explained_calls', {
    doc: 'The last calls of the app that were refused or answered an empty list, newest first, each with its explanation. Kept in the memory of the node that answered them.',
    source: 'ours',
    needs,
    params: { fbtrace_id: param.text('Only the call with this id, as its answer named it.', { max: 100 }) },
    run: async ({ installation }, app: App, { fbtrace_id: id }, page) => {
      const calls = installation.callLog.calls(app.id).filter((one) => id === undefined || one.fbtrace_id === id);
      const part = paginate(calls, (one) => one.fbtrace_id, page);
      const rows = part.rows.map(({ fbtrace_id, time, status, why }) => ({
        fbtrace_id,
        time: isoMoment(time),
        status,
        ...why,
      }));
      return { ...part, rows, position: (row: { fbtrace_id: string }) => row.fbtrace_id };
    },
  }),
  listEdge('version_use', {
    doc: "The app's calls by version since the node started, when each version ends, and the changes of newer versions that may affect them.",
    source: 'ours',
    // The answer changes with each call of the app, so it is for people alone.
    needs: worksOnApp,
    run: async ({ installation }, app: App, _args, page) => {
      const uses = [...installation.callLog.uses(app.id)].sort((a, b) => b.calls - a.calls);
      const part = paginate(uses, (one) => one.call, page);
      const rows = part.rows.map(({ version, call, calls, last, changes }) => {
        const end = endOfVersion(version);
        return {
          version,
          call,
          calls,
          last_time: isoMoment(last),
          ...(end === undefined ? {} : { version_ends: isoMoment(end) }),
          changes: [...changes].map(({ from, what, instead }) => ({ from, what, instead })),
        };
      });
      return { ...part, rows, position: (row: { call: string }) => row.call };
    },
  }),
];
