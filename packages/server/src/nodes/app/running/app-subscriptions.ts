// An app says with subscriptions of what it wants to be told, and where. A callback URL is believed only after its
// server has answered the challenge. Source: the subscriptions edge of the application reference.
import { any, graphError } from '@hallpass/protocol';
import { noticeFields, noticeKinds } from '../../../callbacks/notice-fields.ts';
import { verifyReceiver } from '../../../callbacks/verify-receiver.ts';
import { actsInDashboard } from '../../shared/app-requirements.ts';
import { changeIn, type Context } from '../../../graph/language/context.ts';
import { paginate } from '../../../graph/rendering/cursors.ts';
import { param } from '../../../graph/language/params.ts';
import { unchangedParam, unchangedSince } from '../../shared/unchanged.ts';
import * as apps from '../../../store/apps/apps.ts';
import { appItself } from '../../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../../graph/language/schema.ts';
import { checkRegistrable } from '../../../apps/registrable.ts';
import type { App } from '../../../store/apps/apps.ts';
import type { NoticeKind } from '../../../store/outbox/tables.ts';
import * as subscriptions from '../../../store/apps/subscriptions.ts';

const LONGEST = 2000;

/** The app itself, as documented; and its people in the dashboard, where webhooks are set up, too. */
const needs = any(actsInDashboard('change_settings'), appItself);

/** @throws GraphError param.must_be for a name that the object does not have */
function checkedFields(object: NoticeKind, names: readonly string[] | undefined): string[] {
  const known = noticeFields[object];
  if (names?.length === 0) throw graphError('param.required', { name: 'fields' });
  const unknown = names?.findIndex((name) => !known.includes(name)) ?? -1;
  if (unknown >= 0)
    throw graphError('param.must_be', { name: `fields[${unknown}]`, what: `one of {${known.join(', ')}}` });
  return [...new Set(names ?? known)];
}

const changed = ({ viewer }: Context, app: App, reason: string) =>
  ({
    name: 'app.subscription.changed',
    outcome: 'ok',
    reason,
    appId: app.id,
    ...(viewer.person ? { actorKind: 'person', actorId: viewer.person.id } : { actorKind: 'app', actorId: app.id }),
    targetId: app.id,
  }) as const;

export const appSubscriptions: Edge<App>[] = [
  listEdge('subscriptions', {
    doc: "The app's subscriptions to changes, with their addresses.",
    needs,
    async run({ q, viewer }, app: App, _args, page) {
      const rows = (await subscriptions.ofApp(q, app.id)).map(({ object, callbackUrl, fields, includeValues }) => ({
        object,
        callback_url: callbackUrl,
        active: true,
        fields,
        ...(viewer.dashboard ? { include_values: includeValues } : {}),
      }));
      return paginate(rows, (row) => row.object, page);
    },
  }),
  edge('POST', 'subscriptions', {
    doc: 'Subscribes the app to an object, replacing its earlier subscription. The callback URL is called first and must answer hub.challenge.',
    needs,
    params: {
      object: param.text('The object to subscribe to.', { required: true, oneOf: noticeKinds }),
      callback_url: param.text(
        'Where it is told: https, or http for this machine. Without it, the current address is kept and not called again.',
        { max: LONGEST },
      ),
      fields: param.list('Which changes; all by default.'),
      include_values: param.bool(
        'Notifications contain the new values, not just the names of the fields that changed.',
      ),
      verify_token: param.text('Given back as hub.verify_token; it is not kept.', { max: LONGEST }),
      unchanged: unchangedParam,
    },
    async run(
      context,
      app: App,
      { object: named, callback_url: url, fields, include_values: includeValues, verify_token: verifyToken, unchanged },
    ) {
      const demand = unchangedSince(unchanged);
      const { installation, now, call } = context;
      const object = named;
      const wanted = checkedFields(object, fields);
      const before = await subscriptions.of(context.q, app.id, object);
      const callbackUrl = url ?? before?.callbackUrl;
      if (callbackUrl === undefined) throw graphError('param.required', { name: 'callback_url' });
      if (url !== undefined) {
        if (!checkRegistrable(url).ok) throw graphError('param.invalid', { name: 'callback_url' });
        if (verifyToken === undefined) throw graphError('param.required', { name: 'verify_token' });
        await verifyReceiver(installation, url, verifyToken);
      }
      await changeIn(context, async ({ tx, event }) => {
        await apps.holdForChange(tx, installation.sealer, app.id);
        const present = await subscriptions.of(tx, app.id, object);
        demand({
          callback_url: present?.callbackUrl,
          fields: present?.fields.map(({ name }) => name),
          include_values: present?.includeValues,
        });
        const versioned = wanted.map((name) => ({ name, version: call.version }));
        const kept = {
          appId: app.id,
          object,
          callbackUrl,
          fields: versioned,
          includeValues: includeValues ?? before?.includeValues ?? false,
        };
        await subscriptions.put(tx, kept, now);
        event(changed(context, app, `subscribed to ${object}`));
      });
      return { success: true };
    },
  }),
  edge('DELETE', 'subscriptions', {
    doc: 'Ends the subscription to an object, or only to some of its fields; without an object, all of them.',
    needs,
    params: {
      object: param.text('The object.', { oneOf: noticeKinds }),
      fields: param.list('Only these fields.'),
    },
    async run(context, app: App, { object, fields }) {
      const { q, now } = context;
      if (fields) {
        if (object === undefined) throw graphError('param.required', { name: 'object' });
        checkedFields(object, fields);
      }
      const ended = (await subscriptions.ofApp(q, app.id)).filter(
        (one) => object === undefined || one.object === object,
      );
      await changeIn(context, async ({ tx, event }) => {
        for (const one of ended) {
          const left = fields ? one.fields.filter(({ name }) => !fields.includes(name)) : [];
          if (left.length > 0) await subscriptions.put(tx, { ...one, fields: left }, now);
          else await subscriptions.remove(tx, app.id, one.object);
        }
        if (ended.length > 0)
          event(changed(context, app, `unsubscribed from ${ended.map((one) => one.object).join(' ')}`));
      });
      return { success: true };
    },
  }),
];
