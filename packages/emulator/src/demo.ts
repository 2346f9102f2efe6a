// The demo world is ready to use: the same ids, secrets and passwords at every start. Its file is worlds/demo.yaml;
// beside it lies what was read from it, so that the usual start need not read YAML. A guard sees to it that both say
// the same.
import { readFileSync } from 'node:fs';
import type { Seed } from './seed/read.ts';

export function demoSeed(): Seed {
  return JSON.parse(readFileSync(new URL('../worlds/demo.seed', import.meta.url), 'utf8')) as Seed;
}
