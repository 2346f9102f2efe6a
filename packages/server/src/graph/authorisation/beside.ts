// Beside its target, a requirement may look at parameters of the call, the things that they name, the business that
// owns the target, and the conditions of "only where".
import {
  type Facts,
  GraphError,
  type NamedThing,
  oncePer,
  type ParameterFault,
  partsOf,
  type Requirement,
} from '@hallpass/protocol';
import { conditionsOfCalls } from '../language/conditions.ts';
import { openInspected, subjectOf } from '../authentication/inspected-token.ts';
import { allValues, type Maybe, withValue } from '../../installation/maybe.ts';
import type { Context } from '../language/context.ts';
import { readParams } from '../language/params.ts';
import type { CallOnTarget, Target } from '../language/schema.ts';
import { AdAccountId, AppId, BusinessId, PageId } from '../../store/ids.ts';

type FactsFor = (context: Context, requirement: Requirement, target: Target) => Maybe<Facts>;
type Brought = NonNullable<Facts['given']>;

export type FactsBeside = Pick<Facts, 'on' | 'given' | 'where'>;

/**
 * A promise only where something beside the target must be read first. @param factsFor loads the facts about one target
 */
export function factsBeside(
  context: Context,
  requirement: Requirement,
  target: Target,
  factsFor: FactsFor,
): Maybe<FactsBeside> {
  const given = broughtBy(target.call);
  const parts = partsBeside(partsOf(requirement, given));
  // Most requirements look at their target alone.
  return parts.things.length === 0 && parts.conditions.length === 0
    ? { given, on: nothing, where: never }
    : lookBeside(context, given, parts, target, factsFor);
}

function lookBeside(
  context: Context,
  given: Brought,
  { things, conditions }: PartsBeside,
  target: Target,
  factsFor: FactsFor,
): Maybe<FactsBeside> {
  const found = allValues([
    allValues(things.map((part) => factsOn(context, part, target, factsFor))),
    allValues(conditions.map((part) => holds(context, part, target.call))),
  ]);
  return withValue(found, ([facts, held]) => ({
    given,
    on: (thing) => facts[things.findLastIndex((part) => part.thing === thing)],
    where: (condition, parameter) =>
      held[conditions.findLastIndex((part) => part.condition === condition && part.parameter === parameter)] ?? false,
  }));
}

type On = Extract<Requirement, { is: 'on' }>;
type Where = Extract<Requirement, { is: 'where' }>;

/** The parts of a requirement that look beside its target. */
interface PartsBeside {
  things: readonly On[];
  conditions: readonly Where[];
}

const partsBeside = oncePer(
  (parts: readonly Requirement[]): PartsBeside => ({
    things: parts.filter((part) => part.is === 'on'),
    conditions: parts.filter((part) => part.is === 'where'),
  }),
);

const factsOn = (context: Context, { thing, needs }: On, target: Target, factsFor: FactsFor) =>
  withValue(targetOf(context, thing, target), (other) =>
    other === undefined || 'error' in other ? other : factsFor(context, needs, other),
  );

const nothing = (): undefined => undefined;
const never = (): boolean => false;

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

function holds(
  context: Context,
  { condition, parameter }: Where,
  call: CallOnTarget | undefined,
): Maybe<boolean | ParameterFault> {
  const ofCall = conditionsOfCalls[condition];
  const read = parameter === undefined ? { value: undefined } : readOne(call, parameter);
  if ('error' in read) return read;
  if (ofCall) return ofCall(context, read.value);
  return call?.conditions[condition]?.(context, call.row, read.value) ?? false;
}

/** The other thing as a target; undefined where nobody named it or it is not there. */
function targetOf(context: Context, thing: NamedThing, target: Target): Maybe<Target | ParameterFault | undefined> {
  const { installation, viewer } = context;
  const other = { ...target, self: false, ownApp: false };
  if ('relation' in thing) {
    if (thing.relation === 'caller') return viewer.app && { ...other, appId: viewer.app.id, ownApp: true };
    return withValue(target.pageId === undefined ? null : installation.facts.ownerOfPage(target.pageId), (owner) =>
      owner === null ? undefined : { ...other, businessId: owner },
    );
  }
  const read = readOne(target.call, thing.parameter);
  if ('error' in read) return read;
  const id = read.value;
  if (id === undefined) return undefined;
  switch (thing.kind) {
    case 'token':
      return withValue(openInspected(context, id), (opened) => {
        const { appId, personId } = subjectOf(opened);
        return {
          ...other,
          appId,
          ownApp: appId !== undefined && appId === viewer.app?.id,
          self: personId !== undefined && personId === viewer.person?.id,
        };
      });
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
