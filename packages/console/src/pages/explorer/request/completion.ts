// Completion offers what can come next in the path: edges of the node after a slash, fields after `fields=`, and words
// to begin with.
import type { Schema } from '../../../graph/schema.ts';
import { edgeNamed, nodeNamed } from './asked-path.ts';

const MOST = 12;
const beginnings = [
  'me?fields=id,name',
  'me/accounts',
  'me/permissions',
  'me/businesses',
  'me/adaccounts',
  'debug_token?input_token=',
];

/**
 * Whole paths to choose from, for the path as far as it is written.
 * @param nodeName name of the node that the first segment stands for, where it is known
 */
export function suggestions(
  path: string,
  schema: Schema | undefined,
  nodeName: string | undefined,
  method: string,
): string[] {
  if (!path.includes('/') && !path.includes('?'))
    return beginnings.filter((one) => one.startsWith(path) && one !== path);
  const node = nodeNamed(schema, nodeName);
  if (!node) return [];
  const [before = '', query] = path.split(/\?(.*)/s, 2);
  if (query === undefined)
    return edgesOf(
      before,
      node.edges.filter((edge) => edge.method === method).map(({ name }) => name),
    );
  const at = query.lastIndexOf('fields=');
  if (at < 0 || query.indexOf('&', at) >= 0 || query.includes('{')) return [];
  const listed = query.slice(at + 'fields='.length).split(',');
  const typed = listed.at(-1) ?? '';
  const edge = before.split('/').slice(1).join('/');
  const about = edge === '' ? node : nodeNamed(schema, edgeNamed(node, edge)?.of);
  const rest = path.slice(0, path.length - typed.length);
  return (about?.fields ?? [])
    .map(({ name }) => name)
    .filter((name) => name.startsWith(typed) && name !== typed && !listed.includes(name))
    .slice(0, MOST)
    .map((name) => `${rest}${name}`);
}

function edgesOf(before: string, names: readonly string[]): string[] {
  const [first = '', ...typed] = before.split('/');
  const edge = typed.join('/');
  return [...new Set(names)]
    .filter((name) => name !== '' && name.startsWith(edge) && name !== edge)
    .slice(0, MOST)
    .map((name) => `${first}/${name}`);
}
