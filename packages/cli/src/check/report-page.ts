// The report of a check as a page that needs nothing else: no script, no other file, no network.
import { type CheckReport, type CheckRule, checkRules } from '@hallpass/emulator/check';
import { checkReport } from '@hallpass/server/testing';

export function reportPage(report: CheckReport): string {
  const used = new Set(report.modules.flatMap(({ conditions }) => conditions.map(({ rule }) => rule)));
  const all: [string, CheckRule][] = Object.entries(checkRules);
  const rules = all
    .filter(([rule]) => used.has(rule))
    .map(([rule, { severity, words, why }]) => ({ rule, severity, words, why }));
  return checkReport({ ...report, rules });
}
