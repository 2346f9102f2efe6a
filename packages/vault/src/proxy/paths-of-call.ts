// A call is about more paths than the one it names: `ids` names many things, `id` names another one, and every field that
// isn't a plain one is a list of its own. Each of them is judged by the rules as if it had been called alone.
import { graphError, type TokenKind } from '@hallpass/protocol';
import { type CallShape, isPathWord, isPlainField } from '@hallpass/protocol/call-needs';
import { type FieldRequest, type Method, type ParamValue, parseJson } from '@hallpass/protocol/request';
import { type AllowRule, type PathPart, rulesFor, SOME } from '../handles/allow-rules.ts';
import { givesTokens, isCredentialField } from '../handles/never-allowed.ts';
import { type ProxiedCall, unjudged } from './proxied-call.ts';

/** The kind of token and the type of node that a connection speaks for. */
export interface Speaker {
  kind: TokenKind;
  node: string;
  /** The id by which `me` is known; null where it isn't. */
  subjectId: string | null;
}

const MOST_IDS = 50;
const thing = /^(?:[A-Za-z0-9_.:-]+|https?:\/\/[^\s,]+)$/;
const isThing = (text: string): boolean => thing.test(text) && text !== '.' && text !== '..';

/**
 * Demands that every path of a call fits a rule.
 *
 * @throws GraphError proxy.not_allowed | proxy.gives_tokens | proxy.unjudged
 */
export function judge(call: ProxiedCall, given: readonly AllowRule[], { subjectId }: Speaker): void {
  const rules = given.map((rule) => asMe(rule, subjectId));
  const { method, segments, fields } = call;
  if (method === 'GET' && segments.length === 0 && call.params['ids'] === undefined && call.params['id'] === undefined)
    throw unjudged('a call without a path');
  for (const path of targetsOf(call, subjectId)) {
    const fitting = demandRule(rules, method, path);
    demandFields(rules, fitting, path, fields);
  }
}

/** A rule about the subject of the token by its id is one about `me`: links of answers name the id. */
const asMe = (rule: AllowRule, subjectId: string | null): AllowRule =>
  rule.segments[0] === subjectId ? { ...rule, segments: ['me', ...rule.segments.slice(1)] } : rule;

/** The paths that a call names, with `me` for the subject of the token. */
function targetsOf(call: ProxiedCall, subjectId: string | null): PathPart[][] {
  return namedBy(call).map(([head, ...rest]) =>
    head === undefined ? [] : [head === subjectId ? 'me' : head, ...rest],
  );
}

function namedBy({ segments, params }: ProxiedCall): PathPart[][] {
  const { id, ids } = params;
  if (ids !== undefined && ids !== null && ids !== '') {
    const [edge] = segments;
    // Behind a thing of its own, `ids` is passed over by servers, or not.
    if (id !== undefined || (edge !== undefined && !isPathWord(edge))) throw unjudged('`ids` beside another id');
    return idsIn(ids).flatMap((one) => (segments.length === 0 ? [[one]] : [[one, ...segments]]));
  }
  if (id === undefined || id === null || id === '') return [[...segments]];
  // Behind a path it is a parameter like others; whichever a server takes it for, it has to be allowed.
  const one = typeof id === 'number' ? String(id) : id;
  if (typeof one !== 'string' || !isThing(one)) throw unjudged('an id that is none');
  return segments.length === 0 ? [[one]] : [[...segments], [one, ...segments]];
}

function idsIn(value: ParamValue): string[] {
  const list =
    typeof value === 'string' ? (value.trim().startsWith('[') ? parseJson(value, 'ids') : value.split(',')) : value;
  const ids = (Array.isArray(list) ? list : [list]).map((one) =>
    typeof one === 'string' || typeof one === 'number' ? String(one).trim() : '',
  );
  if (ids.length > MOST_IDS)
    throw graphError('param.too_many_ids', { most: String(MOST_IDS), given: String(ids.length) });
  if (!ids.every(isThing)) throw unjudged('an id that is none');
  return ids;
}

function demandRule(rules: readonly AllowRule[], method: Method, path: readonly PathPart[]): AllowRule[] {
  const gives = givesTokens(path);
  if (gives !== undefined) throw graphError('proxy.gives_tokens', { what: gives });
  const fitting = rulesFor(rules, method, path);
  if (fitting.length === 0) throw graphError('proxy.not_allowed', { method, path: templateOf(path) });
  return fitting;
}

/** @param fitting the rules that the path itself fits */
function demandFields(
  rules: readonly AllowRule[],
  fitting: readonly AllowRule[],
  path: readonly PathPart[],
  fields: readonly FieldRequest[],
): void {
  const limited = fitting.every((one) => one.fields !== undefined);
  if (limited && fields.length === 0)
    throw graphError('proxy.not_allowed', { method: 'GET', path: `${templateOf(path)} without fields` });
  for (const field of fields) {
    const { name, fields: nested = [] } = field;
    if (isCredentialField(name)) throw graphError('proxy.gives_tokens', { what: `the field ${name}` });
    const below: PathPart[] = path.length > 1 ? [SOME, name] : [...path, name];
    const named = fitting.some((one) => one.fields?.has(name) === true);
    if (!named && limited)
      throw graphError('proxy.not_allowed', { method: 'GET', path: `${templateOf(path)} with the field ${name}` });
    const plain = isPlainField(name) && nested.length === 0 && Object.keys(field.modifiers).length === 0;
    const inner = named || plain ? [] : demandRule(rules, 'GET', below);
    if (nested.length > 0) demandFields(rules, inner.length > 0 ? inner : [unlimited], [SOME, SOME], nested);
  }
}

/** Things inside of a field that a rule names: their plain fields may be read. */
const unlimited: AllowRule = { methods: ['GET'], segments: [], rest: true, fields: undefined };

/** A path without values: known words stay, everything else becomes a mark. */
function templateOf(path: readonly PathPart[]): string {
  const parts = path.map((part, at) => {
    if (part === SOME) return '{item}';
    if (part === 'me' || part === 'app' || (at > 0 && isPathWord(part))) return part;
    return /^(?:act_)?\d/.test(part) ? '{id}' : at === 0 ? '{name}' : '{value}';
  });
  return `/${parts.join('/')}`;
}

/** The permissions of a call depend on these; one shape for each path that it names. */
export function shapesOf(call: ProxiedCall, { node, subjectId }: Speaker): CallShape[] {
  const { method, fields } = call;
  return targetsOf(call, subjectId).flatMap(([head, ...rest]) => {
    const of = head === 'me' ? node : undefined;
    const shape: CallShape = { method, edge: edgeIn(rest), node: of, fields: fields.map(({ name }) => name) };
    const lists = method === 'GET' && rest.length === 0 ? fields.filter(({ name }) => !isPlainField(name)) : [];
    return [shape, ...lists.map(({ name }): CallShape => ({ method: 'GET', edge: name, node: of, fields: [] }))];
  });
}

/** The name of an edge without the value that may stand behind it. */
const edgeIn = (rest: readonly PathPart[]): string =>
  rest.filter((part): part is string => typeof part === 'string' && isPathWord(part)).join('/');

/** The template of the first path that a call names. */
export function templateOfCall(call: ProxiedCall, { subjectId }: Speaker): string {
  const { ids } = call.params;
  const [first = []] = targetsOf(call, subjectId);
  return ids === undefined || ids === null || ids === ''
    ? templateOf(first)
    : `${templateOf([SOME, ...first.slice(1)])} of ids`;
}
