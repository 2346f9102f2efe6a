// Calls to the app's own server, for those who run it: what became of each, one to try it out, and where requests to
// delete data go. No document of the real service describes these calls; its dashboard shows the same.
import { all, any, appRole, ownApp, graphError, rolesThatMay, token } from '@hallpass/protocol';
import { changeApp } from '../../../apps/app-admin.ts';
import { callApp, callOf } from '../../../callbacks/call-app.ts';
import { noticeKinds } from '../../../callbacks/notice-fields.ts';
import { actsInDashboard } from '../../shared/app-requirements.ts';
import { callerActor, personActor } from '../../shared/actor.ts';
import { changeIn, type Context } from '../../../graph/language/context.ts';
import { actorFacts } from '../../../installation/events.ts';
import { partOf } from '../../../graph/rendering/cursors.ts';
import { isoMoment } from '../../shared/moment.ts';
import { param } from '../../../graph/language/params.ts';
import { appItself } from '../../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../../graph/language/schema.ts';
import { checkRegistrable } from '../../../apps/registrable.ts';
import type { App } from '../../../store/apps/apps.ts';
import {
  type CallKind,
  countOfApp,
  type Delivery,
  isInOrder,
  ofApp,
  positionOf,
  sendAgain,
} from '../../../store/outbox/outbox.ts';
import { settingsShown } from '../app-settings-input.ts';
import { unchangedParam, unchangedSince } from '../../shared/unchanged.ts';

const kinds = ['deauthorize', 'data_deletion', ...noticeKinds] as const;
const managers = any(
  actsInDashboard('change_settings'),
  all(token('user'), ownApp, appRole(...rolesThatMay('change_settings'))),
);
const needs = any(
  actsInDashboard('change_settings'),
  all(token('user'), ownApp, appRole(...rolesThatMay('change_settings'))),
  appItself,
);

function shown(delivery: Delivery) {
  const { id, kind, state, tries, createdAt, dueAt } = delivery;
  const last = tries.at(-1);
  return {
    id,
    kind,
    state,
    attempts: tries.length,
    ...(last?.status === undefined ? {} : { last_status: last.status }),
    ...(last?.error === undefined ? {} : { last_error: last.error }),
    ...(last === undefined ? {} : { last_ms: last.ms, last_time: isoMoment(last.at) }),
    created_time: isoMoment(createdAt),
    ...(state === 'waiting' ? { next_time: isoMoment(dueAt) } : {}),
  };
}

/** Calls that are sent again at a time. */
const MOST_AGAIN = 1000;

/** A person and a Page that do not exist: a test must not delete anybody's data. */
const NOBODY = '0';

function sample(kind: CallKind, now: number): Record<string, unknown> {
  if (!isInOrder(kind)) return { user_id: NOBODY };
  const about = { id: NOBODY, time: now };
  switch (kind) {
    case 'permissions':
      return { ...about, uid: NOBODY, changes: [{ field: 'email', value: { verb: 'granted' } }] };
    case 'user':
      return { ...about, uid: NOBODY, changes: [{ field: 'name', value: 'Test Name' }] };
    default:
      return {
        ...about,
        changes: [
          {
            field: 'feed',
            value: { item: 'status', verb: 'add', post_id: '0_0', message: 'A test.', created_time: now, published: 1 },
          },
        ],
      };
  }
}

const address = (name: string, value: string | undefined): string | undefined => {
  if (value !== undefined && value !== '' && !checkRegistrable(value).ok) throw graphError('param.invalid', { name });
  return value;
};

export const appCallbacks: Edge<App>[] = [
  listEdge('callback_deliveries', {
    doc: 'Calls to the app’s server, newest first: how often they were tried, what came back, when they are tried again. Kept for four weeks.',
    source: 'ours',
    needs,
    params: {
      kind: param.text('Only of this kind.', { oneOf: kinds }),
      state: param.text('Only those in this state.', { oneOf: ['waiting', 'sent', 'failed'] }),
    },
    async run({ q }, app: App, { kind, state }, page) {
      const wanted = { kind, state };
      const read = await ofApp(q, app.id, { ...wanted, after: page.after, before: page.before, limit: page.limit + 1 });
      const part = partOf(read, positionOf, page, () => countOfApp(q, app.id, wanted));
      const positions = new Map(part.rows.map((row) => [row.id, positionOf(row)]));
      return { ...part, rows: part.rows.map(shown), position: (row: { id: string }) => positions.get(row.id) ?? '' };
    },
  }),
  edge('POST', 'callback_deliveries', {
    doc: 'Sends calls again at once: one by its id, or all that failed, up to a thousand of them. After a day since it was made, a call gets one try more.',
    source: 'ours',
    needs,
    params: {
      delivery_id: param.id('The call, by its id in the list.'),
      state: param.text('All calls in this state.', { oneOf: ['failed'] }),
    },
    async run(context, app: App, { delivery_id: id, state }) {
      if ((id === undefined) === (state === undefined)) throw graphError('param.required', { name: 'delivery_id' });
      const which = id === undefined ? ({ state: 'failed', most: MOST_AGAIN } as const) : { id };
      const replayed = await changeIn(context, async ({ tx, after, event }) => {
        const count = await sendAgain(tx, app.id, which, context.now);
        if (count === 0) return 0;
        after(() => context.installation.queued.ring());
        event({
          name: 'callback.again',
          outcome: 'ok',
          reason: id === undefined ? 'failed' : 'one',
          appId: app.id,
          ...actorFacts(callerActor(context)),
        });
        return count;
      });
      if (id !== undefined && replayed === 0) throw graphError('param.invalid', { name: 'delivery_id' });
      return { success: true, replayed };
    },
  }),
  edge('POST', 'callback_tests', {
    doc: 'Calls the app’s server at once with a real signature, about user 0, who doesn’t exist, and returns its answer.',
    source: 'ours',
    needs,
    params: { kind: param.text('What to send.', { required: true, oneOf: kinds }) },
    async run({ installation, now }: Context, app: App, { kind: named }) {
      const kind = named;
      const request = await callOf(installation, app.id, kind, [sample(kind, now)]);
      if (typeof request === 'string') return { delivered: false, error: request };
      const { ok, status, ms, error, answer } = await callApp(installation, kind, request);
      return {
        delivered: ok,
        ...(status === undefined ? {} : { status }),
        ms: Math.round(ms),
        ...(error === undefined ? {} : { error }),
        ...(answer === undefined ? {} : { url: answer.url, confirmation_code: answer.code }),
      };
    },
  }),
  edge('POST', 'data_deletion', {
    doc: "Where the app is asked to delete a person's data: a callback, or a page with instructions. Empty text clears one.",
    source: 'ours',
    needs: managers,
    params: {
      callback_url: param.text('The data deletion request callback.', { clears: true }),
      instructions_url: param.text('The page with instructions.', { clears: true }),
      unchanged: unchangedParam,
    },
    async run(context, app: App, { callback_url: callback, instructions_url: instructions, unchanged }) {
      const demand = unchangedSince(unchanged);
      const [url, page] = [address('callback_url', callback), address('instructions_url', instructions)];
      const settings = {
        ...(url === undefined ? {} : { dataDeletionUrl: url }),
        ...(page === undefined ? {} : { dataDeletionInstructionsUrl: page }),
      };
      const by = personActor(context);
      if (Object.keys(settings).length > 0)
        await changeApp(context.installation, { appId: app.id, by }, { settings }, (now) => demand(settingsShown(now)));
      return { success: true };
    },
  }),
];
