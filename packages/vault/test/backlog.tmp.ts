import { places } from '../../db/test/databases.ts';
import { dies, peopleScene } from './people-scene.ts';
import type { Mailer } from '@hallpass/world';
const ends: (() => unknown)[] = []; const t = { after: (f: () => unknown) => void ends.push(f) } as never;
const scene = await peopleScene(t, places['SQLite in a file']!());
const { world } = scene; const server = world.mail as Mailer;
world.mail = { send: async () => ({ ms: 1, fault: 'unreachable' }) };
const N = 10000; let b = performance.now();
for (let n = 0; n < N; n++) { await scene.connection(`c${n}`, { owner_email: `p${n}@example.com` }); await dies(scene, `c${n}`); }
console.log('made', performance.now() - b); b = performance.now();
await scene.pass(1000); console.log('an outage of 1000 s', performance.now() - b); b = performance.now();
world.mail = server; await scene.pass(200); console.log('backlog', N, scene.post.waiting(), (performance.now() - b) / 1000, 's');
for (const e of ends.reverse()) await e(); process.exit(0);
