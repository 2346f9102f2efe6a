// This run is a year of a large fleet: its tokens live in an emulator world, four workers sweep on PostgreSQL as processes
// of their own and are killed now and then, and one call in twenty fails. Whatever goes wrong is listed, and fails the run.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeWorld } from '@hallpass/world';
import { Chance } from '../../../packages/vault/test/fleet/chance.ts';
import type { Crew } from '../../../packages/vault/test/fleet/crew.ts';
import { dumpOf } from '../../../packages/vault/test/fleet/dump.ts';
import { openFleet } from '../../../packages/vault/test/fleet/open-fleet.ts';
import { Year, type YearResult } from '../../../packages/vault/test/fleet/year.ts';
import type { WorkerOptions } from './fleet-worker.ts';

export const FLEET_HEADING = '## A year of a fleet';

const WORKERS = 4;
const FAULTS = 0.05;
/** Hours from one sweep of the workers to the next. A service sweeps every minute; what is due waits here for two hours at most. */
const SWEEP_EVERY = 2;
/** Its tables have a schema of their own. */
const SCHEMA = `fleet_${process.pid}`;
/** Milliseconds of a sweep within which a worker is killed. */
const KILLED_WITHIN = 60;

interface FleetMeasured extends YearResult {
  people: number;
  seconds: number;
  looked: number;
  calls: number;
  /** Secrets that were looked for in a dump of the database and all logs. */
  canaries: number;
  load: number;
}

type Told = { counts?: { looked: number; calls: number }; ready?: true; failed?: string };

/** A worker, and the promise that is kept when its process ends. */
interface Worker {
  child: ChildProcess;
  ended: Promise<unknown>;
}

class CrewOfProcesses implements Crew {
  readonly #options: Omit<WorkerOptions, 'name' | 'seed'>;
  readonly #chance: Chance;
  readonly #now: () => number;
  readonly #workers: Worker[] = [];
  #made = 0;
  #kill = false;
  killed = 0;
  looked = 0;
  calls = 0;

  constructor(options: Omit<WorkerOptions, 'name' | 'seed'>, chance: Chance, now: () => number) {
    this.#options = options;
    this.#chance = chance;
    this.#now = now;
  }

  async start(): Promise<void> {
    for (let n = 0; n < WORKERS; n++) this.#workers.push(await this.#newWorker());
  }

