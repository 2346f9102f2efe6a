// At these steps of a call a refusal may have been ordered of an emulator.
import { orderedFault } from '../installation/ordered-fault.ts';
import type { FaultStep } from '../wire/faults.ts';
import type { Context } from './language/context.ts';

/** @throws OrderedFault where one is ordered for this call at this step; calls of our own pages have none */
export function throwOrderedFault({ installation, call, viewer }: Context, step: FaultStep): void {
  if (!installation.world.faults || viewer.dashboard) return;
  const client = call.params.client_id ?? call.basic?.id;
  const fault = orderedFault(installation, step, {
    method: call.method,
    path: call.segments.join('/'),
    app: viewer.app?.id ?? (typeof client === 'string' ? client : undefined),
    person: viewer.person?.id,
    page: viewer.page?.id,
    token: viewer.token,
    traceId: call.traceId,
  });
  if (fault) throw fault;
}
