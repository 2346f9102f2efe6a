// The Graph is declared in this language: a node is a file; a field or an edge is an entry in it: a sentence, a type,
// what the caller must hold, and how to answer. All but "how to answer" is data: evaluated, printed, compared.
import type {
  CallersOf,
  Condition,
  ErrorKey,
  GraphError,
  KnownCaller,
  Requirement,
  RequirementOf,
  TokenKind,
  Version,
} from '@hallpass/protocol';
import type { FieldRequest, Method, ParamValue } from '@hallpass/protocol/request';
import type { UsageTarget, Rate, UseCase } from '../../usage/use-cases.ts';
import type { Maybe } from '../../installation/maybe.ts';
import type { Context } from './context.ts';
import type { KnownViewer, ViewerOf } from '../authentication/viewer.ts';
import type { CursorFault } from '../rendering/cursors.ts';
import type { Args, Params } from './params.ts';
import { type Place, placeOfCaller } from './place.ts';
import type { RetiredField, RetiredFields } from './retired-fields.ts';
import type { AdAccountId, AppId, BusinessId, PageId } from '../../store/ids.ts';
import type { NamedTable } from '../../store/tables-of-id.ts';

export interface Field<Row> {
  /** The place of its declaration, if that is known. */
  place?: Place;
  doc: string;
  /** The type of the value, as the reference prints it. */
  type: string;
  /** `always` is there whatever was asked; `default` when nothing was. */
  show: 'always' | 'default' | 'asked';
  needs?: Requirement;
  /** The reaction to a caller without `needs`: the field left out (the default), or the error. */
  otherwise?: 'omit' | 'refuse';
  /** Name of the node type of the value: it is rendered with the fields asked inside braces. */
  of?: string;
  /** A value out of the row; `undefined` leaves the field out. */
  from?(row: Row, context: Context<KnownViewer>): unknown;
  /** Values for many rows at once, in their order: for what needs the database. */
  load?(
    context: Context<KnownViewer>,
    rows: readonly Row[],
    modifiers: Readonly<Record<string, string>>,
  ): Maybe<readonly unknown[]>;
}

/** A request for the next page of a list. Cursors are opaque texts made from the position of an item. */
export interface PageRequest {
  limit: number;
  after: string | undefined;
  before: string | undefined;
}

/** Part of a list, with what is needed for its paging links. */
export interface ListPart<Row> {
  rows: readonly Row[];
  /** Position of an item, from which its cursor is made; the id of the row by default. */
  position?: (row: Row) => string;
  hasNext: boolean;
  hasPrevious: boolean;
  /** The number of items of the whole list, for `summary`: counted only where it is asked for. */
  total: number | (() => Promise<number>);
  /** Fields of the items where the call asks for none. */
  fields?: readonly FieldRequest[];
  /** Makes the summary where it is not the number of items: out of the parameter `summary`; undefined for none. */
  summarise?(summary: ParamValue | undefined): Promise<Record<string, unknown> | undefined>;
}

export interface Edge<Row> {
  /** The place of its declaration. */
  place: Place;
  method: Method;
  name: string;
  doc: string;
  needs: Requirement;
  params: Params;
  /** Node type of the items of a list, or of the created object; without it the answer is given as it is. */
  of?: string;
  /** Fields of items when none are asked; the node's defaults otherwise. */
  shows?: readonly string[];
  /** Fields that items have in this list alone, such as the tasks with which a thing was assigned. */
  // biome-ignore lint/suspicious/noExplicitAny: the engine knows no item type
  itemFields?: Readonly<Record<string, Field<any>>>;
  /** One more path segment is taken as this parameter: /{user}/permissions/{permission}. */
  tail?: string;
  /** Errors of what the act itself looks at, besides `needs` and parameters: a limit, a state that forbids it. */
  refuses?: readonly ErrorKey[];
  /** 'ours' where no document of the real service describes it. */
  source?: 'documented' | 'ours';
  /** The words for a missing permission, where they depend on what was asked; those of the requirement otherwise. */
  withoutPermission?(permission: string, params: Readonly<Record<string, ParamValue>>): GraphError;
  /** The use case it counts to, where that is another one than its node's. */
  counts?: UseCase;
  /** A limit of its own, for each app and object. */
  rate?: Rate;
  /** The refusal of a cursor that is none of this list; (#100) by default. */
  cursorFault?: CursorFault;
  /**
   * Answers for any number in place of the node, with or without a token, and without looking whether anything is
   * behind it.
   * Edges of that name answer alike on every node that has one.
   */
  forAnyId?(context: Context, id: string, args: never): Promise<unknown>;
  answer: 'list' | 'value';
  run(context: Context, row: Row, args: never, page: PageRequest): Promise<unknown>;
}

