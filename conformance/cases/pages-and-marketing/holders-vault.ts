// These cases are about the holder's side, as the two guides of the Marketing API advise it: stored safely, refreshed
// regularly, and the person asked by e-mail where no page is open. The vault does it against this server.
import assert from 'node:assert/strict';
import { createVault, deliverOnce, keyFromText, type Vault } from '@hallpass/vault';
import { Secret } from '@hallpass/protocol';
import { type Mail, nodeWorld } from '@hallpass/world';
import { type Case, citing } from '../../src/case.ts';
import { apps } from '../../src/stage/cast.ts';
import { longToken } from '../../src/stage/deeds.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented } = citing('003');
const { shop } = apps;
const DAY = 86_400;

interface Holder {
  vault: Vault;
  /** The id of the connection that holds the token. */
  id: string;
  mails: Mail[];
}

/** Runs `act` with a vault that was given a long-lived token. */
async function holding(world: ConformanceWorld, token: string, act: (holder: Holder) => Promise<void>): Promise<void> {
  const mails: Mail[] = [];
  const real = nodeWorld();
  const vault = await createVault({
    database: { kind: 'sqlite', file: ':memory:' },
    masterKey: keyFromText(new Secret(Buffer.alloc(32, 'k').toString('base64url')), {
      random: real.random,
      label: 'this case',
    }),
    world: {
      ...real,
      clock: { ...real.clock, now: () => world.clock.now() },
      mail: {
        async send(mail) {
          mails.push(mail);
          return { ms: 0 };
        },
      },
    },
    settings: { publicUrl: 'https://vault.example.com' },
  });
  try {
    const dialogBase = `${world.url}/dialog/oauth`;
    await vault.apps.set({ appId: shop.id, secret: new Secret(shop.secret), graphBase: world.url, dialogBase });
    const rows = await vault.import(
      `name,token,owner_email\nthe shop,${token},ana@example.com\nthe app,${shop.id}|${shop.secret},\n`,
    );
    const [first] = rows;
    assert.equal(first?.outcome, 'new', JSON.stringify(rows));
    await act({ vault, id: first.id ?? '', mails });
  } finally {
    await vault.close();
  }
}

export const cases: Case[] = [
  documented(
    ['003:42.1', '003:51', '004:76.1'],
    'The vault stores tokens and secrets sealed: no row of its database holds one.',
    async (world) => {
      const token = await longToken(world, 'ana', shop);
      await holding(world, token, async ({ vault, id }) => {
        let text = '';
        for await (const line of vault.backup()) text += line;
        assert.ok(text.includes(id));
        for (const secret of [token, shop.secret]) assert.ok(!text.includes(secret));
        assert.equal(await vault.use(id, (held) => held.open()), token);
      });
    },
  ),
  documented('003:53', 'The vault exchanges a token for a new one halfway through its lifetime.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    await holding(world, token, async ({ vault, id }) => {
      const before = (await vault.get(id)).until ?? 0;
      await world.clock.advance(31 * DAY);
      await vault.sweeper().sweep();
      vault.parts.forget({ tenant: 'main', id });
      assert.ok(((await vault.get(id)).until ?? 0) > before + 20 * DAY);
      assert.notEqual(await vault.use(id, (held) => held.open()), token);
    });
  }),
  documented(
    ['003:47.1', '003:47.3', '004:85.1', '004:85.3'],
    'When a token ends, the vault mails its owner a link that leads to the dialog; the mail contains no token.',
    async (world) => {
      const token = await longToken(world, 'ana', shop);
      await holding(world, token, async ({ vault, id, mails }) => {
        await world.delete('/me/permissions', { access_token: token });
        await world.clock.advance(2 * DAY);
        await vault.sweeper().sweep();
        await deliverOnce(vault.parts);
        const [mail] = mails;
        assert.deepEqual(
          [mails.length, mail?.to, mail?.subject],
          [1, 'ana@example.com', 'the shop has stopped working'],
        );
        assert.match(mail?.text ?? '', new RegExp(`https://vault\\.example\\.com/reconnect/main\\.${id}\\.`));
        assert.ok(!mail?.text.includes(token));
      });
    },
  ),
];
