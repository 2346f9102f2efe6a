// These tasks say what somebody may do with an ad account. The names are those of POST /act_{id}/assigned_users; which
// one brings along which is ours, since no document says it.
import { keysOf } from '../keys.ts';
import type { TaskEntry } from './tasks.ts';

export interface AdAccountTaskEntry extends Omit<TaskEntry, 'group'> {
  includes?: readonly string[];
}

// biome-ignore format: it is read as a table
export const adAccountTasks = {
  MANAGE: { title: 'Manage the ad account', doc: 'Change settings of the ad account, and give and take tasks.', includes: ['ADVERTISE', 'ANALYZE', 'DRAFT'] },
  ADVERTISE: { title: 'Manage campaigns', doc: 'Create, change, pause and delete campaigns.', includes: ['ANALYZE', 'DRAFT'] },
  ANALYZE: { title: 'View performance', doc: 'See the ad account, its campaigns and figures about them.' },
  DRAFT: { title: 'Draft campaigns', doc: 'Prepare campaigns for someone else to publish; here it allows the same as ANALYZE.', includes: ['ANALYZE'] },
  AA_ANALYZE: { title: 'View performance as a partner', doc: 'See the same as ANALYZE.', includes: ['ANALYZE'] },
} as const satisfies Record<string, AdAccountTaskEntry>;

export type AdAccountTask = keyof typeof adAccountTasks;

/** Every task there is: what an owner has. */
export const everyAdAccountTask = keysOf(adAccountTasks);

/** True for the name of a task, exactly as it is written. */
export function isAdAccountTask(name: string): name is AdAccountTask {
  return Object.hasOwn(adAccountTasks, name);
}

/** The tasks that somebody who was given `names` holds, with what comes along, in the order of the table. */
export function adAccountTasksHeld(names: Iterable<AdAccountTask>): Set<AdAccountTask> {
  const held = new Set<string>();
  for (const name of names) {
    const entry: AdAccountTaskEntry = adAccountTasks[name];
    held.add(name);
    for (const included of entry.includes ?? []) held.add(included);
  }
  return new Set(everyAdAccountTask.filter((name) => held.has(name)));
}
