// The page behind the link of a mail, and the page that the dialog returns to. The first leads to the dialog that mends
// the connection; a look at it uses nothing up, because readers of mail look at links before their people do.
import { type OutcomeProps, reconnect, type ReconnectProps } from '@hallpass/pages';
import type { VaultSpeech } from '@hallpass/pages/languages';
import { Hono } from 'hono';
import { tenantOfState } from '../connections/callback.ts';
import { readReconnectLink, reconnectUrl } from '../connections/reconnect-link.ts';
import { stateAt, viewOf } from '../connections/view.ts';
import { services } from '../kinds.ts';
import { expectedPerson, pagesOf } from '../people/mail-item.ts';
import { readMailSettings } from '../people/mail-settings.ts';
import { type RefusalReason, VaultRefusal } from '../refusals.ts';
import { type Repair, repairOf } from '../repairs.ts';
import { appById } from '../store/apps/apps.ts';
import { connectionById, type ConnectionRow } from '../store/connections.ts';
import { loginByState } from '../store/logins.ts';
import type { Vault } from '../vault.ts';
import { outcomePage, pageAnswer } from './page-answer.ts';
import type { PageSpeech } from './page-speech.ts';

/** A link that may be used: whose connection it is, and what stands on its page. */
interface OpenLink {
  row: ConnectionRow;
  speech: VaultSpeech;
  /** The time zone of the tenant, in which its mails name dates. */
  timeZone: string;
  service: string;
  /** The origin of the dialog. */
  dialog: string;
  expected: string | undefined;
}

