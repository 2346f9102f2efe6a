// This module writes the reference page of the rules by which `hallpass check` judges.
import { type CheckRule, checkRules, moduleStates, severities } from '@hallpass/emulator/check';
import { aftermaths } from '@hallpass/emulator';
import { code, table } from './markdown.ts';

export function checkRulePage(): string {
  const rules: [string, CheckRule][] = Object.entries(checkRules);
  return [
    '# Rules of hallpass check',
    'How a check is made: [check](../../guide/check.md). Each rule is a condition that holds of a good app, for some stories or for all of them.',
    table(
      ['state of a story', 'when'],
      Object.entries(moduleStates).map(([state, when]) => [code(state), when]),
    ),
    table(
      ['severity', 'where the condition does not hold'],
      Object.entries(severities).map(([severity, words]) => [code(severity), words]),
    ),
    ...rules.flatMap(([id, rule]) => [
      `## ${id}`,
      `**${rule.words}** ${rule.why}`,
      `Severity ${code(rule.severity)}; looked at ${storiesOf(rule)}. More: [${rule.more}](../../${rule.more}).`,
    ]),
  ].join('\n\n');
}

function storiesOf({ leaves = [], stories = [] }: CheckRule): string {
  if (leaves.length + stories.length === 0) return 'in every story';
  const states = leaves.map((one) => `${code(one)} (${aftermaths[one].replace(/\.$/, '')})`);
  return [
    ...(states.length === 0 ? [] : [`in stories that leave the token ${states.join(', ')}`]),
    ...(stories.length === 0 ? [] : [`in ${stories.map(code).join(', ')}`]),
  ].join(', and ');
}
