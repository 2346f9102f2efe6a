// The report of a check for a person at a terminal: one line for each story, and below it what does not hold.
import { styleText } from 'node:util';
import { brokenIn, type CheckModule, type CheckReport, countStates, type ModuleState } from '@hallpass/emulator/check';

const stateWords = {
  passed: { word: 'passed', colour: 'green' },
  warned: { word: 'warned', colour: 'yellow' },
  failed: { word: 'FAILED', colour: 'red' },
  untouched: { word: 'untouched', colour: 'dim' },
  unchecked: { word: 'not checked', colour: 'dim' },
} as const satisfies Record<ModuleState, { word: string; colour: Parameters<typeof styleText>[0] }>;

const WIDTH = Math.max(...Object.values(stateWords).map(({ word }) => word.length));

export function reportInWords(report: CheckReport): string {
  const counts = countStates(report.modules);
  const told = Object.entries(stateWords).flatMap(([state, { word }]) => {
    const count = counts[state as ModuleState];
    return count === 0 ? [] : [`${count} ${word.toLowerCase()}`];
  });
  const seconds = (report.ms / 1000).toFixed(1);
  return [
    `hallpass check: ${report.modules.length} ${report.modules.length === 1 ? 'story' : 'stories'}, ${told.join(', ')} (${seconds} s)`,
    `  ${report.command.join(' ')}, ${report.app} in the world ${report.world}`,
    '',
    ...report.modules.flatMap(linesOf),
  ].join('\n');
}

function linesOf(module: CheckModule): string[] {
  const { word, colour } = stateWords[module.state];
  const state = styleText(colour, word.padEnd(WIDTH), { validateStream: true });
  const indent = ' '.repeat(WIDTH + 4);
  return [
    `  ${state}  ${module.story}`,
    ...(module.reason === undefined ? [] : [`${indent}${module.reason}`]),
    ...brokenIn(module).flatMap(({ rule, severity, words, seen, link }) => [
      `${indent}${severity} ${rule}: ${words}`,
      `${indent}  ${seen ?? ''} (${link})`,
    ]),
    ...(module.state === 'failed' || module.state === 'warned' ? [`${indent}A good app: ${module.expect}`] : []),
  ];
}