/** Decides whether a condition holds for a row. `parameter` is the value of the one that the requirement names. */
type ConditionCheck<Row> = (context: Context, row: Row, parameter: string | undefined) => boolean | Promise<boolean>;

export interface Node<Row> {
  /** The place of its declaration. */
  place: Place;
  name: string;
  /** The name of the type in error messages; `metadata=1` has it in small letters. */
  type: string;
  doc: string;
  /** The requirement for reading it at all. A caller who may not even know of it gets "does not exist". */
  needs: Requirement;
  /** Its ids are numbers unless it says otherwise. */
  ids?: 'web addresses';
  /** The tables in which its ids stand; left out where they stand in none, and `find` is asked for any id. */
  tables?: readonly NamedTable[];
  /** Finds the row by a public id; undefined when there is none that this viewer may know of. */
  find(context: Context, id: string): Promise<Row | undefined>;
  fields: Readonly<Record<string, Field<Row>>>;
  /** Fields that were real once. */
  retired: ReadonlyMap<string, RetiredField>;
  /** Refuses fields all at once, where this node has words of its own for that. @throws GraphError */
  checkFields?(names: readonly string[], version: Version): void;
  /**
   * Fields that are the same for every row: a caller without a token who asks for them by any number is told, without
   * looking whether anything is behind it. What is undefined is left out.
   */
  sameForAll?: Readonly<Record<string, string | number | boolean | undefined>>;
  edges: readonly Edge<Row>[];
  /** The object with a limit of its own that calls on a row count to; without it they count to the app. */
  countsTo?(row: Row): UsageTarget;
  /** The checks of the conditions that its requirements name. */
  conditions: Partial<Record<Condition, ConditionCheck<Row>>>;
  /** Finds the facts against which the requirements are evaluated. */
  target(context: Context, row: Row): Target;
}

/** A target is what a row is to the viewer: evaluated requirements look at nothing else of it. */
export interface Target {
  /** The viewer's own subject. */
  self: boolean;
  /** The target is the viewer's own app, or belongs to it. */
  ownApp: boolean;
  /** The Page that permissions and tasks are about. */
  pageId?: PageId | undefined;
  /** The ad account that its tasks are about, without `act_`. */
  adAccountId?: AdAccountId | undefined;
  /** The app that roles are about. */
  appId?: AppId | undefined;
  /** The business that business roles are about. */
  businessId?: BusinessId | undefined;
  /** The call, for requirements that look at its parameters or at conditions of the row. */
  call?: CallOnTarget;
}

/** A call brings this to its target. */
export interface CallOnTarget {
  row: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the engine knows no row type
  conditions: Partial<Record<Condition, ConditionCheck<any>>>;
  /** The declared parameters, and what the call gives for them. */
  params: Params;
  given: Readonly<Record<string, ParamValue>>;
}

/** The row as a target of a call, with what requirements may look at beside it. */
export const targetOf = <Row>(
  context: Context,
  { target, conditions }: Node<Row>,
  row: Row,
  params: Params,
  given: Readonly<Record<string, ParamValue>>,
): Target => ({ ...target(context, row), call: { row, conditions, params, given } });

