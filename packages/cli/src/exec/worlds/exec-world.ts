// The world that a command meets: one of its own, or that of an emulator that runs already. It is opened when the first
// connection comes, or a moment after the command was started: a command that asks nothing need not wait for it.
import type { Duplex } from 'node:stream';
import type { Emulator, Seed } from '@hallpass/emulator';
import type { FrontEvent, Journal, JournalWriter, Report } from '@hallpass/emulator/front';
import { emulatorOptions } from '../../surroundings/emulator-options.ts';
import { letYoungGenerationGrow } from '../../surroundings/heap-growth.ts';
import type { ExecRequest } from '../exec-request.ts';
import type { JoinedEmulator } from './joined-emulator.ts';
import type { ExecWorldOptions, OpenWorld } from './open-world.ts';

export interface ExecWorld {
  /** Opens the world, if that was not begun yet. Rejects where it cannot be opened. */
  open(): Promise<void>;
  /** Takes a connection: to one of Meta's hosts, or to the proxy. */
  accept(connection: Duplex, port?: 443 | 80): void;
  /** Notes what happened to a connection or name that never came to a world. */
  noted(event: FrontEvent): void;
  /** Tells of the calls so far. */
  report(): Promise<Report>;
  close(): Promise<void>;
}

/** Reads a seed file before a command starts: mistakes in it end everything. @throws BadSeed */
export async function seedOf(path: string | undefined): Promise<Seed | undefined> {
  if (path === undefined) return undefined;
  const { loadSeed } = await import('@hallpass/emulator');
  return loadSeed(path, path);
}

export function createExecWorld(options: ExecWorldOptions): ExecWorld {
  const events: FrontEvent[] = [];
  /** More of them would fill the memory of a command that asks without end. */
  const MOST_EVENTS = 10_000;
  const noted = (event: FrontEvent): void => void (events.length < MOST_EVENTS && events.push(event));
  let opened: Promise<OpenWorld & { journal: Journal }> | undefined;

  const open = () => (opened ??= begin());
  async function begin() {
    const { createJournal } = await import('@hallpass/emulator/front');
    const journal = createJournal();
    const world = await (options.record
      ? recorded(options.record, journal)
      : options.join
        ? joined(options.join, journal)
        : own(options, journal, noted));
    return { ...world, journal };
  }
  async function recorded(record: NonNullable<ExecRequest['record']>, journal: JournalWriter): Promise<OpenWorld> {
    const { recordedWorld } = await import('./recorded-world.ts');
    return recordedWorld(options, record, journal, noted);
  }
  async function joined(join: JoinedEmulator, journal: JournalWriter): Promise<OpenWorld> {
    const { joinedWorld } = await import('./joined-world.ts');
    return joinedWorld(options, join, journal, noted);
  }

  return {
    noted,
    open: async () => void (await open()),
    accept(connection, port) {
      connection.on('error', () => connection.destroy());
      open().then(
        (world) => world.accept(connection, port),
        () => connection.destroy(),
      );
    },
    async report() {
      const world = await opened;
      if (!world && events.length === 0) return nothingAsked;
      const { createJournal, reportOf } = await import('@hallpass/emulator/front');
      if (world)
        return reportOf({ journal: world.journal, events, apps: world.apps, ask: world.ask, now: world.now() });
      // Nobody called, but other hosts may have been asked for.
      const ask = (): never => {
        throw new Error('There is no world to ask.');
      };
      return reportOf({ journal: createJournal(), events, apps: [], ask, now: options.outside.clock.now() });
    },
    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

/** A command that asked nothing need not wait for what makes reports. */
const nothingAsked: Report = { calls: 0, endpoints: [], tokens: [], versions: [], errors: [], hosts: [], cut: false };

async function own(
  { authority, seed, controlToken, tunnel, outside, logLevel }: ExecWorldOptions,
  journal: JournalWriter,
  noted: (event: FrontEvent) => void,
): Promise<OpenWorld> {
  const { createEmulator } = await import('@hallpass/emulator');
  const signer = await authority();
  const emulator: Emulator = await createEmulator({
    ...(seed ? { seed } : {}),
    ...(await emulatorOptions(outside)),
    log: logLevel === undefined ? () => undefined : outside.log(logLevel).log,
    controlToken,
    front: { authority: () => signer, tunnel, noted },
    observe: journal.note,
  });
  letYoungGenerationGrow();
  return {
    accept: emulator.accept,
    apps: emulator.seed.world.apps,
    ask: (request) => emulator.server.handle(request),
    now: () => emulator.clock.now(),
    close: () => emulator.close(),
  };
}
