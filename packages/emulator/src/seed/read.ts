// A seed file is YAML that describes a whole world. Everything wrong is told at once, each with its line.
import { readFileSync } from 'node:fs';
import type { WorldSeed } from '@hallpass/server/testing';
import type { core } from 'zod';
import { type Directory, directoryOf } from './directory.ts';
import { BadSeed, type Path, pathInWords, type Problem } from './problems.ts';
import { faultsOf, type SeedFault } from './faults.ts';
import { checkReferences, type Report } from './references.ts';
import { mappingsOfFile } from './keys.ts';
import { fileShape } from './shape.ts';
import { readSource, type Source } from './source.ts';
import { didYouMean } from './suggest.ts';
import { checkTestWorlds } from './test-worlds.ts';
import { worldOf } from './world.ts';

export interface Seed {
  /** Names the world: the ids by which apps know people follow from it. */
  name: string;
  /** Epoch seconds at which the world begins; undefined for now. */
  at: number | undefined;
  /** Time stands still until the clock is moved. */
  frozen?: boolean;
  world: WorldSeed;
  /** Orders that stand from the beginning. */
  faults?: readonly SeedFault[];
}

/** Reads the text of a seed file. `file` is how it is called in messages. @throws BadSeed with every problem */
export function readSeed(text: string, file: string): Seed {
  const source = readSource(text);
  if (source.problems.length > 0) throw new BadSeed(file, source.problems);
  const problems: Problem[] = [];
  const report: Report = (path, message) =>
    void problems.push({ ...source.place(path), path: pathInWords(path), message });
  const directory: Directory = directoryOf(source.value);
  const checked = fileShape.safeParse(source.value ?? {});
  for (const issue of checked.error?.issues ?? []) reportIssue(issue, source, report);
  checkReferences(source.value, directory, report);
  checkTestWorlds(source.value, directory, report);
  if (problems.length > 0 || !checked.success) throw new BadSeed(file, problems);
  const { name, at, frozen } = checked.data;
  const faults = faultsOf(checked.data, directory);
  return {
    name,
    at,
    ...(frozen === undefined ? {} : { frozen }),
    world: worldOf(checked.data, directory),
    ...(faults.length === 0 ? {} : { faults }),
  };
}

/** Reads a seed file. @throws BadSeed, also where it cannot be read */
export function loadSeed(file: string | URL, called: string = String(file)): Seed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadSeed(called, [{ line: 1, column: 1, path: '', message: cannotRead(error) }]);
  }
  return readSeed(text, called);
}

function cannotRead(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'this is a directory, not a file';
  return code === 'EACCES'
    ? "you aren't allowed to read the file"
    : `the file can't be read (${code ?? 'unknown error'})`;
}

function reportIssue(issue: core.$ZodIssue, source: Source, report: Report): void {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') return report(path, issue.message);
  const known = (mappingsOfFile().get(path.filter((part) => typeof part === 'string').join('.')) ?? []).map(
    ({ key }) => key,
  );
  const used = new Set(Object.keys((valueAt(source.value, path) as object | undefined) ?? {}));
  for (const key of issue.keys)
    report(
      [...path, key],
      `there is no such key${didYouMean(
        key,
        known.filter((one) => !used.has(one)),
      )}`,
    );
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<string | number, unknown> | undefined)?.[part], value);
}