  async #newWorker(): Promise<Worker> {
    const seed = ++this.#made;
    const options: WorkerOptions = { ...this.#options, name: `process-${seed}`, seed };
    const child = fork(fileURLToPath(new URL('./fleet-worker.ts', import.meta.url)), [JSON.stringify(options)], {
      execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit');
    await once(child, 'message');
    return { child, ended };
  }

  killOne(): void {
    this.#kill = true;
  }

  async sweep(): Promise<void> {
    const victim = this.#kill ? this.#chance.pick(this.#workers) : undefined;
    this.#kill = false;
    if (victim) setTimeout(() => victim.child.kill('SIGKILL'), this.#chance.below(KILLED_WITHIN));
    await Promise.all(this.#workers.map((worker, at) => this.#sweepOf(worker, at, worker === victim)));
  }

  async #sweepOf({ child, ended }: Worker, at: number, dies: boolean): Promise<void> {
    const told = await new Promise<Told | undefined>((resolve) => {
      child.once('message', (message: Told) => resolve(message));
      void ended.then(() => resolve(undefined));
      child.send({ sweep: this.#now() });
    });
    this.looked += told?.counts?.looked ?? 0;
    this.calls += told?.counts?.calls ?? 0;
    if (!dies && told) return;
    await ended;
    this.killed++;
    this.#workers[at] = await this.#newWorker();
  }

  async close(): Promise<void> {
    for (const { child, ended } of this.#workers) {
      child.disconnect();
      await ended;
    }
  }
}

/** @throws Error where a token was lost, a death not told or told wrongly, or a secret found */
export async function measureFleet(people: number, days: number): Promise<FleetMeasured> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('A fleet needs a database: set DATABASE_URL.');
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-fleet-'));
  const logFile = join(folder, 'workers.log');
  const { wall } = nodeWorld();
  const database = { kind: 'postgres' as const, url, schema: SCHEMA };
  const place = { kind: 'postgres' as const, options: () => ({ ...database, wall }), remove: async () => undefined };
  const size = {
    people,
    pagesEach: 8,
    systemUsers: Math.max(2, Math.round(people / 11)),
    others: Math.max(1, Math.round(people / 30)),
  };
  const { fleet, emulator, lines, close } = await openFleet(place, size, 2027);
  const began = performance.now();
  try {
    await fleet.connectEverybody((done) => void (done % 90 === 0 && process.stderr.write(`\r${done} connected `)));
    const chance = new Chance(1);
    const options = { url, schema: SCHEMA, faults: FAULTS, logFile };
    const crew = new CrewOfProcesses(options, chance, () => emulator.clock.now());
    await crew.start();
    const progress = (day: number): void => void process.stderr.write(`\rday ${day} of ${days}, ${crew.looked} looks `);
    const actsADay = Math.max(1, people / 40);
    const year = await new Year(fleet, crew, { days, actsADay, kills: 0.08, sweepEvery: SWEEP_EVERY, progress }).live();
    const seconds = (performance.now() - began) / 1000;
    await crew.close();
    const logs = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
    const found = fleet.canaries.foundIn(`${await dumpOf(fleet.parts)}\n${logs}\n${lines.join('\n')}`);
    const { looked, calls } = crew;
    const faults = [...year.faults, ...found.map((word) => `A secret was found that begins with ${word}.`)];
    if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.slice(0, 40).join('\n')}`);
    return { ...year, people, seconds, looked, calls, canaries: fleet.canaries.size, load: loadavg()[0] ?? 0 };
  } finally {
    await close();
    rmSync(folder, { recursive: true });
  }
}

const count = (number: number): string => number.toLocaleString('en');

export function fleetTable(year: FleetMeasured): string {
  const acts = Object.values(year.acts).reduce((sum, times) => sum + times, 0);
  const of = (kind: string): string => count(year.events[kind] ?? 0);
  return [
    '| what | value |',
    '|---|---|',
    `| connections, days | ${count(year.connections)}, ${year.days} |`,
    `| acts that end tokens, of so many kinds | ${count(acts)}, ${Object.keys(year.acts).length} |`,
    `| looks by ${WORKERS} workers, calls | ${count(year.looked)}, ${count(year.calls)} |`,
    `| workers killed | ${count(year.killed)} |`,
    `| calls that failed by design | ${FAULTS * 100} % |`,
    `| deaths | ${count(year.deaths)} |`,
    `| told of a death or a block; longest time from one to the other | ${of('died')} + ${of('blocked')}; ${(year.latest / 3600).toFixed(1)} h |`,
    `| tokens extended, derived anew, connected again by people | ${of('extended')}, ${of('derived')}, ${of('reconnected')} |`,
    '| tokens lost that could have been kept; deaths not told, told twice, or none | 0; 0 |',
    `| secrets looked for in a dump of the database and all logs, found | ${count(year.canaries)}, 0 |`,
    `| time, load of the machine | ${year.seconds.toFixed(0)} s, ${year.load.toFixed(1)} |`,
  ].join('\n');
}

/** The part of the page. */
export const fleetPart = (year: FleetMeasured, node: string): string => `${FLEET_HEADING}

Made by \`npm run bench -- --fleet --people ${year.people} --write\` on Node ${node} with two shared cores: tokens of people, Pages and system users in a vault, given by
an emulator whose clock is moved through the days, ended by acts through its real pages and calls, and swept by ${WORKERS} processes on
PostgreSQL, every two hours where a service sweeps every minute. At the end each event is held against what truly happened. A token that is lost, a death that is not told or told twice, and
a token that works and is called dead fail the run.

${fleetTable(year)}
`;