interface FieldOptions<Row, N extends Requirement>
  extends Omit<Field<Row>, 'place' | 'doc' | 'type' | 'show' | 'needs' | 'from' | 'load'> {
  show?: Field<Row>['show'];
  needs?: N;
  from?(row: Row, context: ContextBehind<N>): unknown;
  load?(
    context: ContextBehind<N>,
    rows: readonly Row[],
    modifiers: Readonly<Record<string, string>>,
  ): Maybe<readonly unknown[]>;
}

/** Shorthand for the entries of `fields`. */
export function fieldsOf<Row>() {
  const entry = (type: string) =>
    function declare<const N extends Requirement = RequirementOf<KnownCaller>>(
      doc: string,
      options: FieldOptions<Row, N>,
    ): Field<Row> {
      // The engine asks for `needs` before it calls the functions, so they never meet another viewer.
      return { place: placeOfCaller(declare), show: 'asked', ...options, doc, type } as Field<Row>;
    };
  return {
    text: entry('string'),
    id: entry('numeric string'),
    number: entry('integer'),
    bool: entry('boolean'),
    moment: entry('datetime'),
    list: <const N extends Requirement = RequirementOf<KnownCaller>>(
      of: string,
      doc: string,
      options: FieldOptions<Row, N>,
    ) => entry(`list<${of}>`)(doc, options),
    object: <const N extends Requirement = RequirementOf<KnownCaller>>(
      name: string,
      doc: string,
      options: FieldOptions<Row, N>,
    ) => entry(name)(doc, options),
  };
}

/** A function behind a requirement is handed this: one of the callers that can meet it, or also nobody for `anyone`. */
type ContextBehind<N extends Requirement> = Context<ViewerOf<CallersOf<N>>>;

interface EdgeOptions<P extends Params, N extends Requirement> {
  doc: string;
  needs: N;
  params?: P;
  tail?: string;
  refuses?: readonly ErrorKey[];
  source?: 'documented' | 'ours';
  counts?: UseCase;
  rate?: Rate;
  of?: string;
  shows?: readonly string[];
  itemFields?: Edge<unknown>['itemFields'];
  cursorFault?: CursorFault;
  withoutPermission?: Edge<unknown>['withoutPermission'];
}

/** Declares an edge that answers a list with paging. */
export function listEdge<Row, Item, P extends Params = Record<never, never>, N extends Requirement = Requirement>(
  name: string,
  options: EdgeOptions<P, N> & {
    run: (context: ContextBehind<N>, row: Row, args: Args<P>, page: PageRequest) => Promise<ListPart<Item>>;
  },
): Edge<Row> {
  return {
    place: placeOfCaller(listEdge),
    method: 'GET',
    answer: 'list',
    name,
    ...options,
    params: options.params ?? {},
    run: options.run as Edge<Row>['run'],
  };
}

/** Declares an edge that answers one value: an object, `{success:true}`, a bare `true`. */
export function edge<Row, P extends Params = Record<never, never>, N extends Requirement = Requirement>(
  method: Method,
  name: string,
  options: EdgeOptions<P, N> & {
    run: (context: ContextBehind<N>, row: Row, args: Args<P>) => Promise<unknown>;
    forAnyId?(context: Context, id: string, args: Args<P>): Promise<unknown>;
  },
): Edge<Row> {
  const { run, forAnyId, params = {}, ...data } = options;
  return {
    place: placeOfCaller(edge),
    method,
    answer: 'value',
    name,
    ...data,
    params,
    run: run as Edge<Row>['run'],
    ...(forAnyId ? { forAnyId: forAnyId as NonNullable<Edge<Row>['forAnyId']> } : {}),
  };
}

