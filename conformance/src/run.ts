// Runs cases, each in a world of its own; a few at a time, because hashing passwords leaves time to do something else.
import { describe, it } from 'node:test';
import { type Subject, subjects } from '../cases/index.ts';
import { worldWithApp } from './stage/cast.ts';
import type { Case } from './case.ts';
import { openWorld, type Way, ways } from './stage/world.ts';

/** Runs the cases of a subject, once calling the handler and once through a real socket. */
export function runSubject(subject: Subject): void {
  for (const way of ways) runCases(subjects[subject], way);
}

function runCases(cases: readonly Case[], way: Way): void {
  describe(way, { concurrency: 3 }, () => {
    for (const { source, behaviour, settings, shop, seed = shop && worldWithApp('shop', shop), check } of cases) {
      if (!check) continue;
      it(`${source}: ${behaviour}`, async () => {
        const world = await openWorld(way, { settings, ...(seed ? { seed } : {}) });
        try {
          await check(world);
        } finally {
          await world.close();
        }
      });
    }
  });
}
