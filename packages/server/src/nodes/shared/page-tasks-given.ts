// Names of tasks on Pages as calls send them. Source: permitted_tasks of the agencies and client_pages edges, tasks of
// assigned_users.
import { isTask, pageTasks, graphError, type Task } from '@hallpass/protocol';

/** @throws GraphError param.required for an empty list, param.must_be for what is no task */
export function pageTasksGiven(names: readonly string[], name = 'permitted_tasks'): Task[] {
  if (names.length === 0) throw graphError('param.required', { name });
  const wrong = names.findIndex((one) => !isTask(one));
  if (wrong >= 0)
    throw graphError('param.must_be', {
      name: `${name}[${wrong}]`,
      what: `one of {${Object.keys(pageTasks).join(', ')}}`,
    });
  return [...new Set(names as Task[])];
}
