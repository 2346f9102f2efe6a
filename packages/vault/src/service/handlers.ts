// One function for each call of the table, and the compiler asks for all of them. They do nothing themselves: they hand
// what was asked to the vault, and put its answer into the words of the interface.
import { parseJson, Secret, shape, randomHex } from '@hallpass/protocol';
import type { Answers } from '../client/answers.ts';
import type { HandleCall } from '../client/answers/handles.ts';
import { type CallName, calls } from '../client/calls.ts';
import type { InputOf } from '../client/fields.ts';
import type { Progress } from '../client/progress-lines.ts';
import { createHandle, endHandle, listHandles } from '../handles/handles.ts';
import { scopeReport } from '../handles/scope-report.ts';
import { connectionDetails } from '../connections/details.ts';
import { timelineOf } from '../connections/timeline.ts';
import { overviewOf } from '../operations/overview.ts';
import { examineVault } from '../operations/doctor.ts';
import { listSealingKeys, withdrawKey } from '../operations/withdraw-key.ts';
import { wouldEnd } from '../operations/would-end.ts';
import { calendarPath } from '../people/calendar.ts';
import { type MailLook, testMail, usualTemplate } from '../people/compose-mail.ts';
import { askAgain } from '../people/ask-again.ts';
import { deliverOnce } from '../people/deliver.ts';
import { deliveryLog } from '../people/delivery-log.ts';
import { isMailAddress } from '../mail-address.ts';
import { readMailSettings, quietHoursShape, setMailSettings } from '../people/mail-settings.ts';
import { addWebhook, listWebhooks, removeWebhook, replayWebhook } from '../people/webhooks.ts';
import { VaultRefusal } from '../refusals.ts';
import { takeSnapshot } from '../rehearsal/take-snapshot.ts';
import { outage } from '../sweep/outage.ts';
import { isWorking } from '../states.ts';
import { updateConnection } from '../store/connections.ts';
import { listEvents } from '../store/events.ts';
import { type HandleCallRow, listHandleCalls } from '../store/access/handle-calls.ts';
import type { Vault } from '../vault.ts';
import { addApiKey, type Caller, listApiKeys, removeApiKey } from './api-keys.ts';
import { ServiceRefusal } from './refusal-answer.ts';
import { exportTokens } from './export-tokens.ts';
import { reveal } from './reveal.ts';

/** A handler is given this beside the input. */
interface ServiceCall {
  vault: Vault;
  caller: Caller;
  look?: MailLook | undefined;
  progress?: Progress | undefined;
}

type InputFor<K extends CallName> = InputOf<(typeof calls)[K]['fields']>;
type Handlers = { [K in CallName]: (call: ServiceCall, input: InputFor<K>) => Promise<Answers[K]> };

/** Letters of the name of a key. */
const LONGEST_NAME = 100;
const MOST = 200;
const notSettled =
  'This check has changed nothing yet: the server gave no answer that can be used, or it says that the token has ended, which is believed once it has said so for a quarter of an hour, or at once while another token of the app works.';

const most = (limit: number | undefined): number => Math.min(MOST, Math.max(1, limit ?? 50));
const of = ({ vault, caller }: ServiceCall) => vault.forTenant(caller.tenant);

