// The form of a fault in a seed file: the words of `hallpass fault add`.
import { z } from 'zod';
import { faultStepNames } from '../../faults/fault-orders.ts';
import { orderNamed, WrongOrder } from '../../faults/named-order.ts';
import { duration, text, whole } from '../values.ts';
import { mapping, oneOf } from './parts.ts';

const pairs = <Item extends z.ZodType>(item: Item) => z.record(z.string(), item, { error: 'must be key: value pairs' });
const number = z.number({ error: 'must be a number' }).min(0, 'must not be below 0');

export const fault = mapping({
  fault: text.describe(
    'Its name: an error of the [catalogue](errors.md), a word for one token, or a fault of the connection, as in [faults](../guide/faults.md).',
  ),
  step: oneOf(faultStepNames).optional().describe('Where an error comes; its usual step when it is left out.'),
  status: whole
    .min(200, 'must be a status from 200 to 599')
    .max(599, 'must be a status from 200 to 599')
    .optional()
    .describe("The HTTP status, if it isn't that of the error."),
  times: whole.min(1, 'must be 1 or more').optional().describe('How often; without end when it is left out.'),
  share: number
    .max(1, 'must be 1 or less')
    .optional()
    .describe('The share of the requests that fit, from 0 to 1, by chance.'),
  after: duration.optional().describe('How long after the beginning of the world, such as `61d`.'),
  header: text.optional().describe('For requests with this header: its name, or `name=value`.'),
  app: text.optional().describe('For this app alone: a reference.'),
  person: text.optional().describe('For this person alone: a reference.'),
  page: text.optional().describe('For this Page alone: a reference.'),
  token: text.optional().describe('For this token alone, such as `{app-id}|{app-secret}`.'),
  method: oneOf(['GET', 'POST', 'DELETE']).optional().describe('For this verb alone.'),
  path: text
    .optional()
    .describe('For this path alone, such as `me/accounts`; `*` is one segment, `**` at the end is all that follow.'),
  params: pairs(text).optional().describe('Fills in the message of the error.'),
  attributes: pairs(number).optional().describe('Attributes of a fault of the connection, such as `latency: 2000`.'),
}).superRefine((given, context) => {
  try {
    orderNamed(given);
  } catch (wrong) {
    if (!(wrong instanceof WrongOrder)) throw wrong;
    context.addIssue({ code: 'custom', path: [wrong.part], message: wrong.message });
  }
});
