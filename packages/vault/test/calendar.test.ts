// These tests are about the calendar of ends: its secret address, and names in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { places } from '../../db/test/databases.ts';
import { calendarOf, calendarPath, readCalendarFile } from '../src/people/calendar.ts';
import { DAY, peopleScene } from './people-scene.ts';

const newPlace = places['SQLite in memory'];
assert.ok(newPlace);

test('a calendar shows each end as RFC 5545 wants it, and no name breaks out of its line', async (t) => {
  const scene = await peopleScene(t, newPlace());
  await scene.connection('never');
  await scene.connection('shop', {
    name: `Shop; Café, \\ ${'ö'.repeat(100)}\r\nEND:VCALENDAR\r\nX-EVIL:1`,
    expires_at: scene.now() + 7 * DAY,
    data_access_until: scene.now() + 90 * DAY,
  });
  const text = await calendarOf(scene.vault.parts, 'main');
  const lines = text.split('\r\n');
  for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(!/[^\r]\n/.test(text));
  const whole = text.replace(/\r\n /g, '').split('\r\n');
  assert.equal(whole.filter((line) => line === 'BEGIN:VEVENT').length, 1);
  assert.equal(whole.filter((line) => line.startsWith('END:VCALENDAR')).length, 1);
  assert.ok(!whole.some((line) => line.startsWith('X-EVIL')));
  const summary = whole.find((line) => line.startsWith('SUMMARY:')) ?? '';
  assert.ok(summary.startsWith('SUMMARY:Shop\\; Café\\, \\\\ ö'), summary);
  assert.ok(whole.includes('DTSTART:20261128T123456Z'));
});

test('the address of a calendar is a secret of its tenant, and ends when a new one is made', async (t) => {
  const scene = await peopleScene(t, newPlace());
  const { parts } = scene.vault;
  const fileOf = async (tenant: string, renew?: boolean): Promise<string> =>
    (await calendarPath(parts, tenant, renew)).slice('/calendar/'.length);
  const first = await fileOf('main');
  assert.equal(await fileOf('main'), first);
  assert.equal(await readCalendarFile(parts, first), 'main');
  assert.equal(await readCalendarFile(parts, first.replace('main', 'other')), undefined);
  const second = await fileOf('main', true);
  assert.notEqual(second, first);
  assert.deepEqual([await readCalendarFile(parts, first), await readCalendarFile(parts, second)], [undefined, 'main']);
});
