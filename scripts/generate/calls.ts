// This module writes down how one call of the Graph is made: its line, what it needs, its parameters, its answer.
import { type CatalogueError, type ErrorKey, errors, inWords, type Requirement } from '@hallpass/protocol';
import type { Params } from '@hallpass/server/declarations';
import { code, table } from './markdown.ts';

/** The parts that an edge, an operation and a grant have in common. */
interface DescribedCall {
  /** `GET /{user-id}/accounts` */
  lines: readonly string[];
  doc: string;
  needs: string | undefined;
  params: Params;
  /** The answer, as a phrase; undefined where nothing can be said of it. */
  answer?: string | undefined;
  /** These sentences are about single parameters. */
  rules?: readonly string[];
  refuses?: readonly ErrorKey[] | undefined;
  source?: 'documented' | 'ours' | undefined;
}

export const needsOf = (requirement: Requirement | undefined): string =>
  requirement === undefined || requirement.is === 'anyone' ? '' : inWords(requirement);

/** The mark of what no document of the real service describes. */
export const ours = '*ours*';

function parameterTable(params: Params): string {
  return table(
    ['parameter', 'type', 'needed', 'what it is'],
    Object.entries(params).map(([name, { type, required, doc }]) => [code(name), type, required ? 'yes' : '', doc]),
  );
}

/** An error by code, subcode and key. */
export function errorInWords(key: ErrorKey): string {
  const { code: number, subcode }: CatalogueError = errors[key];
  return `${[number, subcode].filter((part) => part !== undefined).join('/')} ${code(key)}`;
}

/** A section with a heading of its own. */
export function callSection(call: DescribedCall, level = '###'): string {
  const facts = [
    call.needs ? `Needs: ${call.needs}.` : undefined,
    call.answer ? `Answers ${call.answer}.` : undefined,
    ...(call.rules ?? []),
    ...(call.refuses ?? []).map((key) => `Refused with ${errorInWords(key)}: ${errors[key].doc}`),
  ].filter((line) => line !== undefined);
  return [
    `${level} ${call.lines.map(code).join(', ')}`,
    call.source === 'ours' ? `${call.doc} ${ours}` : call.doc,
    ...(facts.length > 0 ? [facts.map((line) => `* ${line}`).join('\n')] : []),
    ...(Object.keys(call.params).length > 0 ? [parameterTable(call.params)] : []),
  ].join('\n\n');
}
