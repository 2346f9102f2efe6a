// The shapes of a seed file share these parts.
import { adAccountTasks, isTask, keysOf, oldPageRoles, pageTasks } from '@hallpass/protocol';
import { z } from 'zod';
import { either } from '../problems.ts';
import { didYouMean } from '../suggest.ts';
import { id, line, oneOrMore, text } from '../values.ts';

/** A mapping with these keys and no other. */
export const mapping = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be key: value pairs'),
  });

export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: (issue) => (issue.input === undefined ? 'is missing' : `must be ${either(words)}`) });

/** Keys are references to people; of what they hold there may be one or a list. */
export const byPerson = <Item extends z.ZodType>(item: Item) =>
  z.record(z.string(), oneOrMore(item), { error: 'must be pairs of a person and what the person may do' });

/** Other parts of the file may name it by this key, besides its id. */
export const key = text
  .regex(/^[\w.-]{1,40}$/, 'must be a short word of letters, digits, _, - and .')
  .optional()
  .describe('A short word by which the rest of the file names it.');

export const ownId = id
  .optional()
  .describe('Digits; made up from the name of the world and the key when it is left out.');

export const place = mapping({ id: id.describe('Digits.'), name: line.describe('Its name.') });

export const adAccountTask = oneOf(keysOf(adAccountTasks));

const taskWords = [...Object.keys(pageTasks), ...Object.keys(oldPageRoles)];

export const taskOrRole = text.superRefine((name, context) => {
  if (isTask(name) || Object.hasOwn(oldPageRoles, name)) return;
  context.addIssue({
    code: 'custom',
    message: `there is no task or role ${JSON.stringify(name)}${didYouMean(name, taskWords)}`,
  });
});
