// The page behind the link of a mail, and the page that the dialog returns to. The first leads to the dialog that mends
// the connection; a look at it uses nothing up, because readers of mail look at links before their people do.
import { reconnect, type ReconnectProps } from '@hallpass/pages';

import { type VaultLanguage, vaultLanguageOf } from '@hallpass/pages/languages';
import { Hono } from 'hono';
import { tenantOfState } from '../connections/callback.ts';
import { readReconnectLink, reconnectUrl } from '../connections/reconnect-link.ts';
import { stateAt, viewOf } from '../connections/view.ts';
import { services } from '../kinds.ts';
import { expectedPerson, pagesOf } from '../people/mail-item.ts';
import { type RefusalReason, VaultRefusal } from '../refusals.ts';
import { repairOf } from '../repairs.ts';
import { appById } from '../store/apps.ts';
import { connectionById, type ConnectionRow } from '../store/connections.ts';
import { loginByState } from '../store/logins.ts';
import type { Vault } from '../vault.ts';
import { outcomePage, pageAnswer } from './page-answer.ts';

type LanguageOf = (request: Request) => VaultLanguage;

/** A link that may be used: whose connection it is, and what stands on its page. */
interface OpenLink {
  row: ConnectionRow;
  language: VaultLanguage;
  service: string;
  /** The origin of the dialog. */
  dialog: string;
  expected: string | undefined;
}

/** The routes `/reconnect/…` and `/callback`. */
export function reconnectPages(vault: Vault, languageOf: LanguageOf): Hono {
  const { parts } = vault;
  const app = new Hono();

  async function about(row: ConnectionRow, request: Request): Promise<OpenLink> {
    const settings = await appById(parts.db.read, row.tenant, row.app_id);
    const { label, dialog } = services[settings?.service ?? 'facebook'];
    const asked = languageOf(request);
    return {
      row,
      language: row.language === null ? asked : vaultLanguageOf([row.language, asked]),
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
      return outcomePage(vault, 404, { language: languageOf(request), outcome: 'invalid' });
    parts.keys.requireOpen(link.tenant);
    const open = await about(row, request);
    const { language, service } = open;
    const state = stateAt(row, parts.world.clock.now());
    // A token that came later has used the link up.
    if (row.token_version !== link.tokenVersion && (state === 'healthy' || state === 'expiring'))
      return outcomePage(vault, 200, { language, outcome: 'used', connection: row.name });
    if (row.token_version !== link.tokenVersion) return outcomePage(vault, 404, { language, outcome: 'invalid' });
    if (repairOf(state, row.advice)?.by === 'platform')
      return outcomePage(vault, 200, { language, outcome: 'blocked', connection: row.name, service });
    return open;
  }

  app.get('/reconnect/:link', async (context) => {
    const open = await opened(context.req.param('link'), context.req.raw);
    if (open instanceof Response) return open;
    const { row, language, service, expected } = open;
    const now = parts.world.clock.now();
    const view = viewOf(row, now, () => undefined);
    const props: ReconnectProps = {
      platform: { name: parts.settings.name },
      language,
      connection: { id: row.id, name: row.name },
      service,
      why: whyOf(view.state),
      ...(view.until !== undefined && { until: view.until }),
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
    const language = languageOf(context.req.raw);
    if (tenant === undefined) return outcomePage(vault, 404, { language, outcome: 'invalid' });
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
      return outcomePage(vault, 200, { language: spokenFor(row, language), outcome, connection: row?.name ?? '' });
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
    if (row === undefined) return outcomePage(vault, error.status, { language: languageOf(request), outcome });
    const { language, service, expected } = await about(row, request);
    // The link of a connection that works again says so itself when it is opened once more.
    const again = vault.parts.settings.publicUrl === '' ? undefined : againPath(row);
    return outcomePage(vault, error.status, {
      language,
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

const spokenFor = (row: ConnectionRow | undefined, asked: VaultLanguage): VaultLanguage =>
  row?.language ? vaultLanguageOf([row.language, asked]) : asked;

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
