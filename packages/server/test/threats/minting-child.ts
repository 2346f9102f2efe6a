// This process makes many values of each kind and prints them: two of these, begun alike, must not make one twice.
import { createHash } from 'node:crypto';
import { newAppSecret } from '../../src/apps/app-admin.ts';
import { newCookie } from '../../src/people/sign-in/sessions.ts';
import { issueCode } from '../../src/codes/codes.ts';
import { change } from '../../src/liveness/change.ts';
import { newId } from '../../src/installation/mint.ts';
import { cast, testWorld } from '../world.ts';

const many = Number(process.argv[2]);
const world = await testWorld({ rootKey: new Uint8Array(32).fill(3) });
const { installation } = world.server;
const lines: string[] = [];
const print = (kind: string, value: string): void => {
  lines.push(`${kind} ${value.length > 60 ? createHash('sha256').update(value).digest('base64url') : value}\n`);
};
for (let i = 0; i < many; i++) {
  print('session', newCookie(installation));
  print('secret', newAppSecret(installation));
  print('id', newId(installation));
}
for (let i = 0; i < many / 100; i++) {
  print('token', await world.login(cast.shop.id, cast.ana.id));
  const code = await change(installation, (making) =>
    issueCode(installation, making, {
      app: cast.shop.id,
      user: cast.ana.id,
      session: undefined,
      login: '1',
      redirectUri: 'https://app.example/cb',
      form: 'web',
    }),
  );
  print('code', code);
}
await world.close();
process.stdout.write(lines.join(''));
