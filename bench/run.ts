// `npm run bench`: what each call costs, as a share of a bare node:http server answering the same bytes in the same run,
// in turns. Options: --rounds N, --seconds N, --only NAME, --growth (takes minutes), --profile, --json, --write (docs/guide/speed.md).
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { start } from './src/child.ts';
import { growth } from './src/growth.ts';
import { measure } from './src/measure.ts';
import { page, table } from './src/print.ts';
import { profile } from './src/profile.ts';
import { scenarios } from './src/scenarios.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const bare = await start('./bare.ts');
const subject = await start('./subject.ts');
const idle = (await subject.ask('gc')).rss;
const rows = [];
for (const scenario of scenarios.filter((one) => values.only === undefined || one.name.includes(values.only))) {
  process.stderr.write(`${scenario.name} …\n`);
  rows.push(await measure(scenario, bare, subject, { rounds: Number(values.rounds), seconds: Number(values.seconds) }));
}
const loaded = (await subject.ask('memory')).rss;
const facts = { startedIn: subject.startedIn, bareStartedIn: bare.startedIn, idle, loaded, node: process.version };
const grown = values.growth ? await growth(subject) : [];
await Promise.all([bare.stop(), subject.stop()]);
const steps = values.profile || values.write ? await profile() : [];
if (values.json) process.stdout.write(`${JSON.stringify({ rows, facts, grown, steps })}\n`);
else process.stdout.write(`${table(rows, facts, grown, steps)}\n`);
if (values.write) writeFileSync(new URL('../docs/guide/speed.md', import.meta.url), page(rows, facts, grown, steps));
