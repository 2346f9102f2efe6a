// Beside its target, a requirement may look at parameters of the call, the things that they name, the business that
// owns the target, and the conditions of "only where".
import {
  type Facts,
  GraphError,
  type NamedThing,
  type ParameterFault,
  partsOf,
  type Requirement,
} from '@hallpass/protocol';
import { conditionsOfCalls } from '../language/conditions.ts';
import { openInspected, subjectOf } from '../authentication/inspected-token.ts';
import type { Maybe } from '../../installation/maybe.ts';
import type { Context } from '../language/context.ts';
import { readParams } from '../language/params.ts';
import type { CallOnTarget, Target } from '../language/schema.ts';
import { AdAccountId, AppId, BusinessId, PageId } from '../../store/ids.ts';

type FactsFor = (context: Context, requirement: Requirement, target: Target) => Maybe<Facts>;
type Brought = NonNullable<Facts['given']>;

export type FactsBeside = Pick<Facts, 'on' | 'given' | 'where'>;

/**
 * A promise only where there is something to look at: most requirements look at their target alone. @param factsFor
 * loads the facts about one target
 */
export function factsBeside(
  context: Context,
  requirement: Requirement,
  target: Target,
  factsFor: FactsFor,
): Maybe<FactsBeside> {
  const given = broughtBy(target.call);
  const parts = partsOf(requirement, given);
  return parts.some(({ is }) => is === 'on' || is === 'where')
    ? lookBeside(context, given, parts, target, factsFor)
    : { given, on: nothing, where: never };
}

async function lookBeside(
  context: Context,
  given: Brought,
  parts: readonly Requirement[],
  target: Target,
  factsFor: FactsFor,
): Promise<FactsBeside> {
  const things = new Map<NamedThing, Facts | ParameterFault>();
  const conditions = new Map<string, boolean | ParameterFault>();
  for (const part of parts) {
    if (part.is === 'on') {
      const other = await targetOf(context, part.thing, target);
      if (other !== undefined)
        things.set(part.thing, 'error' in other ? other : await factsFor(context, part.needs, other));
    }
    if (part.is === 'where') conditions.set(keyOf(part), await holds(context, part, target.call));
  }
  return {
    given,
    on: (thing) => things.get(thing),
    where: (condition, parameter) => conditions.get(keyOf({ condition, parameter })) ?? false,
  };
}

const nothing = (): undefined => undefined;
const never = (): boolean => false;

type Where = Pick<Extract<Requirement, { is: 'where' }>, 'condition'> & { parameter?: string | undefined };

const keyOf = ({ condition, parameter = '' }: Where): string => `${condition} ${parameter}`;

/** Empty text counts as absent, as it does where parameters are read. */
const broughtBy = (call: CallOnTarget | undefined): Brought => ({
  has(name) {
    const value = call?.given[name];
    return value !== undefined && value !== null && value !== '';
  },
});

/** The value of one parameter, or why it has none that could be looked at. */
function readOne(call: CallOnTarget | undefined, name: string): { value: string | undefined } | ParameterFault {
  const declared = call?.params[name];
  if (call === undefined || declared === undefined) return { value: undefined };
  try {
    const value: unknown = readParams({ [name]: declared }, call.given)[name];
    return { value: typeof value === 'string' ? value : undefined };
  } catch (error) {
    if (error instanceof GraphError) return { error: error.key, params: error.params };
    throw error;
  }
}

async function holds(
  context: Context,
  { condition, parameter }: Where,
  call: CallOnTarget | undefined,
): Promise<boolean | ParameterFault> {
  const ofCall = conditionsOfCalls[condition];
  const read = parameter === undefined ? { value: undefined } : readOne(call, parameter);
  if ('error' in read) return read;
  if (ofCall) return ofCall(context, read.value);
  return (await call?.conditions[condition]?.(context, call.row, read.value)) ?? false;
}

/** The other thing as a target; undefined where nobody named it or it is not there. */
async function targetOf(
  context: Context,
  thing: NamedThing,
  target: Target,
): Promise<Target | ParameterFault | undefined> {
  const { installation, viewer } = context;
  const other = { ...target, self: false, ownApp: false };
  if ('relation' in thing) {
    if (thing.relation === 'caller') return viewer.app && { ...other, appId: viewer.app.id, ownApp: true };
    const owner = target.pageId === undefined ? null : await installation.facts.ownerOfPage(target.pageId);
    return owner === null ? undefined : { ...other, businessId: owner };
  }
  const read = readOne(target.call, thing.parameter);
  if ('error' in read) return read;
  const id = read.value;
  if (id === undefined) return undefined;
  switch (thing.kind) {
    case 'token': {
      const { appId, personId } = subjectOf(await openInspected(context, id));
      return {
        ...other,
        appId,
        ownApp: appId !== undefined && appId === viewer.app?.id,
        self: personId !== undefined && personId === viewer.person?.id,
      };
    }
    case 'page':
      return { ...other, pageId: PageId.parse(id) };
    case 'app':
      return { ...other, appId: AppId.parse(id), ownApp: id === viewer.app?.id };
    case 'business':
      return { ...other, businessId: BusinessId.parse(id) };
    case 'ad_account':
      return { ...other, adAccountId: AdAccountId.parse(id) };
  }
}
