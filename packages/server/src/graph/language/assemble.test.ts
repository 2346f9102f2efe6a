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
  refused([list('parts', JSON.parse('{"is":"permission","name":"fly"}'))], 'the unknown permission fly');
  refused([list('parts', JSON.parse('{"is":"task","anyOf":["FLY"]}'))], 'the unknown task FLY');
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

test('what every call can find out may be named anywhere', () => {
  assert.doesNotThrow(() => assemble([thing({ edges: [list('parts', where('proof_sent'))] })], []));
});
