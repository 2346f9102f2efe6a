// Some fields are the same for every row of a node, and programs ask for them before they have a token. They are told of
// any number, so that the answer says nothing about what is there.
import { isId } from '@hallpass/protocol';
import type { Context } from './language/context.ts';

/** The answer of a read without a token that asks for nothing but such fields; undefined for every other call. */
export function sameForAll({ call, viewer, graph }: Context): Record<string, unknown> | undefined {
  const [id = '', ...rest] = call.segments;
  const { fields } = call;
  if (call.method !== 'GET' || viewer.kind !== 'none' || rest.length > 0 || !isId(id) || !fields) return undefined;
  for (const { sameForAll: told = {} } of graph.nodes.values()) {
    if (!fields.every(({ name }) => Object.hasOwn(told, name))) continue;
    const answers = fields.flatMap(({ name, alias }) => (told[name] === undefined ? [] : [[alias, told[name]]]));
    // A read of which nothing is told is refused as any other without a token.
    if (answers.length > 0) return { ...Object.fromEntries(answers), id };
  }
  return undefined;
}
