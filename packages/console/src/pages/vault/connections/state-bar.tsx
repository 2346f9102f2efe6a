// The picture above the list: one bar of all connections, a part for each state, and below it the states as buttons that
// show theirs alone.
import { UnstyledButton } from '@mantine/core';
import { type HolderState, holderStates, type Overview } from '@hallpass/vault/client';
import { stateLooks } from '../states.tsx';

/** Trouble first, as it is looked for. */
const order: readonly HolderState[] = [
  'needs_person',
  'dead',
  'blocked_at_meta',
  'needs_role',
  'needs_permission',
  'expiring',
  'unreachable',
  'healthy',
];

interface StateBarProps {
  states: Overview['states'];
  /** The state that is shown alone. */
  chosen: HolderState | null;
  onChoose(state: HolderState | null): void;
}

export function StateBar({ states, chosen, onChoose }: StateBarProps) {
  const counted = order.flatMap((state) => states.filter((one) => one.state === state && one.count > 0));
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return (
    <figure className="state-bar" aria-label="Connections by state">
      <div className="state-bar-parts" aria-hidden>
        {counted.map(({ state, count }) => (
          <span
            key={state}
            className={`state-part ${state}${chosen === null || chosen === state ? '' : ' aside'}`}
            style={{ flexGrow: count }}
          />
        ))}
      </div>
      <figcaption className="state-bar-words">
        {counted.map(({ state, count }) => (
          <UnstyledButton
            key={state}
            className="state-choice"
            aria-pressed={chosen === state}
            title={`Only those: ${holderStates[state]}`}
            onClick={() => onChoose(chosen === state ? null : state)}
          >
            <span className={`plot-mark state-part ${state}`} aria-hidden />
            <b>{count.toLocaleString('en')}</b> {stateLooks[state].label}
          </UnstyledButton>
        ))}
      </figcaption>
    </figure>
  );
}
