// This module reads structured values that are spelled in names: `place[city]=x`, `ids[0]=1`, `ids[]=1`.
import { graphError } from '../errors/refusal.ts';
import type { ParamValue } from './values.ts';
import { isPrototypeName } from './gather.ts';
import { limits } from './limits.ts';

type Tree = Map<string, Tree | string>;

const whole = /^[^[\]]+(?:\[[^[\]]*\])+$/;

/** Collects the nested names of one form. */
export class NestedNames {
  readonly #roots: Tree = new Map();

  /** True where a name is spelled with well-formed brackets; any other name is just a name. */
  static fits(name: string): boolean {
    return whole.test(name);
  }

  /** Takes in one pair; names of the prototype are passed over, wherever they stand. */
  add(name: string, value: string): void {
    const [root = '', ...subs] = name.replaceAll(']', '').split('[');
    if (subs.length > limits.depth) throw graphError('param.depth');
    if (isPrototypeName(root) || subs.some(isPrototypeName)) return;
    let branch = this.#roots;
    let key = root;
    for (const sub of subs) {
      const next = branch.get(key) ?? new Map<string, Tree | string>();
      if (typeof next === 'string') throw graphError('param.duplicate', { name: root });
      branch.set(key, next);
      branch = next;
      key = sub === '' ? String(next.size) : sub;
    }
    const before = branch.get(key);
    if (before !== undefined && before !== value) throw graphError('param.duplicate', { name: root });
    branch.set(key, value);
  }

  /** Each root with its value; keys 0, 1, 2 … in order make a list. */
  *values(): Generator<[string, ParamValue]> {
    for (const [name, tree] of this.#roots) yield [name, grown(tree)];
  }
}

function grown(tree: Tree | string): ParamValue {
  if (typeof tree === 'string') return tree;
  let next = 0;
  const list = [...tree.keys()].every((key) => key === String(next++));
  if (list) return [...tree.values()].map(grown);
  const object = Object.create(null) as { [key: string]: ParamValue };
  for (const [key, value] of tree) object[key] = grown(value);
  return object;
}
