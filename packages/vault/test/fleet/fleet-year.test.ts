// These tests are about a whole year of a small fleet, with failing calls and killed workers. The large one is a run of the
// bench.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryPlace } from '../../../db/test/databases.ts';
import { Chance } from './chance.ts';
import { CrewInProcess } from './crew.ts';
import { dumpOf } from './dump.ts';
import { faultyFetch } from './faults.ts';
import { openFleet } from './open-fleet.ts';
import { Year } from './year.ts';
import { judgeConnection } from './year-judge.ts';
import type { HolderState } from '../../src/states.ts';
import { Canaries } from './canaries.ts';
import { DAY, START } from './world.ts';

const YEAR = 365;

async function liveAYear() {
  const { fleet, lines, close } = await openFleet(
    memoryPlace(),
    { people: 5, pagesEach: 1, systemUsers: 2, others: 1 },
    7,
  );
  try {
    await fleet.connectEverybody(() => undefined);
    const { parts } = fleet;
    const chance = new Chance(8);
    const crew = new CrewInProcess({ ...parts, fetch: faultyFetch(parts.fetch, chance, 0.05) }, 2, chance);
    const year = await new Year(fleet, crew, { days: YEAR, actsADay: 0.3, kills: 0.1, sweepEvery: 12 }).live();
    const dump = await dumpOf(parts);
    return { year, dump, canaries: fleet.canaries.size, found: fleet.canaries.foundIn(`${dump}\n${lines.join('\n')}`) };
  } finally {
    await close();
  }
}

// It is lived before the tests begin: the test runner follows every promise inside a test, which takes as long again.
const lived = await liveAYear();

test('VT-04, P-11: in a year of acts, failing calls and killed workers no token is lost that could be kept, every death is told once, and none that did not happen', () => {
  const { year } = lived;
  assert.deepEqual(year.faults, []);
  assert.ok(year.deaths > 30, `${year.deaths} deaths`);
  assert.ok(year.killed > 3, `${year.killed} killed`);
});

test('ST-01, ST-02, P-8: a copy of the database and the log of that year hold no token, code or secret', () => {
  const { dump, canaries, found } = lived;
  assert.ok(dump.length > 10_000);
  assert.ok(canaries > 40);
  assert.deepEqual(found, []);
});

test('the year is judged by rules that can fail: a death that nobody is told of, one told twice or too late, and one that was none', () => {
  type Told = Parameters<typeof judgeConnection>[2][number];
  const told = (day: number, kind: string, state?: string): Told => ({
    kind,
    at: START + day * DAY,
    facts: { until: null, state },
  });
  const died = (day: number) => told(day, 'died', 'needs_person');
  const turn = (day: number, before: HolderState, state: HolderState) => ({
    id: 'u-1',
    at: START + day * DAY,
    before,
    state,
    by: 'an act',
  });
  const death = turn(5, 'healthy', 'needs_person');
  const faults = (turns: ReturnType<typeof turn>[], events: Told[]) =>
    judgeConnection('u-1', turns, events, 3600).faults.length;
  assert.equal(faults([death], [died(5.5)]), 0);
  assert.equal(faults([death], []), 1);
  assert.equal(faults([death], [died(6.4)]), 2, 'a look a day, a tenth of it and four hours are 30.4 hours');
  const blind = { from: START + 4 * DAY, to: START + 6 * DAY };
  assert.equal(judgeConnection('u-1', [death], [died(6.4)], 3600, [blind]).faults.length, 0, 'nobody could ask before');
  assert.equal(judgeConnection('u-1', [death], [died(7.4)], 3600, [blind]).faults.length, 2);
  assert.equal(faults([death], [died(5.5), died(6)]), 1);
  assert.equal(faults([], [died(6)]), 1);
  const locked = turn(5, 'healthy', 'blocked_at_meta');
  const blocked = told(5.5, 'blocked', 'blocked_at_meta');
  assert.equal(faults([locked, turn(7, 'blocked_at_meta', 'needs_person')], [blocked, died(7.5)]), 0);
  assert.equal(faults([locked, turn(7, 'blocked_at_meta', 'needs_person')], [blocked]), 1, 'nobody was asked');
  const lost = turn(5, 'healthy', 'needs_role');
  assert.equal(faults([lost, turn(5, 'needs_role', 'needs_person')], [died(5.5)]), 0, 'one look came after both acts');
  assert.equal(faults([lost, turn(6, 'needs_role', 'needs_person')], [told(5.5, 'died', 'blocked_at_meta')]), 1);
  const again = [turn(8, 'blocked_at_meta', 'healthy'), turn(8.5, 'healthy', 'blocked_at_meta')];
  assert.equal(faults([locked, ...again], [blocked]), 0, 'it was known to be blocked, and nobody saw it in between');
  assert.equal(faults([locked, again[0] ?? death, turn(11, 'healthy', 'blocked_at_meta')], [blocked]), 1);
  const twice = [death, turn(6, 'healthy', 'needs_person')];
  const renewed = told(5.8, 'derived');
  assert.equal(faults(twice, [renewed, died(6.1)]), 0, 'a new token came first, and what was told is the second death');
  assert.equal(faults(twice, [renewed]), 1, 'the second death was not told');
  assert.equal(faults(twice, [died(6.1)]), 1, 'no new token came, so that what was told is the first death');
  const canaries = new Canaries();
  canaries.add('code-that-is-a-secret');
  canaries.addTokensIn('{"body":"{\\"access_token\\":\\"IGAAsecretsecretsecret\\"}"}');
  assert.equal(canaries.foundIn('x code-that-is-a-secret IGAAsecretsecretsecret').length, 2);
  assert.deepEqual(canaries.foundIn('nothing of that kind'), []);
});
