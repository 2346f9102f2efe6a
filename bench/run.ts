// `npm run bench` measures what each call costs, as a share of a bare node:http server answering the same bytes in the
// same run, in turns. Options: --rounds N, --seconds N, --only NAME, --growth (takes minutes), --profile, --json,
// --write (docs/guide/speed.md). Each option of `parts` measures one other thing alone, and with --write its part of the
// page.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keysOf } from '@hallpass/protocol';
import { measureBuiltStart } from './src/built-start.ts';
import { type Measured, start } from './src/child.ts';
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
import { measureRotation, ROTATION_HEADING, rotationPart, rotationTable } from './src/keys/rotation.ts';
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
    rotation: { type: 'boolean', default: false },
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
const writePage = (changed: (page: string) => string): void =>
  writeFileSync(speedPage, changed(readFileSync(speedPage, 'utf8')));

/** Starts the measured server for as long as `measure` takes. */
async function withSubject<T>(measure: (subject: Measured) => Promise<T>): Promise<T> {
  const subject = await start('./subject.ts');
  const measured = await measure(subject);
  await subject.stop();
  return measured;
}

/** Measures one thing, prints it, and writes its part of the page where that is wanted. */
async function run<T>(
  heading: string,
  measured: Promise<T>,
  tableOf: (measured: T) => string,
  partOf: (measured: T, node: string) => string,
): Promise<void> {
  const result = await measured;
  process.stdout.write(`${values.json ? JSON.stringify(result) : tableOf(result)}\n`);
  if (values.write) writePage((page) => withPart(page, heading, partOf(result, process.version)));
}

/** Things that are measured alone, by the option that asks for each. */
const parts = {
  /** A minute of mixed and hostile requests; with --seconds N so many seconds. */
  soak: () =>
    run(
      SOAK_HEADING,
      withSubject((subject) => soak(subject, Number(values.seconds ?? '60'))),
      soakTable,
      soakPart,
    ),
  /** A hundred thousand requests of strangers, and what they leave; with --requests N so many. */
  strangers: () => run(STRANGERS_HEADING, measureStrangers(Number(values.requests)), strangersTable, strangersPart),
  /** The memory after calls with so many different tokens. */
  tokens: () =>
    run(
      DIFFERENT_HEADING,
      withSubject((subject) => differentTokens(subject, Number(values.tokens))),
      differentTable,
      differentPart,
    ),
  /** The time that `hallpass exec` adds to a command and to a call. */
  exec: () => run(EXEC_HEADING, measureExec(), execTable, execPart),
  /** The cost of clock and faults of an emulator. */
  emulator: () => run(EMULATOR_HEADING, measureEmulator(), emulatorTable, emulatorPart),
  /** The cost of worlds of an emulator. */
  worlds: () => run(WORLDS_HEADING, measureWorlds(), worldsTable, worldsPart),
  /** The cost of a question to a vault. */
  vault: () => run(VAULT_HEADING, measureVault(), vaultTable, vaultPart),
  /** The rate of a vault's sweeps; with --connections N. */
  sweep: () => run(SWEEP_HEADING, measureSweep(Number(values.connections)), sweepTable, sweepPart),
  /** The year of a fleet of a vault, which takes long; with --people N (nine connections each) and --days N. */
  fleet: () => run(FLEET_HEADING, measureFleet(Number(values.people), Number(values.days)), fleetTable, fleetPart),
  /** Wrong answers while a key is changed; with --seconds N for each row. */
  rotation: () =>
    run(
      ROTATION_HEADING,
      withSubject((subject) => measureRotation(subject, Number(values.seconds ?? '15'))),
      rotationTable,
      rotationPart,
    ),
  /** The durable acts a second on PostgreSQL; with --seconds N for each row. */
  acts: () => run(ACTS_HEADING, measureActs(Number(values.seconds ?? '4') * 1000), actsTable, actsPart),
};

// A PostgreSQL of its own runs for as long as this takes, where none is named.
if ((values.fleet || values.acts || values.sweep) && process.env['DATABASE_URL'] === undefined) {
  const again = [process.execPath, '--conditions=source', ...process.argv.slice(1)];
  const postgres = fileURLToPath(new URL('../scripts/postgres.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, ['--conditions=source', postgres, ...again], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const wanted = keysOf(parts).filter((name) => values[name]);
for (const name of wanted) await parts[name]();
if (wanted.length > 0) process.exit(0);

const started = values.only === undefined ? await measureBuiltStart() : undefined;
const bare = await start('./bare.ts');
const subject = await start('./subject.ts');
const rows: Awaited<ReturnType<typeof measure>>[] = [];
for (const scenario of scenarios.filter((one) => values.only === undefined || one.name.includes(values.only))) {
  process.stderr.write(`${scenario.name} …\n`);
  rows.push(
    await measure(scenario, bare, subject, { rounds: Number(values.rounds), seconds: Number(values.seconds ?? '2') }),
  );
}
const loaded = (await subject.ask('memory')).rss;
const facts = { started, loaded, node: process.version };
const grown = values.growth ? await growth(subject) : [];
await Promise.all([bare.stop(), subject.stop()]);
const steps = values.profile || values.write ? await profile() : [];
if (values.json) process.stdout.write(`${JSON.stringify({ rows, facts, grown, steps })}\n`);
else process.stdout.write(`${table(rows, facts, grown, steps)}\n`);
if (values.write) writePage((before) => withFigures(before, page(rows, facts, grown, steps)));
