// These edges say which apps are told of a Page. The app also needs a subscription to the object `page`. Source: the
// subscribed_apps edge of the page reference.
import { all, permission, graphError, task } from '@hallpass/protocol';
import { noticeFields } from '../../callbacks/notice-fields.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { ViewerOf } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { pageItself } from '../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import type { Page } from '../../store/pages/pages.ts';
import * as subscriptions from '../../store/apps/subscriptions.ts';

const needs = all(pageItself, permission('pages_manage_metadata'), task('MODERATE'));

const subscribedFields = param.list('Which changes: the fields of the webhooks of Pages.', { required: true });

const changed = ({ viewer }: Context<ViewerOf<'page'>>, page: Page, reason: string) =>
  ({
    name: 'app.subscription.changed',
    outcome: 'ok',
    reason,
    appId: viewer.app.id,
    actorKind: 'person',
    actorId: viewer.person.id,
    targetId: page.id,
  }) as const;

export const pageSubscribedApps: Edge<Page>[] = [
  listEdge('subscribed_apps', {
    doc: 'The apps that are notified about the Page, with their fields.',
    needs,
    async run({ installation, q }, page: Page, _args, at) {
      const rows = await Promise.all(
        (await subscriptions.onPage(q, page.id)).map(async ({ appId, fields }) => {
          const app = await installation.facts.app(appId);
          if (app?.status !== 'active') return [];
          const { category, link } = app.settings;
          return [
            {
              ...(category ? { category } : {}),
              ...(link ? { link } : {}),
              name: app.name,
              id: app.id,
              subscribed_fields: fields,
            },
          ];
        }),
      );
      return paginate(rows.flat(), (row) => row.id, at);
    },
  }),
  edge('POST', 'subscribed_apps', {
    doc: 'Notifies the app of the token about these fields of the Page, replacing the earlier ones.',
    needs,
    params: { subscribed_fields: subscribedFields },
    withoutPermission: (permission, params) => {
      const known = subscribedFields
        .read(params['subscribed_fields'] ?? '', 'subscribed_fields')
        .filter((name) => noticeFields.page.includes(name));
      const [field, ...others] = new Set(known);
      if (field === undefined) return graphError('permission.missing', { permission });
      // A sentence for each field, all in one message.
      const more = others.map(
        (other) => `.\nTo subscribe to the ${other} field, one of these permissions is needed: ${permission}`,
      );
      return graphError('permission.page_subscription', { field, what: permission + more.join('') });
    },
    async run(context, page: Page, { subscribed_fields: fields }) {
      if (fields.length === 0) throw graphError('param.required', { name: 'subscribed_fields' });
      const wrong = fields.findIndex((name) => !noticeFields.page.includes(name));
      if (wrong >= 0)
        throw graphError('param.must_be', {
          name: `subscribed_fields[${wrong}]`,
          what: `one of {${noticeFields.page.join(', ')}}`,
        });
      const { id } = context.viewer.app;
      await changeIn(context, async ({ tx, event }) => {
        await subscriptions.putOnPage(tx, { pageId: page.id, appId: id, fields: [...new Set(fields)] }, context.now);
        event(changed(context, page, `page: ${fields.join(' ')}`));
      });
      return { success: true };
    },
  }),
  edge('DELETE', 'subscribed_apps', {
    doc: 'The app of the token is no longer notified about the Page.',
    needs,
    async run(context, page: Page) {
      const { id } = context.viewer.app;
      await changeIn(context, async ({ tx, event }) => {
        if (await subscriptions.removeFromPage(tx, page.id, id)) event(changed(context, page, 'page: none'));
      });
      return { success: true };
    },
  }),
];
