// Asks whether a refusal was ordered for a request at a step, and logs it where one is given.
import type { FaultPoint, FaultStep, OrderedFault } from '../wire/faults.ts';
import type { Installation } from './installation.ts';

export function orderedFault(
  { world }: Pick<Installation, 'world'>,
  step: FaultStep,
  point: FaultPoint,
): OrderedFault | undefined {
  const fault = world.faults?.take(step, point);
  if (fault)
    world.log('info', 'fault.ordered', {
      outcome: 'refused',
      reason: fault.key,
      order: fault.order,
      step,
      path: point.path,
      appId: point.app,
      traceId: point.traceId,
    });
  return fault;
}
