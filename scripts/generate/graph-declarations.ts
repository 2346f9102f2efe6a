// This module writes the reference pages that are read from the declarations of the Graph: nodes, operations, grants.
import { type ErrorKey, inWords } from '@hallpass/protocol';
import {
  type AnyNode,
  type Edge,
  type Field,
  type Grant,
  grants,
  graph,
  type Operation,
  steps,
  tokenChecks,
} from '@hallpass/server/declarations';
import { blockedReasons } from '@hallpass/pages';
import { callSection, errorInWords, needsOf, ours } from './calls.ts';
import { code, grouped, table } from './markdown.ts';

const shown: Readonly<Record<Field<unknown>['show'], string>> = { always: 'always', default: 'yes', asked: '' };

const oursSentence = `Entries marked ${ours} are described by no document of the real service.`;

export function nodePage(): string {
  return [
    '# Nodes',
    'What can be read and done at `/{id}` and `/{id}/{edge}`. `me` stands for the subject of the token. A field whose need the caller does not hold is left out; an edge is refused. ' +
      `The column *by default* says which fields come when none are asked for with \`fields=\`. ${oursSentence}`,
    ...[...graph.nodes.values()].map(nodeSection),
  ].join('\n\n');
}

function nodeSection(node: AnyNode): string {
  const fields = Object.entries(node.fields as Readonly<Record<string, Field<unknown>>>);
  const notes = notesFor(fields.map(([, field]) => needsOf(field.needs)));
  return [
    `## ${node.name}`,
    `${node.doc} \`metadata=1\` calls its type \`${node.type}\`. To read it takes ${needsOf(node.needs)}.`,
    table(
      ['field', 'type', 'what it is', 'by default', 'needs'],
      fields.map(([name, field]) => {
        const needs = needsOf(field.needs);
        return [code(name), field.type, field.doc, shown[field.show], notes.get(needs) ?? needs];
      }),
    ),
    ...[...notes].map(([needs, note]) => `${note} ${needs}.`),
    ...retiredFields(node),
    ...grouped(node.edges as readonly Edge<unknown>[], sameness).map(([, same]) => edgeSection(node, same)),
  ].join('\n\n');
}

/** Fields that were real once, with the version from which each is refused. */
function retiredFields({ retired }: AnyNode): string[] {
  if (retired.size === 0) return [];
  const names = [...retired].map(([name, { refusedFrom }]) =>
    refusedFrom === undefined ? code(name) : `${code(name)} (error 12 from ${refusedFrom})`,
  );
  return [`Fields that were real once, passed over in silence unless a version is named: ${names.join(', ')}.`];
}

/** Long needs that many fields have are said once, below the table. */
function notesFor(needs: readonly string[]): Map<string, string> {
  const repeated = [...new Set(needs)].filter(
    (one) => one.length > 60 && needs.filter((other) => other === one).length > 1,
  );
  return new Map(repeated.map((one, index) => [one, `(${index + 1})`]));
}

/** An edge under two names is described once. */
const sameness = ({ method, doc, needs, params }: Edge<unknown>): string =>
  [method, doc, needsOf(needs), ...Object.keys(params)].join(' ');

function edgeSection(node: AnyNode, same: readonly Edge<unknown>[]): string {
  const [first] = same as [Edge<unknown>];
  const lines = same.flatMap(({ method, name, tail }) => {
    const line = `${method} ${[`/{${node.name}-id}`, ...(name === '' ? [] : [name])].join('/')}`;
    return tail === undefined ? [line] : [line, `${line}/{${tail}}`];
  });
  return callSection({ ...first, lines, needs: needsOf(first.needs), answer: answerOf(first) });
}

function answerOf({ answer, of, shows }: Edge<unknown>): string | undefined {
  const what =
    of === undefined ? undefined : `${of}${shows === undefined ? '' : ` with ${shows.map(code).join(', ')}`}`;
  if (answer === 'list') return what === undefined ? 'a list' : `a list of ${what}`;
  return what;
}

export function operationPage(): string {
  const operations = grouped([...graph.operations.values()], ({ path, doc }) => `${path} ${doc}`);
  return [
    '# Operations',
    `Calls at the root of the Graph that are no nodes. ${oursSentence} What \`oauth/access_token\` takes depends on the grant: see [grants](grants.md).`,
    ...operations.map(([, same]) => operationSection(same)),
  ].join('\n\n');
}

function operationSection(same: readonly Operation[]): string {
  const [first] = same as [Operation];
  return callSection(
    {
      ...first,
      lines: same.map(({ method, path }) => `${method} /${path}`),
      needs: [needsOf(first.needs), ...clientInWords(first)].filter((part) => part !== '').join('; '),
    },
    '##',
  );
}

/** An operation asks this of the OAuth client that makes it. */
const clientInWords = ({ client, bearer }: Operation): string[] => [
  ...(client === undefined ? [] : [client === 'secret' ? clients.secret : '`client_id`']),
  ...(bearer === undefined ? [] : [`\`access_token\`, ${inWords({ is: 'token', kinds: bearer })} of the same app`]),
];

const clients: Readonly<Record<Grant['client'], string>> = {
  secret: '`client_id` and the app secret',
  secret_unless_bound:
    '`client_id`; and the app secret, unless what is presented is bound to its holder in another way',
  none: '`client_id`; the app secret is not needed, and checked where it is sent',
};

export function grantPage(): string {
  return [
    '# Grants',
    'What `oauth/access_token` gives, by `grant_type`, in GET and POST alike. The secret comes as `client_secret` or by HTTP Basic.',
    '## The order of checks',
    'Each parameter is looked at in this order, for every grant, and the first refusal is the answer. What a grant says of its own parameters stands with it.',
    table(
      ['parameter', 'how it is looked at', 'refused with'],
      tokenChecks.map(({ parameter, doc, says }) => [code(parameter), doc, saysInWords(says)]),
    ),
    ...grants.map((one) =>
      callSection(
        {
          lines: [`grant_type=${one.name}`],
          doc: one.doc,
          needs: clients[one.client],
          params: one.params,
          answer: `a token of the kind ${one.issues.map(code).join(' or ')}`,
          rules: Object.entries(one.says ?? {}).map(
            ([name, says]) => `${code(name)} is refused with ${saysInWords(says)}.`,
          ),
        },
        '##',
      ),
    ),
  ].join('\n\n');
}

export function dialogPage(): string {
  const stops = (says: NonNullable<(typeof steps)[number]['says']>): string =>
    says
      .map((reason) =>
        Object.hasOwn(blockedReasons, reason)
          ? `page “${blockedReasons[reason as keyof typeof blockedReasons].title}” ${code(reason)}`
          : `error=${code(reason)} at the app’s address`,
      )
      .join(', ');
  return [
    '# The dialog',
    'The steps of the log-in dialog, in the order in which they are walked at every request; the first that stops it is the answer. A page is of ours and leads nowhere; an error is told to the app at its own address.',
    table(
      ['step', 'parameters that it looks at', 'stops with'],
      steps.map(({ name, reads = [], says = [] }) => [name, reads.map(code).join(', '), stops(says)]),
    ),
  ].join('\n\n');
}

const saysInWords = (keys: readonly ErrorKey[]): string => keys.map(errorInWords).join(', ');