const handlers: Handlers = {
  me: async ({ caller: { tenant, rights } }) => ({ tenant, rights: [...rights] }),
  list: (call, input) => of(call).list(input),
  overview: ({ vault, caller }) => overviewOf(vault.parts, caller.tenant),
  timeline: ({ vault, caller }, { days }) => timelineOf(vault.parts, caller.tenant, days),
  askAgain: ({ vault, caller, progress }, { ids }) =>
    askAgain(vault.parts, caller.tenant, { ids, by: caller.by, progress }),
  details: ({ vault, caller }, { id }) => connectionDetails(vault.parts, { tenant: caller.tenant, id }),
  get: (call, { id }) => of(call).get(id),
  async check(call, { id }) {
    const { vault, caller } = call;
    const { db, forget, world } = vault.parts;
    await of(call).get(id);
    const key = { tenant: caller.tenant, id };
    await db.act(({ tx }) => updateConnection(tx, key, undefined, { due_at: world.clock.now() }));
    await vault.sweeper().sweep();
    forget(key);
    const answer = await of(call).get(id);
    const { nextCheckAt = Infinity } = await connectionDetails(vault.parts, key);
    // It is due again within minutes only where the look settled nothing.
    const isSettled = !isWorking(answer.state) || nextCheckAt > world.clock.now() + outage.lookAgain;
    return { ...answer, ...(!isSettled && { note: notSettled }) };
  },
  async history(call, { id, limit, before }) {
    await of(call).get(id);
    const filter = { connection_id: id, limit: most(limit), before };
    const events = await listEvents(call.vault.parts.db.read, call.caller.tenant, filter);
    return {
      events: events.map((event) => ({
        id: String(event.id),
        kind: event.kind,
        at: event.at,
        connectionId: event.connection_id ?? undefined,
        facts: parseJson(shape.anyObject, event.facts) ?? {},
      })),
    };
  },
  wouldEnd: ({ vault, caller }, { id, act }) => wouldEnd(vault.parts, { tenant: caller.tenant, id }, act),
  connect: (call, { wantedScopes, ...input }) => of(call).connect({ ...input, wantedScopes, scopes: wantedScopes }),
  import: async (call, { text, ...options }) => ({
    rows: await of(call).import(text, { ...options, ...(call.progress && { progress: call.progress }) }),
  }),
  reconnect: (call, { id, ...options }) => of(call).reconnect(id, options),
  async handOver(call, { id, token, ...labels }) {
    if (token === undefined) {
      if (Object.values(labels).some((label) => label !== undefined)) await of(call).update(id, labels);
      return { done: false, link: await of(call).reconnect(id, { handOver: true }) };
    }
    await of(call).handOver(id, new Secret(token), labels);
    return { done: true };
  },
  async update(call, { id, ...labels }) {
    await of(call).update(id, labels);
    return of(call).get(id);
  },
  discoverPages: (call, { id, ...options }) => of(call).discoverPages(id, options),
  async remove(call, { id, ...options }) {
    await of(call).remove(id, options);
    return { removed: true };
  },
  listApps: async (call) => ({ apps: await of(call).apps.list() }),
  async putApp(call, { id, secret, ...app }) {
    await of(call).apps.set({ ...app, appId: id, ...(secret !== undefined && { secret: new Secret(secret) }) });
    return { appId: id };
  },
  async removeApp(call, { id }) {
    await of(call).apps.remove(id);
    return { removed: true };
  },
  export: ({ vault, caller }, input) => exportTokens(vault, caller, input),
  reveal: async ({ vault, caller }, { id }) => ({ token: await reveal(vault, caller, id) }),
  listWebhooks: async ({ vault, caller }) => ({ webhooks: await listWebhooks(vault.parts, caller.tenant) }),
  addWebhook: ({ vault, caller }, input) => addWebhook(vault.parts, caller.tenant, input),
  async removeWebhook({ vault, caller }, { id }) {
    await removeWebhook(vault.parts, caller.tenant, id);
    return { removed: true };
  },
  replayWebhook: async ({ vault, caller }, { id, ...which }) => ({
    queued: await replayWebhook(vault.parts, caller.tenant, id, which),
  }),
  listDeliveries: ({ vault, caller }, { limit, ...filter }) =>
    deliveryLog(vault.parts, caller.tenant, { ...filter, limit: most(limit) }),
  mailSettings: ({ vault, caller }) => readMailSettings(vault.parts.db.read, caller.tenant),
  setMailSettings({ vault, caller }, { quietHours: hours, ...input }) {
    if (hours !== undefined && !quietHoursShape(hours))
      throw new VaultRefusal('bad_value', { what: '`quietHours` are whole hours: {"from": 22, "to": 7}.' });
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    return vault.parts.db.act(({ tx }) =>
      setMailSettings(tx, caller.tenant, { ...given, ...(hours && { quietHours: hours }) }),
    );
  },
  async testMail({ vault, caller, look = {} }, { to }) {
    const { world } = vault.parts;
    if (!isMailAddress(to)) throw new VaultRefusal('bad_value', { what: '`to` must be an e-mail address.' });
    if (!world.mail) throw new VaultRefusal('no_mail_server');
    const { language } = await readMailSettings(vault.parts.db.read, caller.tenant);
    const { template = usualTemplate } = look;
    const id = randomHex(world.random, 12);
    const { fault, status } = await world.mail.send({ ...template(testMail(vault.parts, language, look)), id, to });
    return fault === undefined
      ? { sent: true }
      : { sent: false, error: status === undefined ? fault : `${fault} (${status})` };
  },
  async calendar({ vault, caller }, { renew }) {
    const { publicUrl } = vault.parts.settings;
    if (publicUrl === '') throw new VaultRefusal('no_pages');
    return { url: `${publicUrl}${await calendarPath(vault.parts, caller.tenant, renew)}` };
  },
  listHandles: async ({ vault, caller }, { connectionId }) => ({
    handles: await listHandles(vault.parts, caller.tenant, connectionId),
  }),
  createHandle: ({ vault, caller }, input) => createHandle(vault.parts, caller.tenant, input),
  async withdrawHandle({ vault, caller }, { id }) {
    await endHandle(vault.parts, caller.tenant, id);
    return { withdrawn: true };
  },
  async listHandleCalls({ vault, caller }, { limit, ...filter }) {
    const rows = await listHandleCalls(vault.parts.db.read, caller.tenant, { ...filter, limit: most(limit) });
    return { calls: rows.map(handleCallOf) };
  },
  scopes: ({ vault, caller }, filter) => scopeReport(vault.parts, caller.tenant, filter),
  async sweep({ vault, progress, look }) {
    const told = { progress: (counts: { looked: number }) => progress?.(counts.looked) };
    const counts = await vault.sweeper(told).sweep();
    return { ...counts, told: await deliverOnce(vault.parts, look) };
  },
  rotateKeys: async ({ vault, caller, progress }, { dryRun }) => ({
    ...(await vault.rotateKeys({
      tenant: caller.tenant,
      dryRun: dryRun === true,
      progress: ({ resealed, total }) => progress?.(resealed, total),
    })),
  }),
  listApiKeys: async ({ vault, caller }) => ({ keys: await listApiKeys(vault.parts, caller.tenant) }),
  async addApiKey({ vault, caller }, { name, rights: given = ['read'] }) {
    const lacking = given.find((right) => !caller.rights.has(right));
    if (lacking !== undefined) throw new ServiceRefusal('no_right', { right: lacking });
    if (name.trim() === '' || name.length > LONGEST_NAME)
      throw new VaultRefusal('bad_value', { what: `\`name\` has 1 to ${LONGEST_NAME} letters.` });
    return { key: await addApiKey(vault.parts, caller.tenant, { name: name.trim(), rights: given }) };
  },
  async removeApiKey({ vault, caller }, { id }) {
    if (!(await removeApiKey(vault.parts, caller.tenant, id))) throw new VaultRefusal('unknown_api_key', { id });
    return { removed: true };
  },
  listKeys: async ({ vault, caller }) => ({ keys: await listSealingKeys(vault.parts, caller.tenant) }),
  withdrawKey: ({ vault, caller, progress }, { id, dryRun }) =>
    withdrawKey(vault.parts, id, {
      tenant: caller.tenant,
      dryRun: dryRun === true,
      progress: ({ resealed, total }) => progress?.(resealed, total),
    }),
  snapshot: ({ vault, caller }, paging) => takeSnapshot(vault.parts, caller.tenant, paging),
  doctor: async ({ vault, caller }) => {
    const findings = await examineVault(vault.parts, caller.tenant);
    return { ok: findings.every(({ ok }) => ok), findings };
  },
};

const handleCallOf = (row: HandleCallRow): HandleCall => ({
  id: String(row.id),
  handleId: row.handle_id,
  connectionId: row.connection_id,
  at: row.at,
  method: row.method,
  path: row.path,
  status: row.status ?? undefined,
  code: row.code ?? undefined,
  refusedBy: row.refused_by ?? undefined,
  scopes: parseJson(shape.listOf(shape.text), row.scopes) ?? [],
  bytesIn: row.bytes_in,
  bytesOut: row.bytes_out,
  ms: row.ms,
});

/** Runs a call. The input was checked by the fields of that call. */
export function handle(name: CallName, call: ServiceCall, input: object): Promise<object> {
  // The table of handlers and that of fields have the same names, so the input of one is that of the other.
  const run = handlers[name] as (call: ServiceCall, input: object) => Promise<object>;
  return run(call, input);
}
