// The path and the credential say what is changed, and for whom. The same thing named otherwise in a parameter is
// refused: never obeyed, and never passed over in silence (threats I-11, PR-04).
import { graphError, isId, keysOf } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import type { Maybe } from '../../installation/maybe.ts';
import { knownAs } from '../../people/scoped-id.ts';
import type { Context } from '../../graph/language/context.ts';
import { personBehindId } from './person-meant.ts';
import type { Edge } from '../../graph/language/schema.ts';

type PathSubject = 'user' | 'page' | 'app' | 'business' | 'system_user' | 'ad_account' | 'campaign';

/** Parameters that name a subject; one that an edge declares is that edge's own. */
const namesOf: Readonly<Record<PathSubject, readonly string[]>> = {
  user: ['user_id', 'user', 'system_user'],
  page: ['page_id', 'page'],
  app: ['app_id', 'app', 'business_app'],
  business: ['business_id', 'business'],
  system_user: ['system_user_id', 'system_user'],
  ad_account: ['account_id', 'adaccount_id', 'ad_account'],
  campaign: ['campaign_id'],
};

type IdOf<Row> = (context: Context, row: Row) => Maybe<string>;

/** The subject as the credential has it, where the path says nothing of it. */
async function byCredential({ installation, viewer }: Context, subject: PathSubject): Promise<string | undefined> {
  if (subject === 'page') return viewer.page?.id;
  if (subject === 'app') return viewer.app?.id;
  if (subject === 'business' || subject === 'ad_account' || subject === 'campaign') return undefined;
  if (subject === 'system_user' && (viewer.person?.systemUserOf ?? null) === null) return undefined;
  return viewer.person && viewer.app ? knownAs(installation, viewer.app.id, viewer.person.id) : undefined;
}

/** `act_` before the number of an ad account, and another of the ids of a person, say the same. */
async function isAnotherSpelling(
  context: Context,
  subject: PathSubject,
  said: ParamValue,
  meant: string,
): Promise<boolean> {
  if (subject === 'ad_account') return said === `act_${meant}`;
  if ((subject !== 'user' && subject !== 'system_user') || typeof said !== 'string' || !isId(said)) return false;
  const personId = await personBehindId(context, said);
  return personId !== null && personId === (await personBehindId(context, meant));
}

/** Puts the rule on all changing edges of a list. @param target the subjects that the path names */
export function pathDecides<Row>(
  target: Partial<Record<PathSubject, IdOf<Row>>>,
  edges: readonly Edge<Row>[],
): Edge<Row>[] {
  return edges.map((edge) => {
    if (edge.method === 'GET') return edge;
    const checked = keysOf(namesOf).flatMap((subject) =>
      namesOf[subject].filter((name) => !(name in edge.params)).map((name) => ({ subject, name })),
    );
    return {
      ...edge,
      async run(context, row, args, page) {
        for (const { subject, name } of checked) {
          const sent = context.call.params[name];
          if (sent === undefined || sent === null || sent === '' || sent === 'me') continue;
          const meant = await (target[subject]?.(context, row) ?? byCredential(context, subject));
          const said = typeof sent === 'number' ? String(sent) : sent;
          if (meant !== undefined && said !== meant && !(await isAnotherSpelling(context, subject, said, meant)))
            throw graphError('param.invalid', { name });
        }
        return edge.run(context, row, args, page);
      },
    };
  });
}
