// An app learns how much of each of its limits it has used up: of its own, and of that of every Page and ad account that it
// called lately.
import type { LimitUse } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import * as store from '../store/installation/usage.ts';
import { SLOTS } from './meter.ts';
import type { UsageCounter } from './usage-counter.ts';
import type { Usage } from './usage.ts';
import { type UseCase, useCases } from './use-cases.ts';

/** More objects than that are left out; those with the lowest ids come first. */
const MOST_OBJECTS = 500;

const isUseCase = (name: string): name is UseCase => Object.hasOwn(useCases, name);

function counterOf({ subjects }: Usage, app: App, subject: string): UsageCounter | undefined {
  const [name = '', , id = ''] = subject.split(':');
  if (name === 'page') return subjects.page(app.id, id);
  return isUseCase(name) ? subjects.business(app, { useCase: name, id }) : undefined;
}

export async function limitsOfApp(usage: Usage, app: App): Promise<LimitUse[]> {
  const { subjects } = usage;
  const { now } = subjects;
  const used = subjects.app(app);
  const stored = await store.subjectsOfApp(
    subjects.db.read,
    app.id,
    ['page', ...Object.keys(useCases)],
    now,
    MOST_OBJECTS,
  );
  const counters = [used.counted, ...stored.flatMap((subject) => counterOf(usage, app, subject) ?? [])];
  const limits: LimitUse[] = [];
  for (const counter of counters) {
    if (!counter.loaded) await subjects.load(counter, counter === used.counted ? used : undefined);
    const { name, meter, allowance } = counter;
    const isOver = counter.over(now);
    if (!Number.isFinite(allowance)) continue;
    limits.push({
      use_case: name.what,
      ...(name.objectId === undefined ? {} : { object_id: name.objectId }),
      calls: meter.calls,
      allowance,
      span: meter.width * SLOTS,
      ...counter.percentages(),
      regain_seconds: isOver ? Math.max(1, counter.regain(now)) : 0,
    });
  }
  return limits;
}
