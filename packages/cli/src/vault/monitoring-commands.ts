// `hallpass vault alerts` and `dashboard`: the files for Prometheus and Grafana that fit this version of the vault.
import { Command } from 'commander';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';

const printing = (
  outside: Outside,
  { name, doc, line, text }: { name: string; doc: string; line: string; text(): Promise<string> },
): Command =>
  new Command(name)
    .description(doc)
    .addHelpText('after', example(line))
    .action(async () => outside.out((await text()).trimEnd()));

export const alertsCommand = (outside: Outside): Command =>
  printing(outside, {
    name: 'alerts',
    doc: 'Print alert rules for Prometheus: what to be called for, and what to do then.',
    line: 'hallpass vault alerts > /etc/prometheus/rules/hallpass-vault.yaml',
    text: async () => (await import('@hallpass/vault')).alertFile(),
  });

export const dashboardCommand = (outside: Outside): Command =>
  printing(outside, {
    name: 'dashboard',
    doc: 'Print a dashboard to import into Grafana.',
    line: 'hallpass vault dashboard > hallpass-vault.json',
    text: async () => (await import('@hallpass/vault')).dashboardFile(),
  });
