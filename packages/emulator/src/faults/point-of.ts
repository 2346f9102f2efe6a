// Reads the things that an order can be about from a request as it comes, before the server has looked at it.
import type { FaultPoint, HttpRequest, Server } from '@hallpass/server';
import { openSealed } from '@hallpass/server/testing';
import { marksOf } from '../worlds/which-world.ts';

export function pointOf(incoming: HttpRequest, { installation }: Server): FaultPoint {
  const { apps, tokens } = marksOf(incoming);
  const [token] = tokens;
  const opened = token === undefined ? undefined : openSealed(installation.ring(), token);
  const record = opened?.ok ? opened.record : undefined;
  return {
    method: incoming.method,
    path: incoming.path.replace(/^\/(?:v\d+\.\d+\/)?/, ''),
    app: record?.app ?? apps[0],
    person: record?.user,
    page: record?.page,
    token,
  };
}