/** The routes `/reconnect/…` and `/callback`. */
export function reconnectPages(vault: Vault, speechOf: PageSpeech): Hono {
  const { parts } = vault;
  const app = new Hono();

  async function about(row: ConnectionRow, request: Request): Promise<OpenLink> {
    const settings = await appById(parts.db.read, row.tenant, row.app_id);
    const { label, dialog } = services[settings?.service ?? 'facebook'];
    const { language: mails, timeZone } = await readMailSettings(parts.db.read, row.tenant);
    return {
      row,
      speech: speechOf(request, { connection: row.language, mails }),
      timeZone,
      service: label,
      dialog: new URL(settings?.dialog_base ?? dialog).origin,
      expected: await expectedPerson(parts.db.read, row),
    };
  }

  /** The link as far as it may be used, or the page that says why it may not. */
  async function opened(text: string, request: Request): Promise<OpenLink | Response> {
    const link = readReconnectLink(parts, text);
    const row = link && (await connectionById(parts.db.read, link));
    if (link === undefined || row === undefined)
      return outcomePage(vault, 404, { speech: speechOf(request), outcome: 'invalid' });
    parts.keys.requireOpen(link.tenant);
    const open = await about(row, request);
    const { speech, service } = open;
    const state = stateAt(row, parts.world.clock.now());
    // A token that came later has used the link up.
    if (row.token_version !== link.tokenVersion && (state === 'healthy' || state === 'expiring'))
      return outcomePage(vault, 200, { speech, outcome: 'used', connection: row.name });
    if (row.token_version !== link.tokenVersion) return outcomePage(vault, 404, { speech, outcome: 'invalid' });
    const outcome = elsewhere[repairOf(state, row.advice)?.by ?? 'person'];
    return outcome === undefined ? open : outcomePage(vault, 200, { speech, outcome, connection: row.name, service });
  }

  app.get('/reconnect/:link', async (context) => {
    const open = await opened(context.req.param('link'), context.req.raw);
    if (open instanceof Response) return open;
    const { row, speech, timeZone, service, expected } = open;
    const now = parts.world.clock.now();
    const view = viewOf(row, now, () => undefined);
    const props: ReconnectProps = {
      platform: { name: parts.settings.name },
      speech,
      connection: { id: row.id, name: row.name },
      service,
      why: whyOf(view.state),
      ...(view.until !== undefined && { until: { at: view.until, timeZone } }),
      ...(expected !== undefined && { expected }),
      pages: await pagesOf(parts.db.read, row),
      missing: view.missingScopes,
      form: { action: new URL(context.req.url).pathname, hidden: {} },
    };
    return pageAnswer(vault, 200, reconnect(props), [open.dialog]);
  });

  app.post('/reconnect/:link', async (context) => {
    const open = await opened(context.req.param('link'), context.req.raw);
    if (open instanceof Response) return open;
    const { tenant, id } = open.row;
    const { url } = await vault.forTenant(tenant).reconnect(id);
    return new Response(null, {
      status: 303,
      headers: { location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    });
  });

  app.get('/callback', async (context) => {
    const query = new URL(context.req.url).searchParams;
    const state = query.get('state') ?? '';
    const tenant = tenantOfState(state);
    const speech = speechOf(context.req.raw);
    if (tenant === undefined) return outcomePage(vault, 404, { speech, outcome: 'invalid' });
    const errorCode = Number(query.get('error_code') ?? Number.NaN);
    try {
      const { id, purpose } = await vault.forTenant(tenant).finishConnect({
        state,
        code: query.get('code') ?? undefined,
        error: query.get('error') ?? undefined,
        ...(Number.isSafeInteger(errorCode) && { errorCode }),
      });
      const row = await connectionById(parts.db.read, { tenant, id });
      const outcome = purpose === 'connect' ? 'connected' : 'renewed';
      const spoken = row === undefined ? speech : (await about(row, context.req.raw)).speech;
      return outcomePage(vault, 200, { speech: spoken, outcome, connection: row?.name ?? '' });
    } catch (error) {
      if (!(error instanceof VaultRefusal)) throw error;
      parts.world.log('info', 'vault.login.refused', { tenant, reason: error.reason });
      return refusedPage(tenant, state, error, context.req.raw);
    }
  });

  async function refusedPage(tenant: string, state: string, error: VaultRefusal, request: Request): Promise<Response> {
    const login = await loginByState(parts.db.read, tenant, parts.keys.hash('state', state));
    const id = login?.connection_id ?? null;
    const row = id === null ? undefined : await connectionById(parts.db.read, { tenant, id });
    const outcome = outcomes[error.reason] ?? 'failed';
    if (row === undefined) return outcomePage(vault, error.status, { speech: speechOf(request), outcome });
    const { speech, service, expected } = await about(row, request);
    // The link of a connection that works again says so itself when it is opened once more.
    const again = vault.parts.settings.publicUrl === '' ? undefined : againPath(row);
    return outcomePage(vault, error.status, {
      speech,
      outcome,
      connection: row.name,
      service,
      ...(expected !== undefined && { expected }),
      ...(again !== undefined && { again }),
    });
  }

  function againPath(row: ConnectionRow): string | undefined {
    const url = viewOf(row, parts.world.clock.now(), (one) => reconnectUrl(parts, one)).reconnectUrl;
    return url === undefined ? undefined : new URL(url).pathname;
  }
  return app;
}

/** Pages for what somebody or something else has to mend: they lead to no dialog. */
const elsewhere: Partial<Record<Repair['by'], OutcomeProps['outcome']>> = {
  platform: 'blocked',
  manager: 'role',
  operator: 'operator',
  nobody: 'gone',
};

const outcomes: Partial<Record<RefusalReason, 'cancelled' | 'other_person' | 'invalid' | 'wait'>> = {
  login_refused: 'cancelled',
  another_person: 'other_person',
  unknown_login: 'invalid',
  login_over: 'invalid',
  server_away: 'wait',
};

function whyOf(state: ConnectionRow['state']): ReconnectProps['why'] {
  if (state === 'expiring') return 'ends';
  if (state === 'needs_permission') return 'permission';
  return state === 'healthy' || state === 'unreachable' ? 'anew' : 'ended';
}
