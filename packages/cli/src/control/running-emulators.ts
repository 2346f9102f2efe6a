// An emulator that runs on leaves a note for the other commands of the same person: where it listens, and the token of its
// control interface. The note is readable by that person alone, and goes with the emulator.
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson, shape } from '@hallpass/protocol';
import type { Outside } from '../surroundings/outside.ts';
import { dataFolder } from '../trust/data-folder.ts';

interface RunningEmulator {
  url: string;
  token: string;
  /** The process that answers there, and the namespace in which this is its number. */
  pid: number;
  space: string;
}

const noteShape = shape.object<RunningEmulator>({
  url: shape.text,
  token: shape.text,
  pid: shape.number,
  space: shape.text,
});

const folderOf = (outside: Outside): string => join(dataFolder(outside), 'running');
const fileOf = (folder: string, port: number): string => join(folder, `${port}.json`);

/** Leaves the note; @returns a function that takes it away. Where no file can be written there is none. */
export function noteEmulator(
  { url, port, controlToken }: { url: string; port: number; controlToken: string },
  outside: Outside,
): () => void {
  const folder = folderOf(outside);
  const file = fileOf(folder, port);
  const note: RunningEmulator = { url, token: controlToken, pid: outside.pid, space: outside.processSpace };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeStale(folder, outside);
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify(note), { mode: 0o600, flag: 'wx' });
  } catch {
    return () => {};
  }
  return () => {
    if (read(file, outside)?.token === controlToken) rmSync(file, { force: true });
  };
}

/** The control token of the emulator on this port, where this person has started it. */
export function notedToken(port: number, outside: Outside): string | undefined {
  const note = read(fileOf(folderOf(outside), port), outside);
  return note && !hasEnded(note, outside) ? note.token : undefined;
}

/** The addresses of the emulators that this person has started and that still run. */
export function notedAddresses(outside: Outside): string[] {
  const folder = folderOf(outside);
  if (!existsSync(folder)) return [];
  const notes = readdirSync(folder).map((name) => read(join(folder, name), outside));
  return notes.flatMap((note) => (note && !hasEnded(note, outside) ? [note.url] : [])).toSorted();
}

/** One in another namespace cannot be seen, and counts as running. */
const hasEnded = ({ pid, space }: RunningEmulator, outside: Outside): boolean =>
  space === outside.processSpace && !outside.isRunning(pid);

/** A note that somebody else could have written, or read, is none. */
function read(file: string, outside: Outside): RunningEmulator | undefined {
  const state = lstatSync(file, { throwIfNoEntry: false });
  if (!state?.isFile()) return undefined;
  const others = outside.platform === 'win32' ? 0 : state.mode & 0o077;
  if (others !== 0 || (outside.user && state.uid !== outside.user.id)) return undefined;
  try {
    return parseJson(noteShape, readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Removes the notes of emulators that were killed. */
function removeStale(folder: string, outside: Outside): void {
  for (const name of readdirSync(folder)) {
    const note = read(join(folder, name), outside);
    if (note && hasEnded(note, outside)) rmSync(join(folder, name), { force: true });
  }
}
