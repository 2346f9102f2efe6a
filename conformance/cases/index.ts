// Every case, in the order of the fidelity page.
import type { Case } from '../src/case.ts';
import { cases as dialog } from './dialog.ts';
import { cases as endings } from './endings.ts';
import { cases as graph } from './graph.ts';
import { cases as inspection } from './inspection.ts';
import { cases as source000 } from './source-000.ts';
import { cases as source001 } from './source-001.ts';
import { cases as source002 } from './source-002.ts';
import { cases as source003 } from './source-003.ts';
import { cases as source004 } from './source-004.ts';
import { cases as tokens } from './tokens.ts';

export const cases: readonly Case[] = [
  ...source000,
  ...source001,
  ...source002,
  ...source003,
  ...source004,
  ...dialog,
  ...tokens,
  ...inspection,
  ...graph,
  ...endings,
];
