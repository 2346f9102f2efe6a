// These parameters say which rows are wanted or what a figure is about. Where a call does not know such a parameter it
// is refused: ignoring it would give a wrong figure without a word. Other unknown parameters are ignored, as the Graph
// does.
import { graphError } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import type { Params } from './params.ts';

// biome-ignore format: a list of words
const narrowing = [
  'action_breakdowns', 'breakdown', 'breakdowns', 'date_preset', 'default_summary', 'effective_status', 'filtering', 'is_completed', 'level',
  'offset', 'order', 'order_by', 'period', 'q', 'search_query', 'since', 'sort', 'time_increment', 'time_range', 'time_ranges', 'until',
] as const;

/**
 * @throws GraphError param.unsupported for a parameter that would change what is answered and that the call does not
 * know
 */
export function refuseUnknownNarrowing(known: Params, params: Readonly<Record<string, ParamValue>>): void {
  for (const name of narrowing) {
    const value = params[name];
    if (value === undefined || value === null || value === '' || Object.hasOwn(known, name)) continue;
    // The list from its beginning is what is answered anyway.
    if (name === 'offset' && (value === '0' || value === 0)) continue;
    throw graphError('param.unsupported', { name });
  }
}
