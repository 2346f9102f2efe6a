// Rows hold tasks on a Page in one form: a JSON list. In whatever order they were written, they are read with the tasks
// that come along with each, and in the order in which answers list them.
import { pageTasks, readJson, shape, type Task, tasksHeld } from '@hallpass/protocol';

const tasksShape = shape.listOf(shape.keyOf(pageTasks));

export const readTasks = (json: string): Task[] => [...tasksHeld(readJson(tasksShape, json))];
