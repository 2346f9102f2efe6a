// This module finds where a token comes from and what comes of it, and what can be called with it now: for people who
// debug one.
import {
  type Anchor,
  endsTogether,
  invalidations,
  type InvalidationName,
  inWords,
  GraphError,
} from '@hallpass/protocol';
import { authenticate } from '../authentication/authenticate.ts';
import { judge } from '../authorisation/judge.ts';
import type { Context } from '../language/context.ts';
import { findTarget } from '../find.ts';
import { deathInWords } from './check-error.ts';
import type { Viewer } from '../authentication/viewer.ts';
import type { Death } from '../../liveness/check.ts';
import { mayImpersonate } from '../../liveness/page-tokens.ts';
import type { OpenedCredential } from '../../liveness/open-token.ts';
import type { PersonId } from '../../store/ids.ts';

const MOST_PAGES = 50;

/** Says how a dead token died: which event, when, whose act it was, and what ended with it. */
export function certificateOf(death: Death, personId: PersonId) {
  const hits: Anchor | undefined = Object.hasOwn(invalidations, death.cause)
    ? invalidations[death.cause as InvalidationName].hits
    : undefined;
  return {
    event: death.cause,
    what: deathInWords(death.cause),
    ...(death.at === undefined ? {} : { at: death.at }),
    ...(death.by === undefined ? {} : { by: actorInWords(death.by, personId) }),
    also_ended: hits === undefined ? undefined : endsTogether[hits],
    comes_back: death.at === undefined && death.cause !== 'fenced',
  };
}

/** Says who it was, as far as the people of an app are to know. */
function actorInWords({ kind, id }: { kind: string; id: string | null }, personId: PersonId): string {
  if (kind === 'person') return id === personId ? 'The person the token speaks for' : 'Someone else with the right to';
  if (kind === 'app') return 'The app';
  return kind === 'operator' ? 'The operator of the platform' : 'The platform';
}

/** The viewer of the inspected token; undefined where the call would be refused before it is known who calls. */
export async function viewerOfInspected(context: Context, text: string): Promise<Viewer | undefined> {
  try {
    return await authenticate(context.installation, {
      ...context.call,
      credential: text,
      proof: undefined,
      proofTime: undefined,
    });
  } catch (error) {
    if (error instanceof GraphError && error.status < 500) return undefined;
    throw error;
  }
}

/** Each list of whoever the token speaks for, and whether the rules let the token read it now. */
export async function callableWith(context: Context, viewer: Viewer) {
  const within = { ...context, viewer };
  const me = viewer.kind === 'app' || viewer.kind === 'client' ? 'app' : 'me';
  const { node, row } = await findTarget(within, me);
  const target = node.target(within, row);
  const calls: { call: string; doc: string; allowed: boolean; needs: string }[] = [];
  for (const edge of node.edges) {
    if (edge.method !== 'GET' || edge.name === '' || edge.tail !== undefined) continue;
    context.call.work.spend('rule');
    const verdict = await judge(within, edge.needs, target);
    if (!verdict.ok && verdict.because.is === 'dashboard') continue;
    calls.push({ call: `${me}/${edge.name}`, doc: edge.doc, allowed: verdict.ok, needs: inWords(edge.needs) });
  }
  return calls;
}

/** Finds what the token was made from, and the Pages that it gives tokens for. */
export async function familyOf(context: Context, presented: OpenedCredential, viewer: Viewer | undefined) {
  if (presented.is !== 'sealed' && presented.is !== 'dead') return undefined;
  const { record } = presented;
  const parents = [
    ...(record.session === undefined ? [] : ['Web session of the person']),
    ...(record.login === undefined ? [] : ['Log-in through the dialog']),
    ...(record.kind === 'page' ? ['User token of that log-in'] : []),
  ];
  return { parents, children: viewer ? await pagesBelow(context, viewer) : [] };
}

async function pagesBelow({ installation, call }: Context, viewer: Viewer) {
  const { person, kind, grant, inForce } = viewer;
  if (!person || (kind !== 'user' && kind !== 'system_user')) return [];
  const roles = (await installation.facts.pagesOf(person.id)).filter(({ pageId }) =>
    mayImpersonate(inForce, grant, pageId),
  );
  call.work.spend('load', Math.min(roles.length, MOST_PAGES));
  const pages = [];
  for (const { pageId } of roles.slice(0, MOST_PAGES)) pages.push(await installation.facts.page(pageId));
  return pages.flatMap((page) => (page ? [{ type: 'PAGE', id: page.id, name: page.name }] : []));
}