export interface Operation {
  /** The place of its declaration. */
  place: Place;
  method: Method;
  /** Path without version: `debug_token`, `oauth/revoke`. */
  path: string;
  doc: string;
  needs: Requirement;
  params: Params;
  source?: 'documented' | 'ours';
  /** Errors of what the act itself looks at, besides `needs`, its client and parameters. */
  refuses?: readonly ErrorKey[];
  /** It is made by the server of an app, as an OAuth client: `named` says who it is, `secret` shows its secret too. */
  client?: 'named' | 'secret';
  /** The client hands over `access_token`, a living token of its own app of one of these kinds. */
  bearer?: readonly TokenKind[];
  /** The parameter with a token that the proof may be over too, where an app token calls. */
  proofAlsoOver?: string;
  /** The engine leaves the call's access_token alone; the operation decides what counts as a credential. */
  ownCredentials?: boolean;
  /** `oauth`: refusals are written as RFC 6749, section 5.2 has them, and not in the envelope of the Graph. */
  errors?: 'oauth';
  /** Looks at what the operation takes for a credential; what it finds is handed to `run`. @throws GraphError */
  admit?(context: Context): Promise<unknown>;
  run(context: Context, args: never, admitted: never): Promise<unknown>;
}

export function operation<P extends Params = Record<never, never>, N extends Requirement = Requirement, A = undefined>(
  method: Method,
  path: string,
  options: Omit<Operation, 'place' | 'method' | 'path' | 'needs' | 'params' | 'admit' | 'run'> & {
    needs: N;
    params?: P;
    admit?(context: Context): Promise<A>;
    run: (context: ContextBehind<N>, args: Args<P>, admitted: A) => Promise<unknown>;
  },
): Operation {
  const place = placeOfCaller(operation);
  return { place, method, path, ...options, params: options.params ?? {}, run: options.run as Operation['run'] };
}

export type Fields<Row> = Readonly<Record<string, Field<Row>>>;

interface NodeOptions<Row> extends Omit<Node<Row>, 'place' | 'fields' | 'retired' | 'conditions'> {
  /** Several records are joined into one; a name that stands in two of them is refused. */
  fields: Fields<Row> | readonly Fields<Row>[];
  retired?: RetiredFields;
  conditions?: Node<Row>['conditions'];
}

/**
 * Declares a node; `Row` flows into its own functions and no further.
 * @throws Error for a field that is declared twice
 */
export function node<Row>(declaration: NodeOptions<Row>): Node<Row> {
  const { fields, retired, conditions = {}, ...rest } = declaration;
  const place = placeOfCaller(node);
  return {
    ...rest,
    place,
    conditions,
    fields: joinFields({ name: rest.name, place }, isList(fields) ? fields : [fields]),
    retired: new Map(Object.entries(retired ?? {})),
  };
}

/** The node with more fields, which other files declare. @throws Error for a field that is declared twice */
export const withFields = <Row>(of: Node<Row>, ...more: readonly Fields<Row>[]): Node<Row> => ({
  ...of,
  fields: joinFields(of, [of.fields, ...more]),
});

const isList = <Row>(fields: Fields<Row> | readonly Fields<Row>[]): fields is readonly Fields<Row>[] =>
  Array.isArray(fields);

function joinFields<Row>(of: { name: string; place: Place }, records: readonly Fields<Row>[]): Fields<Row> {
  const joined: Record<string, Field<Row>> = {};
  for (const record of records)
    for (const [name, field] of Object.entries(record)) {
      if (Object.hasOwn(joined, name))
        throw new Error(
          `The field ${of.name}.${name} is declared twice: ${String(joined[name]?.place ?? of.place)} and ${String(field.place ?? of.place)}`,
        );
      joined[name] = field;
    }
  return joined;
}

// biome-ignore lint/suspicious/noExplicitAny: the engine knows no node by name, and so no row type
export type AnyNode = Node<any>;

export interface Graph {
  nodes: ReadonlyMap<string, AnyNode>;
  /** `GET debug_token` → operation. */
  operations: ReadonlyMap<string, Operation>;
  /** Paths of operations, whatever their verb. */
  words: ReadonlySet<string>;
  /** `GET picture` → the edge that answers for any id. */
  forAnyId: ReadonlyMap<string, Edge<unknown>>;
  /** First segments that belong to operations: nothing else is found below them. */
  heads: ReadonlySet<string>;
  /** Paths of operations whose refusals are written as RFC 6749 has them. */
  oauthErrors: ReadonlySet<string>;
}
