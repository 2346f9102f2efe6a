// Calls that order faults, list the orders, and take them back.
import { type ErrorKey, errors, keysOf, parseJson, shape } from '@hallpass/protocol';
import { faultSteps } from '@hallpass/server';
import { personNamed } from '@hallpass/server/operator';
import { connectionFaultNames, connectionFaults, entryOf } from '../faults/connection-faults.ts';
import { faultWords, isErrorKey, tokenFaults, usualStep } from '../faults/fault-names.ts';
import { type FaultOrder, faultStepNames, missingParams, type NewFaultOrder } from '../faults/fault-orders.ts';
import { errorOrder, faultNamed, type NamedFault, orderNamed, WrongOrder } from '../faults/named-order.ts';
import { durationOf } from '../seed/moments.ts';
import {
  controlCall,
  ControlError,
  type JsonSchema,
  listOf,
  number,
  object,
  oneOf,
  parsed,
  text,
} from './control-call.ts';

const MOST_TIMES = 1_000_000;
const docs = (entries: Readonly<Record<string, { doc: string }>>): string =>
  Object.entries(entries)
    .map(([name, { doc }]) => `${name}: ${doc}`)
    .join(' ');

const error = parsed<ErrorKey>(
  'A key of the catalogue of errors, such as token.password_changed or server.away.',
  (name, value) => {
    if (!isErrorKey(value)) throw new ControlError(400, `${name}: there is no error ${value} in the catalogue`);
    return value;
  },
);

/** The names by which a fault can be ordered at all. */
const fault = parsed(
  `In the place of \`step\` and \`error\`: an error of the catalogue, at its usual step; a word for one token (${docs(faultWords)}); a property of new tokens (${docs(tokenFaults)}); or a connection fault (${docs(connectionFaults)})`,
  (_name, value) => told(() => faultNamed(value)),
);

const words = parsed("Values for the error's message, as a JSON object of text.", (name, value) => {
  const read = parseJson(shape.mapOf(shape.text), value);
  if (!read) throw new ControlError(400, `${name}: must be a JSON object of text`);
  return read;
});

const attributes = parsed('Attributes of a connection fault, as a JSON object of numbers.', (name, value) => {
  const read = parseJson(shape.mapOf(shape.number), value);
  if (!read || Object.values(read).some((one) => !(one >= 0)))
    throw new ControlError(400, `${name}: must be a JSON object of numbers from 0 on`);
  return read;
});

const after = parsed('When it starts: seconds from now, or a length of time such as 90m or 61d.', (name, value) => {
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : durationOf(value);
  if (seconds === undefined) throw new ControlError(400, `${name}: must be seconds, or a length of time such as 90m`);
  return seconds;
});

const string: JsonSchema = { type: 'string' };
const orderSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'Also in the header x-hallpass-fault of each answer it changes.' },
    step: string,
    error: string,
    connection: { type: 'string', description: 'The connection fault, if it is one.' },
    tokens: { type: 'string', description: 'The fault of new tokens, if it is one.' },
    status: { type: 'integer' },
    after: { type: 'string', description: 'The time from which it applies.' },
    share: { type: 'number' },
    header: string,
    left: { type: 'integer', description: 'How many more times it applies; absent if there is no limit.' },
    given: { type: 'integer', description: 'How many times it was applied.' },
    app: string,
    person: string,
    page: string,
    method: string,
    path: string,
  },
  required: ['id', 'given'],
};

/** The fault of an order, by its kind. */
function whatOf(order: FaultOrder) {
  if ('step' in order) return { step: order.step, error: order.error, status: order.status };
  if ('tokens' in order) return { tokens: 'token-length', attributes: order.tokens };
  return { connection: order.connection.name, attributes: order.connection.attributes };
}

/** The token of an order isn't repeated. */
function shown(order: FaultOrder) {
  const { id, given, times, token, from, share, header, app, person, page, method, path } = order;
  return {
    id,
    ...whatOf(order),
    ...{ given, share, header, app, person, page, method, path },
    ...(from === undefined ? {} : { after: new Date(from * 1000).toISOString() }),
    ...(times === undefined ? {} : { left: times - given }),
    ...(token === undefined ? {} : { for_one_token: true }),
  };
}

/** Says to the caller of the control interface which part of an order is wrong. */
function told<T>(read: () => T): T {
  try {
    return read();
  } catch (wrong) {
    if (wrong instanceof WrongOrder) throw new ControlError(400, `${wrong.part}: ${wrong.message}`);
    throw wrong;
  }
}

