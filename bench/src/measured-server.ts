// The server that is measured, and what it is asked between the rounds.
import { listen } from '@hallpass/server';
import { rotateKeys, withdrawKey } from '@hallpass/server/operator';
import { codes, crowd, tokens, tokensOfMany, writeBeside } from './cast.ts';
import { callWithDifferent } from './memory/different-tokens.ts';
import { makeServer, wall } from './make-server.ts';
import { report } from './report.ts';

/** Listens, and tells the process that measures on which port. */
export async function serveMeasured(): Promise<void> {
  const server = await makeServer();
  const listening = await listen({
    handle: server.handle,
    port: 0,
    host: '127.0.0.1',
    wall,
    traceId: () => 'bench',
    onBug: (error) => process.stderr.write(`${String(error)}\n`),
  });

  let writing: ReturnType<typeof writeBeside> | undefined;

  report(async ({ ask, ...given }) => {
    if (ask === 'tokens') return { tokens: await tokens(server.installation) };
    if (ask === 'codes') return { codes: await codes(server.installation, given.count as number) };
    if (ask === 'different') return callWithDifferent(server, given.count as number);
    if (ask === 'many') return { tokens: await tokensOfMany(server.installation) };
    if (ask === 'write') {
      writing?.stop();
      writing = given.perSecond === 0 ? undefined : writeBeside(server.installation, given.perSecond as number);
    }
    if (ask === 'rotate') await rotateKeys(server.installation, { kind: 'operator' });
    if (ask === 'withdraw') await withdrawKey(server.installation, 1, { kind: 'operator' });
    if (ask === 'crowd') return { tokens: await crowd(server.installation, given.count as number) };
    return {};
  });
  process.send?.({ ready: listening.port });
}
