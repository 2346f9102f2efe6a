// Calls that order refusals, list the orders, and take them back.
import { type ErrorKey, errors, isIn, parseJson, shape } from '@hallpass/protocol';
import { faultSteps } from '@hallpass/server';
import { personNamed } from '@hallpass/server/operator';
import { type FaultOrder, faultStepNames, missingParams } from '../fault-orders.ts';
import {
  controlCall,
  ControlError,
  type JsonSchema,
  listOf,
  number,
  object,
  oneOf,
  parsed,
  required,
  text,
} from './control-call.ts';

const MOST_TIMES = 1_000_000;
const stepDoc = Object.entries(faultSteps)
  .map(([name, { doc }]) => `${name}: ${doc}`)
  .join(' ');

const error = parsed<ErrorKey>(
  'A key of the catalogue of errors, such as token.password_changed or server.away.',
  (name, value) => {
    const keys = Object.keys(errors) as ErrorKey[];
    if (!isIn(keys, value)) throw new ControlError(400, `${name}: there is no error ${value} in the catalogue`);
    return value;
  },
);

const words = parsed('What is filled into the message of the error, as a JSON object of text.', (name, value) => {
  const read = parseJson(shape.mapOf(shape.text), value);
  if (!read) throw new ControlError(400, `${name}: must be a JSON object of text`);
  return read;
});

const string: JsonSchema = { type: 'string' };
const orderSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'Also in the header x-hallpass-fault of each answer that follows the order.' },
    step: string,
    error: string,
    status: { type: 'integer' },
    left: { type: 'integer', description: 'How often it is still given; without end where it is absent.' },
    given: { type: 'integer', description: 'How often it was given.' },
    app: string,
    person: string,
    page: string,
    method: string,
    path: string,
  },
  required: ['id', 'step', 'error', 'given'],
};

/** The token of an order isn't repeated. */
const shown = ({ id, step, error, status, given, times, token, app, person, page, method, path }: FaultOrder) => ({
  ...{ id, step, error, status, given, app, person, page, method, path },
  ...(times === undefined ? {} : { left: times - given }),
  ...(token === undefined ? {} : { for_one_token: true }),
});

export const faultCalls = [
  controlCall('GET', 'faults', {
    doc: 'The orders in force, oldest first.',
    answer: object({ faults: listOf(orderSchema) }),
    run: ({ world: { faults } }) => ({ faults: faults.list().map(shown) }),
  }),
  controlCall('POST', 'faults', {
    doc: 'Orders a refusal: any error of the catalogue at a step of requests, for all of them or for those that everything given fits. It takes the place of an answer, and never of a true refusal.',
    params: {
      step: required(oneOf(stepDoc, faultStepNames)),
      error: required(error),
      params: words,
      status: number('The HTTP status, where it is not that of the error.', {
        minimum: 200,
        maximum: 599,
        whole: true,
      }),
      times: number('How often; without end where it is not given.', { minimum: 1, maximum: MOST_TIMES, whole: true }),
      app: text('The id of an app.'),
      person: text('The id or e-mail address of a person.'),
      page: text('The id of a Page whose token calls, or that is named in the path.'),
      token: text('One token, as it is sent.'),
      method: oneOf('The verb.', ['GET', 'POST', 'DELETE']),
      path: text(
        'The path after the version, such as me/accounts, oauth/access_token or */feed; * is one segment, and ** at the end is all that follow.',
      ),
    },
    answer: orderSchema,
    async run({ world: { faults, server } }, { person, params = {}, ...order }) {
      const missing = missingParams(order.error, params);
      if (missing.length > 0) throw new ControlError(400, `params: the error needs ${missing.join(', ')}`);
      const behind = person === undefined ? undefined : await personNamed(server.installation, person);
      if (person !== undefined && !behind) throw new ControlError(404, 'person: there is nobody of that name here');
      return shown(faults.add({ ...order, params, person: behind?.id }));
    },
  }),
  controlCall('DELETE', 'faults', {
    doc: 'Takes one order back, or all of them.',
    params: { id: text('Of one order; all where it is not given.') },
    answer: object({ removed: { type: 'integer' } }),
    run({ world: { faults } }, { id }) {
      if (id === undefined) return { removed: faults.clear() };
      if (!faults.remove(id)) throw new ControlError(404, 'id: there is no such order');
      return { removed: 1 };
    },
  }),
];
