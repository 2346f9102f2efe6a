// These edges show alerts to those who work on an app, in its dashboard. The access-token guide names them; the call is
// ours.
import { alertWords } from '@hallpass/protocol';
import { worksOnApp } from '../../shared/app-requirements.ts';
import { paginate } from '../../../graph/rendering/cursors.ts';
import { isoMoment } from '../../shared/moment.ts';
import { type Edge, listEdge } from '../../../graph/language/schema.ts';
import * as alerts from '../../../store/apps/app-alerts.ts';
import type { App } from '../../../store/apps/apps.ts';

export const appAlertEdges: Edge<App>[] = [
  listEdge('alerts', {
    doc: 'What its people should know of the app without having asked, such as tokens that the platform ended, a limit, a version that ends: newest first, for 90 days.',
    source: 'ours',
    needs: worksOnApp,
    async run({ q }, app: App, _args, page) {
      const part = paginate(await alerts.ofApp(q, app.id), ({ id }) => id, page);
      const rows = part.rows.map(({ id, kind, people, about, createdAt }) => ({
        id,
        type: kind,
        ...alertWords(kind, { app: app.name, people, about }),
        people,
        ...(about === null ? {} : { about }),
        created_time: isoMoment(createdAt),
      }));
      return { ...part, rows, position: (row: { id: string }) => row.id };
    },
  }),
];
