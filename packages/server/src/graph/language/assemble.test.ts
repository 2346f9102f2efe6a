// `assemble` refuses faulty declarations, each fault with the place of the entry.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyone, given, on, type Requirement, task, where } from '@hallpass/protocol';
import { assemble } from './assemble.ts';
import { param } from './params.ts';
import { type Edge, edge, type Fields, fieldsOf, listEdge, node, type Node, operation, withFields } from './schema.ts';

interface Row {
  id: string;
}
const field = fieldsOf<Row>();

const thing = (more: { edges?: Edge<Row>[]; fields?: Fields<Row>; needs?: Requirement } = {}): Node<Row> =>
  node<Row>({
    name: 'thing',
    type: 'Thing',
    doc: 'A thing.',
    needs: anyone,
    find: async () => undefined,
    target: () => ({ self: false, ownApp: false }),
    fields: {},
    edges: [],
    ...more,
  });

const list = (name: string, needs: Requirement = anyone, of?: string): Edge<Row> =>
  listEdge<Row, Row>(name, {
    doc: 'A list.',
    needs,
    ...(of === undefined ? {} : { of }),
    run: async () => ({ rows: [], hasNext: false, hasPrevious: false, total: 0 }),
  });

const here = 'graph/language/assemble\\.test\\.ts:\\d+';

test('a node, an edge, a field and an operation that are declared twice are refused, with both places', () => {
  assert.throws(() => assemble([thing(), thing()], []), new RegExp(`The node thing is declared twice: ${here} and`));
  assert.throws(
    () => assemble([thing({ edges: [list('parts'), list('parts')] })], []),
    new RegExp(`The edge GET thing/parts is declared twice: ${here} and ${here}`),
  );
  const again = { size: field.number('Its size.', { from: () => 1 }) };
  assert.throws(
    () => withFields(thing({ fields: { size: field.number('Its size.', { from: () => 2 }) } }), again),
    new RegExp(`The field thing\\.size is declared twice: ${here} and ${here}`),
  );
  const call = () => operation('GET', 'weather', { doc: 'The weather.', needs: anyone, run: async () => 1 });
  assert.throws(() => assemble([], [call(), call()]), new RegExp(`The operation GET weather is declared twice`));
});

test('a name that means nothing is refused with the place of the entry that uses it', () => {
  const refused = (edges: Edge<Row>[], words: string) =>
    assert.throws(() => assemble([thing({ edges })], []), new RegExp(`${words} \\(${here}\\)`));
  refused([list('parts', anyone, 'wheel')], 'The edge GET thing/parts names the unknown node wheel');
  refused([list('parts', on('page', 'page_id', task('MANAGE')))], 'the unknown parameter page_id');
  refused([list('parts', given('page_id', anyone, anyone))], 'the unknown parameter page_id');
  refused([list('parts', where('owned_by_nobody'))], 'the condition owned_by_nobody, which its node cannot find out');
  // As a program without types would write it.
  const without = (needs: object): Edge<Row>[] => [list('parts', JSON.parse(JSON.stringify(needs)))];
  refused(without({ is: 'token', kinds: ['magic'] }), 'the unknown kind of token magic');
  refused(without({ is: 'permission', name: 'fly' }), 'the unknown permission fly');
  refused(without({ is: 'task', anyOf: ['FLY'] }), 'the unknown task FLY');
  refused(without({ is: 'ad_account_task', anyOf: ['FLY'] }), 'the unknown task of ad accounts FLY');
  refused(without({ is: 'role', on: 'app', anyOf: ['pilots'] }), 'the unknown role on an app pilots');
  refused(without({ is: 'business_role', anyOf: ['PILOT'] }), 'the unknown role in a business PILOT');
  refused(without({ is: 'platform_role', anyOf: ['pilot'] }), 'the unknown role on the platform pilot');
  const tailed: Edge<Row> = { ...list('parts'), tail: 'part' };
  refused([tailed], 'the unknown parameter part');
  const unknownError: Edge<Row> = { ...list('parts'), refuses: JSON.parse('["sky.fell"]') };
  refused([unknownError], 'the unknown error sky.fell');
  refused([{ ...list('parts', anyone, 'thing'), shows: ['wheel'] }], 'the unknown field wheel of thing');
  const nested = on('page', 'page_id', JSON.parse('{"is":"task","anyOf":["FLY"]}'));
  const moving = edge<Row, { page_id: ReturnType<typeof param.id> }>('POST', 'move', {
    doc: 'Moves it.',
    needs: nested,
    params: { page_id: param.id('The Page.') },
    run: async () => true,
  });
  refused([moving], 'The edge POST thing/move names the unknown task FLY');
  const strange = { wheel: field.object('Wheel', 'A wheel.', { of: 'wheel', from: () => 1 }) };
  assert.throws(
    () => assemble([thing({ fields: strange })], []),
    new RegExp(`The field thing\\.wheel names the unknown node wheel \\(${here}\\)`),
  );
});

test('a permission that depends on an unknown one is refused with the file of the table', () => {
  const table = { fly: { dependsOn: ['run', 'walk'] }, run: { dependsOn: [] } };
  assert.throws(
    () => assemble([], [], table),
    /^Error: The permission fly names the unknown permission walk in dependsOn \(protocol\/src\/permissions\/permissions\.ts\)$/,
  );
});

test('an operation that names what is not there is refused with its place', () => {
  const call = (more: object) => ({
    ...operation('GET', 'weather', { doc: 'The weather.', needs: anyone, run: async () => 1 }),
    ...more,
  });
  const refused = (more: object, words: string) =>
    assert.throws(
      () => assemble([], [call(more)]),
      new RegExp(`The operation GET weather names ${words} \\(.*${here}\\)`),
    );
  refused({ refuses: ['sky.fell'] }, 'the unknown error sky.fell');
  refused({ needs: where('test_user') }, 'the condition test_user, which its node cannot find out');
  refused({ needs: on('token', 'input_token', anyone) }, 'the unknown parameter input_token');
});

test('what every call can find out may be named anywhere', () => {
  assert.doesNotThrow(() => assemble([thing({ edges: [list('parts', where('proof_sent'))] })], []));
});
