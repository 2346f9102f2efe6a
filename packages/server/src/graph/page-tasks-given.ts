// Names of tasks on Pages that a call permits to a business. Source: permitted_tasks of the agencies and client_pages edges.
import { isTask, pageTasks, refuse, type Task } from '@hallpass/protocol';

/** @throws Refusal param.must_be for an empty list and for what is no task */
export function pageTasksGiven(names: readonly string[]): Task[] {
  if (names.length === 0 || !names.every(isTask))
    throw refuse('param.must_be', { name: 'permitted_tasks', what: `names of tasks such as ${Object.keys(pageTasks).slice(0, 3).join(', ')}` });
  return [...new Set(names as Task[])];
}
