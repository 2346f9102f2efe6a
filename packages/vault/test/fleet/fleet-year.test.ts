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
import { judgeConnection, Year } from './year.ts';
import { Canaries } from './canaries.ts';
import { DAY, START } from './world.ts';

const YEAR = 365;

test('VT-04: in a year of acts, failing calls and killed workers no token is lost that could be kept, every death is told once, and none that did not happen', async (t) => {
  const { fleet, lines, close } = await openFleet(memoryPlace(), { people: 5, pagesEach: 1, systemUsers: 2 }, 7);
  t.after(close);
  await fleet.connectEverybody(() => undefined);
  const { parts } = fleet;
  const chance = new Chance(8);
  const crew = new CrewInProcess({ ...parts, fetch: faultyFetch(parts.fetch, chance, 0.05) }, 2, chance);
  const year = await new Year(fleet, crew, { days: YEAR, actsADay: 0.3, kills: 0.1, sweepsAt: [0, 16] }).live();
  assert.deepEqual(year.faults, []);
  assert.ok(year.deaths > 30, `${year.deaths} deaths`);
  assert.ok(year.killed > 3, `${year.killed} killed`);
  const dump = await dumpOf(parts);
  assert.ok(dump.length > 10_000);
  assert.ok(fleet.canaries.size > 40);
  const found = fleet.canaries.foundIn(`${dump}\n${lines.join('\n')}`);
  assert.deepEqual(found, [], 'ST-02: no token, code or secret stands in the database or the log');
});

test('the year is judged by rules that can fail: a death that nobody is told of, one told twice or too late, and one that was none', () => {
  const died = (day: number) => ({ kind: 'died', at: START + day * DAY, facts: { until: null } });
  const turn = (day: number, works: boolean) => ({ at: START + day * DAY, works, by: 'an act' });
  const judged = (turns: ReturnType<typeof turn>[], events: ReturnType<typeof died>[]) =>
    judgeConnection('u-1', turns, events).faults.length;
  assert.equal(judged([turn(5, false)], [died(5.5)]), 0);
  assert.equal(judged([turn(5, false)], []), 1);
  assert.equal(judged([turn(5, false)], [died(8)]), 2);
  assert.equal(judged([turn(5, false)], [died(5.5), died(6)]), 1);
  assert.equal(judged([], [died(6)]), 1);
  const canaries = new Canaries();
  canaries.add('code-that-is-a-secret');
  canaries.addTokensIn('{"body":"{\\"access_token\\":\\"IGAAsecretsecretsecret\\"}"}');
  assert.equal(canaries.foundIn('x code-that-is-a-secret IGAAsecretsecretsecret').length, 2);
  assert.deepEqual(canaries.foundIn('nothing of that kind'), []);
});
