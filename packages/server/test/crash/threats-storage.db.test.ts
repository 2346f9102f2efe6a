// An answer keeps its promise when the storage fails: nothing that was not stored, nothing twice, and the reason never
// lost (RR-09, RR-12, ST-06, RL-17; promise P-10). On both databases.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { type Database, type DatabaseOptions, StorageUnavailable, type WriteTransaction } from '@hallpass/db';
import { sql } from 'kysely';
import type { Schema } from '../../src/index.ts';
import { resetAppSecret } from '../../src/apps/app-admin.ts';
import { setPassword } from '../../src/people/new-password.ts';
import { newestLine } from '../../src/store/audit/lines.ts';
import { sealAudit, verifyAudit } from '../../src/liveness/audit-trail.ts';
import { change } from '../../src/liveness/change.ts';
import { fence } from '../../src/liveness/fence.ts';
import { callback, codeOf, digest, happens } from '../acts.ts';
import { Browser } from '../browser.ts';
import { databases } from '../databases.ts';
import { cast, type Reply, testWorld, type TestWorld } from '../world.ts';
import { AppId, PersonId } from '../../src/store/ids.ts';

const { ana, shop } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const operator = { kind: 'operator' } as const;

/**
 * The next changes fail in one of these ways: before anything is stored, or after all of it is, with the answer lost.
 */
type Failing = 'no' | 'before' | 'after';

interface Stage {
  t: TestWorld;
  /** It counts the changes, the statements within them, and the rows that these wrote. */
  storage: { failing: Failing; changes: number; statements: number; rows: number };
}

