// `npm run bench` measures what each call costs, as a share of a bare node:http server answering the same bytes in the
// same run, in turns. Options: --rounds N, --seconds N, --only NAME, --growth (takes minutes), --profile, --json,
// --write (docs/guide/speed.md). `npm run bench -- --soak`: only a minute of mixed and hostile requests; with --seconds
// N so many seconds, with --write its part of the page. `npm run bench -- --strangers`: only a hundred thousand
// requests of strangers, and what they leave; with --requests N so many. `npm run bench -- --worlds`: only what worlds of
// an emulator cost. `npm run bench -- --tokens N`: only the memory after calls with N different tokens. `npm run bench --
// --exec`: only what `hallpass exec` adds to a command and to a call. `npm run bench -- --emulator`: only what clock and
// faults of an emulator cost. `npm run bench --
// --vault`: only what a vault costs whoever asks it. `npm run bench -- --sweep`: only the rate of its sweeps, with
// --connections N. `npm run bench -- --fleet`: only the year of a fleet of a vault, which takes long; with --people N (nine
// connections each) and --days N. `npm run bench -- --acts`: only the durable acts a second on PostgreSQL.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { start } from './src/child.ts';
import { EMULATOR_HEADING, emulatorPart, emulatorTable, measureEmulator } from './src/emulator/emulator-cost.ts';
import { EXEC_HEADING, execPart, execTable, measureExec } from './src/emulator/exec-cost.ts';
import { FLEET_HEADING, fleetPart, fleetTable, measureFleet } from './src/vault/fleet.ts';
import { growth } from './src/growth.ts';
import { measure } from './src/measure.ts';
import { DIFFERENT_HEADING, differentPart, differentTable, differentTokens } from './src/memory/different-tokens.ts';
import { page, table } from './src/print.ts';
import { profile } from './src/profile.ts';
import { scenarios } from './src/scenarios.ts';
import { soak } from './src/soak.ts';
import { measureSweep, SWEEP_HEADING, sweepPart, sweepTable } from './src/vault/sweep-rate.ts';
import { withFigures, withPart } from './src/page-parts.ts';
import { SOAK_HEADING, soakPart, soakTable } from './src/soak-page.ts';
import { measureWorlds, WORLDS_HEADING, worldsPart, worldsTable } from './src/emulator/worlds.ts';
import { measureVault, VAULT_HEADING, vaultPart, vaultTable } from './src/vault/ask-vault.ts';
import { ACTS_HEADING, actsPart, actsTable, measureActs } from './src/acts/durable-acts.ts';
import { measureStrangers, STRANGERS_HEADING, strangersPart, strangersTable } from './src/strangers.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string' },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    strangers: { type: 'boolean', default: false },
    worlds: { type: 'boolean', default: false },
    tokens: { type: 'string' },
    requests: { type: 'string', default: '100000' },
    growth: { type: 'boolean', default: false },
    acts: { type: 'boolean', default: false },
    exec: { type: 'boolean', default: false },
    emulator: { type: 'boolean', default: false },
    fleet: { type: 'boolean', default: false },
    people: { type: 'string', default: '1100' },
    days: { type: 'string', default: '365' },
    sweep: { type: 'boolean', default: false },
    connections: { type: 'string', default: '100000' },
    vault: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const speedPage = new URL('../docs/guide/speed.md', import.meta.url);

if (values.soak) {
  const subject = await start('./subject.ts');
  const soaked = await soak(subject, Number(values.seconds ?? '60'));
  await subject.stop();
  process.stdout.write(`${values.json ? JSON.stringify(soaked) : soakTable(soaked)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), SOAK_HEADING, soakPart(soaked, process.version)),
    );
  process.exit(0);
}

if (values.tokens !== undefined) {
  const subject = await start('./subject.ts');
  const marks = await differentTokens(subject, Number(values.tokens));
  await subject.stop();
  process.stdout.write(`${differentTable(marks)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), DIFFERENT_HEADING, differentPart(marks, process.version)),
    );
  process.exit(0);
}

if (values.emulator) {
  const measured = await measureEmulator();
  process.stdout.write(`${emulatorTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), EMULATOR_HEADING, emulatorPart(measured, process.version)),
    );
  process.exit(0);
}

if (values.exec) {
  const measured = await measureExec();
  process.stdout.write(`${execTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), EXEC_HEADING, execPart(measured, process.version)),
    );
  process.exit(0);
}

// A PostgreSQL of its own runs for as long as this takes, where none is named.
if ((values.fleet || values.acts) && process.env['DATABASE_URL'] === undefined) {
  const again = [process.execPath, '--conditions=source', ...process.argv.slice(1)];
  const postgres = fileURLToPath(new URL('../scripts/postgres.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, ['--conditions=source', postgres, ...again], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

if (values.acts) {
  const measured = await measureActs(Number(values.seconds ?? '4') * 1000);
  process.stdout.write(`${values.json ? JSON.stringify(measured) : actsTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), ACTS_HEADING, actsPart(measured, process.version)),
    );
  process.exit(0);
}

if (values.fleet) {
  const year = await measureFleet(Number(values.people), Number(values.days));
  process.stdout.write(`${fleetTable(year)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), FLEET_HEADING, fleetPart(year, process.version)),
    );
  process.exit(0);
}

if (values.sweep) {
  const measured = await measureSweep(Number(values.connections));
  process.stdout.write(`${sweepTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), SWEEP_HEADING, sweepPart(measured, process.version)),
    );
  process.exit(0);
}

if (values.vault) {
  const measured = await measureVault();
  process.stdout.write(`${values.json ? JSON.stringify(measured) : vaultTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), VAULT_HEADING, vaultPart(measured, process.version)),
    );
  process.exit(0);
}

if (values.strangers) {
  const measured = await measureStrangers(Number(values.requests));
  process.stdout.write(`${strangersTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), STRANGERS_HEADING, strangersPart(measured, process.version)),
    );
  process.exit(0);
}

if (values.worlds) {
  const measured = await measureWorlds();
  process.stdout.write(`${worldsTable(measured)}\n`);
  if (values.write)
    writeFileSync(
      speedPage,
      withPart(readFileSync(speedPage, 'utf8'), WORLDS_HEADING, worldsPart(measured, process.version)),
    );
  process.exit(0);
}

const bare = await start('./bare.ts');
const subject = await start('./subject.ts');
const idle = (await subject.ask('gc')).rss;
const rows = [];
for (const scenario of scenarios.filter((one) => values.only === undefined || one.name.includes(values.only))) {
  process.stderr.write(`${scenario.name} …\n`);
  rows.push(
    await measure(scenario, bare, subject, { rounds: Number(values.rounds), seconds: Number(values.seconds ?? '2') }),
  );
}
const loaded = (await subject.ask('memory')).rss;
const facts = { startedIn: subject.startedIn, bareStartedIn: bare.startedIn, idle, loaded, node: process.version };
const grown = values.growth ? await growth(subject) : [];
await Promise.all([bare.stop(), subject.stop()]);
const steps = values.profile || values.write ? await profile() : [];
if (values.json) process.stdout.write(`${JSON.stringify({ rows, facts, grown, steps })}\n`);
else process.stdout.write(`${table(rows, facts, grown, steps)}\n`);
if (values.write)
  writeFileSync(speedPage, withFigures(readFileSync(speedPage, 'utf8'), page(rows, facts, grown, steps)));
