// This entry offers what the Graph and the pages are, as data: for reference pages, completion, and checks from
// outside.
import { assemble } from '../graph/language/assemble.ts';
import type { Graph } from '../graph/language/schema.ts';
import { grants } from '../grants/index.ts';
import { nodes } from '../nodes/index.ts';
import { tokenEndpoint } from '../oauth/token-endpoint.ts';
import { operations } from '../operations/index.ts';

export type { Grant } from '../oauth/grant.ts';
export type { Params } from '../graph/language/params.ts';
export type { AnyNode, Edge, Field, Operation } from '../graph/language/schema.ts';
export { grants } from '../grants/index.ts';
export { tokenChecks } from '../oauth/token-checks.ts';
export { steps } from '../login/steps.ts';
export { limitTable } from '@hallpass/protocol/request';
export { events } from '../installation/events.ts';
export { doors, routes, sdkCalls } from '../site/index.ts';
export { settingTable } from '../settings.ts';

/** Every declaration of the Graph, put together once. */
export const graph: Graph = assemble(nodes, [...operations, ...tokenEndpoint(grants)]);
