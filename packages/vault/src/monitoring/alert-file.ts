// The file of rules that Prometheus reads, written from the table of alerts.
import { entriesOf } from '@hallpass/protocol';
import { type AlertRule, alertRules } from './alerts.ts';

/** A text of YAML in double quotes, which are those of JSON. */
const quoted = (text: string): string => JSON.stringify(text);

/** The rules as YAML. */
export function alertFile(): string {
  const rules = entriesOf<Readonly<Record<string, AlertRule>>>(alertRules).flatMap(([name, rule]) => [
    `      - alert: ${name}`,
    `        expr: ${quoted(rule.expr)}`,
    `        for: ${rule.for}`,
    '        labels:',
    `          severity: ${rule.severity}`,
    '        annotations:',
    `          summary: ${quoted(rule.summary)}`,
    `          description: ${quoted(rule.action)}`,
  ]);
  return `${['groups:', '  - name: hallpass-vault', '    rules:', ...rules].join('\n')}\n`;
}
