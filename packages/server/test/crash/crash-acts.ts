// These acts are a life, for processes that are killed in the middle of it: account, log-in, grant and code,
// redemption, exchange, a permission taken back, roles, a new app secret, a new password, an app removed. Each act that
// was answered is told.
import { giveAppRole, resetAppSecret, takeAppRole } from '../../src/apps/app-admin.ts';
import { givePageRole, takePageRole } from '../../src/pages/page-roles.ts';
import { change } from '../../src/liveness/change.ts';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, CALLBACK, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld } from '../world.ts';

const { shop, rival, draft, bakery } = cast;
const operator = { kind: 'operator' } as const;

/** The answered acts, with what it takes to find them again. */
export type Told =
  | { act: 'account' | 'log-in' | 'permission' | 'page role' | 'app role' | 'password' | 'removal'; email: string }
  | { act: 'code' | 'redemption'; email: string; code: string }
  | { act: 'secret'; email: string; secret: string };

/** One life. @param n makes it another one @param tell called as soon as an act was answered */
export async function live(t: TestWorld, n: string, tell: (told: Told) => void): Promise<void> {
  const { installation } = t.server;
  const email = `person-${n}@example.com`;
  const password = `password of ${n}`;
  const first = new Browser(t);
  await first.open('/signup');
  await first.send(first.form('/signup', { name: `Person ${n}`, email, password }));
  must(first.page.html.includes('Hello'), first);
  tell({ act: 'account', email });

  const second = new Browser(t);
  await second.logIn({ email, password });
  must(second.page.html.includes('Hello'), second);
  tell({ act: 'log-in', email });

  await allowAll(first, { email, password }, shopDialog({ scope: 'email,pages_show_list' }));
  const code = answerOf(first.page.location).query.get('code');
  if (!code) throw new Error(`no code: ${first.page.status} ${first.heading()}`);
  tell({ act: 'code', email, code });

  const own = { client_id: shop.id, client_secret: shop.secret };
  const redeemed = await t.post('/oauth/access_token', { ...own, redirect_uri: CALLBACK, code });
  tell({ act: 'redemption', email, code });
  const exchanged = await t.post('/oauth/access_token', {
    ...own,
    grant_type: 'fb_exchange_token',
    fb_exchange_token: redeemed.body.access_token,
  });
  const token = exchanged.body.access_token as string;

  await t.delete(`/me/permissions/email?access_token=${token}`);
  tell({ act: 'permission', email });

  const { id: personId } = await installation.db.read
    .selectFrom('people')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  const now = t.clock.now();
  await change(installation, (making) =>
    givePageRole(making, { pageId: bakery.id, personId, tasks: ['ANALYZE'], by: operator, now }),
  );
  await change(installation, (making) => takePageRole(making, { pageId: bakery.id, personId, by: operator }));
  tell({ act: 'page role', email });
  await change(installation, (making) =>
    giveAppRole(making, { appId: draft.id, personId, role: 'testers', by: operator }, now),
  );
  await change(installation, (making) =>
    takeAppRole(installation, making, { appId: draft.id, personId, role: 'testers', by: operator }),
  );
  tell({ act: 'app role', email });

  tell({ act: 'secret', email, secret: await resetAppSecret(installation, { appId: rival.id, by: operator }) });

  await first.open('/settings/password');
  await first.send(first.form('/settings/password', { password, new_password: `another of ${n}` }));
  must(first.page.html.includes('been changed'), first);
  tell({ act: 'password', email });

  await first.open('/settings/apps');
  await first.send(first.form('/settings/apps/remove'));
  must(first.page.html.includes('The app has been removed.'), first);
  tell({ act: 'removal', email });
}

function must(so: boolean, { page }: Browser): void {
  if (!so) throw new Error(`an act failed: ${page.status} ${page.url} ${page.html.slice(0, 500)}`);
}
