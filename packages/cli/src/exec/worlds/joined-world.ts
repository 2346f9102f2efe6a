// The world of an emulator that another process runs, for a command: TLS ends here, and what was asked is asked there.
import type { FrontEvent, JournalWriter } from '@hallpass/emulator/front';
import { parseJson, shape } from '@hallpass/protocol';
import type { HttpRequest } from '@hallpass/server';
import type { ExecWorldOptions, OpenWorld } from './open-world.ts';
import type { JoinedEmulator } from './joined-emulator.ts';
import { openLoopback } from '../loopback.ts';
import { passOn, type PassedOn } from './pass-on.ts';
import { passingFront } from './passing-front.ts';

/** The front is of this process; what it takes is asked of the emulator that runs elsewhere. */
export async function joinedWorld(
  { authority, tunnel, outside, connect: way = openLoopback }: ExecWorldOptions,
  join: JoinedEmulator,
  journal: JournalWriter,
  noted: (event: FrontEvent) => void,
): Promise<OpenWorld> {
  const ask = (incoming: HttpRequest): Promise<PassedOn> => passOn(incoming, join, way);
  const front = await passingFront({
    authority,
    tunnel,
    outside,
    ask,
    noted,
    // Orders to the emulator are no calls of the Graph.
    noteCall(incoming, response) {
      if (!incoming.path.startsWith('/_/')) journal.note(incoming, response);
    },
  });
  return {
    ...front,
    apps: join.token === undefined ? [] : await appsOf(join, join.token, ask),
    ask,
    now: outside.wall.now,
  };
}

const worldList = shape.object<{ worlds: { name: string; apps: { id: string; secret: string }[] }[] }>({
  worlds: shape.listOf(
    shape.object<{ name: string; apps: { id: string; secret: string }[] }>({
      name: shape.text,
      apps: shape.listOf(shape.object<{ id: string; secret: string }>({ id: shape.text, secret: shape.text })),
    }),
  ),
});

/** The apps of the world that was joined. */
async function appsOf({ world = 'main' }: JoinedEmulator, token: string, ask: OpenWorld['ask']) {
  const { body } = await ask({
    method: 'GET',
    host: 'localhost',
    scheme: 'http',
    path: '/_/emulator/worlds',
    query: '',
    headers: { host: 'localhost', authorization: `Bearer ${token}` },
    body: new Uint8Array(0),
    address: '127.0.0.1',
  });
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return parseJson(worldList, text)?.worlds.find(({ name }) => name === world)?.apps ?? [];
}
