// One node on PostgreSQL, a process of its own: it ends log-ins, or writes bare rows, as fast as so many clients can.
import { AppId, change } from '@hallpass/server/testing';
import { makeServer } from '../make-server.ts';

const [url = '', schema = '', key = '', name = ''] = process.argv.slice(2);
const server = await makeServer({ url, schema, rootKey: Buffer.from(key, 'hex') });
const { installation } = server;

let count = 0;

/** A log-in ends: an epoch moves on, with its history, a line of the audit trail and a row of the feed. */
const act = (): Promise<void> =>
  change(installation, async ({ record, event }) => {
    const session = `${name}${++count}`;
    await record('logged_out', { app: AppId.none, session }, { kind: 'operator' });
    event({ name: 'auth.logout', outcome: 'ok', actorKind: 'operator', targetId: session });
  });

/** One row of a key and a text, by the same way to the database. */
const row = (): Promise<void> =>
  installation.db.act(
    async ({ tx }) =>
      void (await tx
        .insertInto('meta')
        .values({ key: `row-${name}-${++count}`, value: 'x' })
        .execute()),
  );

process.on('message', async (message: { id: number; ask: string; clients: number; milliseconds: number }) => {
  const task = message.ask === 'acts' ? act : row;
  const until = performance.now() + message.milliseconds;
  const before = process.cpuUsage();
  let done = 0;
  await Promise.all(
    Array.from({ length: message.clients }, async () => {
      while (performance.now() < until) {
        await task();
        done++;
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  process.send?.({ id: message.id, done, cpu: user + system });
});
process.on('disconnect', async () => {
  await server.close();
  process.exit(0);
});
process.send?.({ ready: 1 });
