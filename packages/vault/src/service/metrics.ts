// Figures for monitoring, in the text format of Prometheus. No name and no id of a connection is a label.
import { keysOf } from '@hallpass/protocol';
import { holderStates } from '../states.ts';
import { countByState } from '../store/connections.ts';
import { countDeliveries } from '../store/deliveries.ts';
import type { Vault } from '../vault.ts';

export async function metrics({ parts }: Vault, tenant: string): Promise<string> {
  const { db, world } = parts;
  const states = await countByState(db.read, tenant);
  const { waiting, failed, oldest } = await countDeliveries(db.read, tenant);
  const age = oldest === undefined ? 0 : Math.max(0, world.clock.now() - oldest);
  const gauge = (name: string, help: string, lines: readonly string[]): string[] => [
    `# HELP hallpass_vault_${name} ${help}`,
    `# TYPE hallpass_vault_${name} gauge`,
    ...lines.map((line) => `hallpass_vault_${name}${line}`),
  ];
  const lines = [
    ...gauge(
      'connections',
      'Connections by state.',
      keysOf(holderStates).map((state) => `{state="${state}"} ${states[state] ?? 0}`),
    ),
    ...gauge('deliveries', 'Mails and webhook calls that are waiting or failed.', [
      `{state="waiting"} ${waiting}`,
      `{state="failed"} ${failed}`,
    ]),
    ...gauge('delivery_age_seconds', 'Age of the longest waiting one.', [` ${age}`]),
  ];
  return `${lines.join('\n')}\n`;
}