/** The order that was asked for: by the name of a fault, or by an error and its step. @throws ControlError */
function orderOf({
  fault: name,
  step,
  error: key,
  ...rest
}: Partial<NamedFault> & { error?: ErrorKey }): NewFaultOrder {
  if ((name === undefined) === (key === undefined))
    throw new ControlError(400, 'Send fault, the name of one, or error with a step.');
  if (key !== undefined && step === undefined) throw new ControlError(400, 'step: is required with error');
  return told(() =>
    key !== undefined && step !== undefined
      ? errorOrder(key, step, rest.params ?? {})
      : orderNamed({ ...rest, fault: name ?? '', step }),
  );
}

const codeOf = (key: ErrorKey): string => {
  const { code, subcode }: { code?: number; subcode?: number } = errors[key];
  return [code, subcode].filter((one) => one !== undefined).join('/');
};

/** Only what was given: a word brings a status and a number of times of its own. */
const definedOf = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

export const faultCalls = [
  controlCall('GET', 'faults', {
    doc: 'The active faults, oldest first, and the last fifty that were used up.',
    answer: object({ faults: listOf(orderSchema), spent: listOf(orderSchema) }),
    run: ({ world: { faults } }) => ({ faults: faults.list().map(shown), spent: faults.spent().map(shown) }),
  }),
  controlCall('POST', 'faults', {
    doc: 'Adds a fault, for all requests or for those that match all filters: an error of the catalogue at a step, which replaces an answer but never a real refusal, or a failure while the answer is sent.',
    params: {
      fault,
      step: oneOf(docs(faultSteps), faultStepNames),
      error,
      attributes,
      params: words,
      status: number("The HTTP status, if it isn't that of the error.", {
        minimum: 200,
        maximum: 599,
        whole: true,
      }),
      times: number('How often; by default, every time.', { minimum: 1, maximum: MOST_TIMES, whole: true }),
      share: number('The share of the matching requests, chosen at random.', { minimum: 0, maximum: 1 }),
      after,
      header: text('A header of the request: its name, or name=value.'),
      app: text('The id of an app.'),
      person: text('The id or e-mail address of a person.'),
      page: text('The id of a Page whose token makes the call, or that is named in the path.'),
      token: text('One token, as it is sent.'),
      method: oneOf('The verb.', ['GET', 'POST', 'DELETE']),
      path: text(
        'The path after the version, such as me/accounts, oauth/access_token or */feed; * is one segment, and ** at the end matches all that follow.',
      ),
    },
    answer: orderSchema,
    async run(
      { world: { faults, server, clock } },
      { fault: name, step, error: key, params = {}, attributes: given = {}, ...filter },
    ) {
      const { person, after: delay, status, ...rest } = filter;
      const order = orderOf({
        fault: name,
        step,
        error: key,
        token: rest.token,
        times: rest.times,
        after: delay,
        params,
        attributes: given,
      });
      const behind = person === undefined ? undefined : await personNamed(server.installation, person);
      if (person !== undefined && !behind) throw new ControlError(404, 'person: there is nobody with that name here');
      const from = delay === undefined ? undefined : clock.now() + delay;
      return shown(
        faults.add({
          ...order,
          ...definedOf({ ...rest, status, from, person: behind?.id }),
        }),
      );
    },
  }),
  controlCall('GET', 'faults/available', {
    doc: 'All faults by name: errors of the catalogue, words for one token, connection faults.',
    answer: object({
      faults: listOf({
        type: 'object',
        properties: {
          name: string,
          kind: string,
          step: string,
          doc: string,
          attributes: { type: 'object' },
          params: { ...listOf(string), description: 'Values for the message of an error.' },
        },
        required: ['name', 'kind', 'doc'],
      }),
      steps: listOf(object({ name: string, doc: string })),
    }),
    run: () => ({
      faults: [
        ...Object.entries(faultWords).map(([name, { doc }]) => ({ name, kind: 'token', doc })),
        ...Object.entries(tokenFaults).map(([name, entry]) => ({ name, kind: 'new tokens', ...entry })),
        ...connectionFaultNames.map((name) => ({ name, kind: 'connection', ...entryOf(name) })),
        ...keysOf(errors).map((name) => ({
          name,
          kind: 'error',
          step: usualStep(name),
          doc: `${codeOf(name)} ${errors[name].message}`.trim(),
          params: missingParams(name, {}),
        })),
      ],
      steps: faultStepNames.map((name) => ({ name, doc: faultSteps[name].doc })),
    }),
  }),
  controlCall('DELETE', 'faults', {
    doc: 'Clears one fault, or all of them.',
    params: { id: text('The id of one fault; by default all.') },
    answer: object({ removed: { type: 'integer' } }),
    run({ world: { faults } }, { id }) {
      if (id === undefined) return { removed: faults.clear() };
      if (!faults.remove(id)) throw new ControlError(404, 'id: there is no such fault');
      return { removed: 1 };
    },
  }),
];