async function staged(test: TestContext, open: () => Promise<DatabaseOptions>): Promise<Stage> {
  const storage: Stage['storage'] = { failing: 'no', changes: 0, statements: 0, rows: 0 };
  const through = (db: Database<Schema>): Database<Schema> => {
    const act: Database<Schema>['act'] = async (make) => {
      storage.changes++;
      if (storage.failing === 'before') throw new StorageUnavailable('The disk of the database failed.');
      const value = await db.act(async (making) => {
        const before = await rowsWritten(making, db.kind);
        const value = await make(making);
        storage.rows += (await rowsWritten(making, db.kind)) - before;
        return value;
      });
      if (storage.failing === 'after') throw new StorageUnavailable('The connection was lost while storing a change.');
      return value;
    };
    return new Proxy(db, {
      get(target, name) {
        if (name === 'act') return act;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const crashPoint = (name: string): void => {
    if (name === 'db.in-change') storage.statements++;
  };
  const t = await testWorld({ database: { ...(await open()), crashPoint }, through });
  test.after(() => t.close());
  return { t, storage };
}

/** Rows more or fewer than so many have nothing to do with how many grants there are. */
const FEW = 10;

/** Counts the rows that were written so far by the connection of a change. */
async function rowsWritten(
  { tx }: Pick<WriteTransaction<Schema>, 'tx'>,
  on: Database<Schema>['kind'],
): Promise<number> {
  const question =
    on === 'sqlite'
      ? sql<{ rows: number }>`select total_changes() as rows`
      : sql<{ rows: number }>`select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as rows
          from pg_stat_xact_user_tables where schemaname = current_schema()`;
  const { rows } = await question.execute(tx);
  return Number(rows[0]?.rows);
}

const isAway = ({ status, body, headers }: Reply): void => {
  assert.deepEqual([status, body.error.code, body.error.is_transient], [503, 2, true]);
  assert.ok(Number(headers['retry-after']) > 0);
};

for (const [name, open] of databases())
  describe(`on ${name}`, () => {
    for (const failing of ['before', 'after'] as const)
      describe(`RR-09: a storage error ${failing} a revocation is stored`, () => {
        const revoking: Record<
          string,
          { call(t: TestWorld, token: string): Promise<Reply>; success: unknown; subcode: number }
        > = {
          'oauth/revoke': {
            call: (t, token) =>
              t.post('/oauth/revoke', { ...own, revoke_token: token, access_token: `${shop.id}|${shop.secret}` }),
            success: { success: 'true' },
            subcode: 466,
          },
          'removal of the app': {
            call: (t, token) => t.delete(`/me/permissions?access_token=${token}`),
            success: true,
            subcode: 458,
          },
        };
        for (const [act, { call, success, subcode }] of Object.entries(revoking))
          test(`${act} answers code 2, never success, and the repeat ends the token`, async (test) => {
            const { t, storage } = await staged(test, open);
            const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
            assert.equal((await t.get(`/me?access_token=${token}`)).status, 200);
            storage.failing = failing;
            isAway(await call(t, token));
            if (failing === 'before') {
              isAway(await call(t, token));
              assert.equal((await t.get(`/me?access_token=${token}`)).status, 200, 'nothing was changed');
            }
            storage.failing = 'no';
            const repeated = await call(t, token);
            // A caller whose token was ended by a call without an answer learns that from the repeat.
            if (repeated.status === 200) assert.deepEqual(repeated.body, success);
            else assert.deepEqual([failing, repeated.body.error.error_subcode], ['after', subcode]);
            assert.equal((await t.get(`/me?access_token=${token}`)).body.error.error_subcode, subcode);
          });

        test('a new password is answered with a page that says that it cannot be done now', async (test) => {
          const { t, storage } = await staged(test, open);
          const browser = new Browser(t);
          await browser.logIn(ana);
          await browser.open('/settings/password');
          const form = browser.form('/settings/password', { password: ana.password, new_password: 'a brand new one' });
          storage.failing = failing;
          assert.equal((await browser.post(form)).status, 503);
          assert.doesNotMatch(browser.page.html, /been changed/);
          storage.failing = 'no';
          // Without the counter of guesses nothing is tried at all, so the password is the old one.
          const works = [ana.password, 'a brand new one'].map(async (password) =>
            (await new Browser(t).logIn({ email: ana.email, password })).html.includes('Hello'),
          );
          assert.deepEqual(await Promise.all(works), [true, false]);
        });
      });

    test('RR-12: the answer to a redemption is lost, and the repeat gets no second token', async (test) => {
      const { t, storage } = await staged(test, open);
      await t.login(shop.id, ana.id, { permissions: ['email'] });
      const code = await codeOf(t);
      storage.failing = 'after';
      isAway(await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code }));
      storage.failing = 'no';
      const repeated = await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code });
      assert.deepEqual(
        [repeated.status, repeated.body.error.code, repeated.body.error.error_subcode],
        [400, 100, 36_009],
      );
      assert.doesNotMatch(repeated.text, /EAA/);
    });

    test('RR-12: a token that never arrived shows in the list of apps and dies with the grant', async (test) => {
      const { t } = await staged(test, open);
      await t.login(shop.id, ana.id, { permissions: ['email'] });
      const code = await codeOf(t);
      // Redeemed; the connection died on the way back.
      const lost = (await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code })).body
        .access_token as string;
      assert.equal(
        (await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code })).body.error.error_subcode,
        36_009,
      );
      const browser = new Browser(t);
      await browser.logIn(ana);
      await browser.open('/settings/apps');
      assert.ok(browser.page.html.includes('Shop'));
      await browser.send(browser.form('/settings/apps/remove'));
      assert.equal((await t.get(`/me?access_token=${lost}`)).body.error.error_subcode, 458);
    });

    test('ST-06: while the audit trail cannot be written no secret is reset and no token revoked; reads go on, and it recovers', async (test) => {
      const { t } = await staged(test, open);
      const { installation } = t.server;
      const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
      const code = await codeOf(t);
      const rename = (from: string, to: string) =>
        installation.db.act(
          async ({ tx }) => void (await sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(tx)),
        );
      await rename('events', 'events_away');
      const before = await digest(t);
      isAway(await t.post('/oauth/revoke', { ...own, revoke_token: token, access_token: `${shop.id}|${shop.secret}` }));
      isAway(await t.delete(`/me/permissions?access_token=${token}`));
      isAway(await t.delete(`/me/permissions/email?access_token=${token}`));
      isAway(await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code }));
      await assert.rejects(resetAppSecret(installation, { appId: shop.id, by: operator }), StorageUnavailable);
      assert.equal(await digest(t), before, 'nothing was changed');
      assert.equal((await t.get(`/me?access_token=${token}`)).status, 200);
      assert.ok(t.log.some(({ message }) => message === 'audit.failed'));
      await rename('events_away', 'events');
      assert.equal((await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code })).status, 200);
      assert.equal((await t.delete(`/me/permissions?access_token=${token}`)).text, 'true');
      const verdict = await verifyAudit(installation);
      assert.deepEqual([verdict.brokenAt, verdict.cut], [undefined, false]);
    });

    test('ST-06: an edited line, a missing one and a cut at the end show, also when all of it is cut', async (test) => {
      const { t } = await staged(test, open);
      const { installation } = t.server;
      for (let i = 0; i < 5; i++) await resetAppSecret(installation, { appId: shop.id, by: operator });
      const whole = await verifyAudit(installation);
      const rows = await installation.db.read.selectFrom('events').selectAll().orderBy('seq').execute();
      assert.equal(rows.filter(({ name }) => name === 'app.secret.reset').length, 5);
      assert.deepEqual([whole.rows, whole.brokenAt, whole.cut], [rows.length, undefined, false]);
      const seqs = rows.map(({ seq }) => seq);
      const tampered = async (
        meddle: (tx: Parameters<Parameters<typeof installation.db.act>[0]>[0]['tx']) => Promise<unknown>,
      ) => {
        const rolledBack = new Error('enough');
        let verdict: Awaited<ReturnType<typeof verifyAudit>> | undefined;
        const { verify } = await import('../../src/store/audit/verify.ts');
        await assert.rejects(
          installation.db.act(async ({ tx }) => {
            await meddle(tx);
            verdict = await verify(tx, installation.keys.audit);
            throw rolledBack;
          }),
          rolledBack,
        );
        return verdict && { brokenAt: verdict.brokenAt, cut: verdict.cut };
      };
      assert.deepEqual(
        await tampered((tx) =>
          tx
            .updateTable('events')
            .set({ actor_id: '1' })
            .where('seq', '=', seqs[1] as number)
            .execute(),
        ),
        { brokenAt: seqs[1], cut: false },
      );
      assert.deepEqual(
        await tampered((tx) =>
          tx
            .updateTable('events')
            .set({ at: 1 })
            .where('seq', '=', seqs[4] as number)
            .execute(),
        ),
        { brokenAt: seqs[4], cut: false },
      );
      assert.deepEqual(
        await tampered((tx) =>
          tx
            .deleteFrom('events')
            .where('seq', '=', seqs[2] as number)
            .execute(),
        ),
        { brokenAt: seqs[3], cut: false },
      );
      assert.deepEqual(
        await tampered((tx) =>
          tx
            .deleteFrom('events')
            .where('seq', '=', seqs[0] as number)
            .execute(),
        ),
        { brokenAt: seqs[1], cut: false },
      );
      assert.deepEqual(
        await tampered((tx) =>
          tx
            .deleteFrom('events')
            .where('seq', '>', seqs[2] as number)
            .execute(),
        ),
        { brokenAt: undefined, cut: true },
      );
      assert.deepEqual(await tampered((tx) => tx.deleteFrom('events').execute()), { brokenAt: undefined, cut: true });
      assert.deepEqual(
        await tampered(async (tx) => {
          await tx
            .deleteFrom('events')
            .where('seq', '>', seqs[2] as number)
            .execute();
          await tx
            .updateTable('audit_lanes')
            .set({ lines: 3, chain: rows[2]?.chain ?? '' })
            .execute();
        }),
        { brokenAt: undefined, cut: true },
        'a new end cannot be written without the key',
      );
      const everything = async (tx: Parameters<Parameters<typeof tampered>[0]>[0]) => {
        await tx.deleteFrom('events').execute();
        await tx.deleteFrom('audit_lanes').execute();
      };
      assert.deepEqual(await tampered(everything), { brokenAt: undefined, cut: true }, 'seals name every lane');
      assert.deepEqual(
        await tampered(async (tx) => {
          await everything(tx);
          await tx.deleteFrom('audit_seals').execute();
        }),
        { brokenAt: undefined, cut: true },
        'the end of the seals is written down too',
      );
      assert.deepEqual(await tampered((tx) => tx.deleteFrom('meta').where('key', '=', 'audit_seal_end').execute()), {
        brokenAt: undefined,
        cut: true,
      });
      await sealAudit(installation);
      // An end of before, with its proof, in the place of the present one.
      const [end] = await installation.db.read.selectFrom('audit_lanes').selectAll().execute();
      await resetAppSecret(installation, { appId: shop.id, by: operator });
      await sealAudit(installation);
      assert.deepEqual(
        await tampered(async (tx) => {
          await tx
            .deleteFrom('events')
            .where('seq', '=', (await newestLine(tx)).seq)
            .execute();
          await tx
            .updateTable('audit_lanes')
            .set({ lines: end?.lines, chain: end?.chain, proof: end?.proof })
            .execute();
        }),
        { brokenAt: undefined, cut: true },
        'the seal knows of the line that is gone',
      );
      assert.equal((await verifyAudit(installation)).cut, false);
    });

    test('RL-17, P-10: ending a person, an app or everything is one small change, however many grants there are', async (test) => {
      const { t, storage } = await staged(test, open);
      const { installation } = t.server;
      const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
      const measured = async (act: () => Promise<unknown>): Promise<Omit<Stage['storage'], 'failing'>> => {
        Object.assign(storage, { changes: 0, statements: 0, rows: 0 });
        await act();
        const { changes, statements, rows } = storage;
        return { changes, statements, rows };
      };
      const acts: [string, () => Promise<unknown>][] = [
        ['a person', () => change(installation, (making) => setPassword(installation, making, ana.id, 'x', operator))],
        ['an app', () => happens(t, 'app_tokens_ended', { app: shop.id })],
        ['everything', () => fence(installation, operator)],
      ];
      // Each act runs once before there is much: that is what it may cost.
      const few = new Map<string, Awaited<ReturnType<typeof measured>>>();
      for (const [what, act] of acts) few.set(what, await measured(act));
      const others = Array.from({ length: 10_000 }, (_, i) => String(1_000_000 + i));
      for (let from = 0; from < others.length; from += 1000)
        await installation.db.act(async ({ tx }) => {
          const part = others.slice(from, from + 1000);
          await tx
            .insertInto('grants')
            .values(
              part.map((person) => ({
                app_id: shop.id,
                person_id: PersonId.of(person),
                permissions: '{}',
                data_access_until: 0,
                created_at: 1,
                updated_at: 1,
              })),
            )
            .execute();
          await tx
            .insertInto('grants')
            .values(
              part.map((app) => ({
                app_id: AppId.of(app),
                person_id: ana.id,
                permissions: '{}',
                data_access_until: 0,
                created_at: 1,
                updated_at: 1,
              })),
            )
            .execute();
        });
      for (const [what, act] of acts) {
        const much = await measured(act);
        const little = few.get(what);
        assert.ok(
          much.changes === 1 && little && much.statements <= little.statements && much.rows < little.rows + FEW,
          `${what}: ${JSON.stringify(much)}, ${JSON.stringify(little)} when there was little`,
        );
      }
      assert.equal((await t.get(`/me?access_token=${token}`)).body.error.error_subcode, 467);
    });
  });
