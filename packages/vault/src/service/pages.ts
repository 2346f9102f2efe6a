// The pages behind the links of a vault: reconnect, the way back from the dialog, no more mails, the calendar. They are
// of the look of all pages, and need no script.
import { mailChoice, stylesheet } from '@hallpass/pages';
import { Hono } from 'hono';
import { calendarOf, readCalendarFile } from '../people/calendar.ts';
import type { VaultSpeech } from '@hallpass/pages/languages';
import { readOptOutLink } from '../people/mail-links.ts';
import { readMailSettings } from '../people/mail-settings.ts';
import type { OwnWords } from '../people/words/words.ts';
import { VaultRefusal } from '../refusals.ts';
import { isOptedOut, optIn, optOut } from '../store/people/mail-opt-outs.ts';
import type { Vault } from '../vault.ts';
import { outcomePage, pageAnswer } from './page-answer.ts';
import { pageSpeech } from './page-speech.ts';
import { reconnectPages } from './reconnect-pages.ts';

/** The routes of all pages of a vault. @param own sentences of the operator for mails and pages */
export function pages(vault: Vault, own: OwnWords = {}): Hono {
  const { parts } = vault;
  const app = new Hono();
  const platform = { name: parts.settings.name };
  const speechOf = pageSpeech(own);
  const speechFor = async (request: Request, tenant: string): Promise<VaultSpeech> =>
    speechOf(request, { mails: (await readMailSettings(parts.db.read, tenant)).language });

  app.get(
    '/_/pages.css',
    () =>
      new Response(stylesheet, {
        headers: {
          'content-type': 'text/css; charset=utf-8',
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
        },
      }),
  );

  app.get('/mail/:link', async (context) => {
    const link = readOptOutLink(parts, context.req.param('link'));
    if (link === undefined) return outcomePage(vault, 404, { speech: speechOf(context.req.raw), outcome: 'invalid' });
    const speech = await speechFor(context.req.raw, link.tenant);
    const state = (await isOptedOut(parts.db.read, link.tenant, link.address)) ? 'out' : 'asked';
    const form = { action: new URL(context.req.url).pathname, hidden: {} };
    return pageAnswer(vault, 200, mailChoice({ platform, speech, address: link.address, state, form }));
  });

  // A reader of mail may post here without a page between: `List-Unsubscribe=One-Click` (RFC 8058).
  app.post('/mail/:link', async (context) => {
    const link = readOptOutLink(parts, context.req.param('link'));
    if (link === undefined) return outcomePage(vault, 404, { speech: speechOf(context.req.raw), outcome: 'invalid' });
    const speech = await speechFor(context.req.raw, link.tenant);
    const isBack = (await context.req.parseBody())['decision'] === 'continue';
    const { tenant, address } = link;
    const { clock, log } = parts.world;
    await parts.db.act(({ tx }) => (isBack ? optIn(tx, tenant, address) : optOut(tx, tenant, address, clock.now())));
    log('info', `vault.mail.opted_${isBack ? 'in' : 'out'}`, { tenant });
    const form = { action: new URL(context.req.url).pathname, hidden: {} };
    return pageAnswer(vault, 200, mailChoice({ platform, speech, address, state: isBack ? 'in' : 'out', form }));
  });

  app.get('/calendar/:file', async (context) => {
    const tenant = await readCalendarFile(parts, context.req.param('file'));
    if (tenant === undefined) return outcomePage(vault, 404, { speech: speechOf(context.req.raw), outcome: 'invalid' });
    return new Response(await calendarOf(parts, tenant, own), {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, max-age=3600',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  app.route('/', reconnectPages(vault, speechOf));

  app.onError((error, context) => {
    const speech = speechOf(context.req.raw);
    parts.world.log('warn', 'vault.page.failed', { error: error.message });
    // It is no matter of waiting where only the operator can mend it.
    if (error instanceof VaultRefusal) return outcomePage(vault, error.status, { speech, outcome: 'failed' });
    return outcomePage(vault, 503, { speech, outcome: 'wait' });
  });
  return app;
}
