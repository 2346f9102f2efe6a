// The rules of a handle say which calls it is for: `GET /me, GET /me/accounts, POST /*/feed`. What no rule names is
// refused. `*` stands for one part of a path, `**` at the end for any number of parts, and `?fields=` limits a read to
// these fields. A version before the path is no part of it.
import { type Method, readPath } from '@hallpass/protocol/request';
import { GraphError } from '@hallpass/protocol';
import { VaultRefusal } from '../refusals.ts';
import { givesTokens } from './never-allowed.ts';

export interface AllowRule {
  methods: readonly Method[];
  /** `*` matches one part; with `rest` any number of further parts may follow. */
  segments: readonly string[];
  rest: boolean;
  /** The fields that may be asked for; undefined for all that are plain fields. */
  fields: ReadonlySet<string> | undefined;
}

const MOST_RULES = 100;
const rule = /^(\*|(?:GET|POST|DELETE)(?:\|(?:GET|POST|DELETE))*) +(\/[^?\s]*)(?:\?fields=([\w,]+))?$/;
const isMethod = (text: string): text is Method => text === 'GET' || text === 'POST' || text === 'DELETE';

/**
 * Reads rules with commas between them.
 *
 * @throws VaultRefusal `bad_value` with the rule that cannot be read, or that would give tokens
 */
export function readAllowRules(text: string): AllowRule[] {
  const bad = (what: string): VaultRefusal => new VaultRefusal('bad_value', { what });
  const parts = text.split(/,(?=\s*(?:\*|GET|POST|DELETE)[ |])/).map((part) => part.trim());
  if (parts.length > MOST_RULES) throw bad(`A handle has at most ${MOST_RULES} rules.`);
  return parts.map((part) => {
    const [, methods = '', path = '', fields] = rule.exec(part) ?? [];
    if (methods === '')
      throw bad(`\`${part}\` is no rule: write \`GET /me\`, \`GET|POST /*/feed\` or \`GET /me?fields=id,name\`.`);
    const rest = path === '/**' || path.endsWith('/**');
    const segments = segmentsIn(rest ? path.slice(0, -3) : path);
    if (segments === undefined || segments.includes('**'))
      throw bad(`\`${path}\` is no path: write it as calls do, without a version.`);
    const given = givesTokens(segments);
    if (given !== undefined) throw bad(`\`${part}\` can't be allowed: ${given}.`);
    return {
      methods: methods === '*' ? (['GET', 'POST', 'DELETE'] as const) : methods.split('|').filter(isMethod),
      segments,
      rest,
      fields: fields === undefined ? undefined : new Set(fields.split(',')),
    };
  });
}

function segmentsIn(path: string): readonly string[] | undefined {
  try {
    const { version, segments } = readPath(path);
    return version === undefined ? segments : undefined;
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

/** A part that isn't known, such as the ids of the items of a list: only `*` matches it. */
export const SOME = Symbol('some part of a path');

export type PathPart = string | typeof SOME;

const matches = ({ segments, rest }: AllowRule, path: readonly PathPart[]): boolean =>
  (rest ? path.length >= segments.length : path.length === segments.length) &&
  segments.every((segment, at) => segment === '*' || segment === path[at]);

/** The rules that a call fits, without a look at its fields. */
export const rulesFor = (rules: readonly AllowRule[], method: Method, path: readonly PathPart[]): AllowRule[] =>
  rules.filter((one) => one.methods.includes(method) && matches(one, path));
