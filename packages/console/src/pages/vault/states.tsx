// Every page of the vault shows the state of a connection in the same way: by a colour and a short word.
import { Badge } from '@mantine/core';
import { type HolderState, holderStates } from '@hallpass/vault/client';

interface StateLook {
  /** A word or two; the table of states has the whole sentence. */
  label: string;
  colour: 'brand' | 'warn' | 'danger' | 'note';
}

export const stateLooks: Readonly<Record<HolderState, StateLook>> = {
  healthy: { label: 'Works', colour: 'brand' },
  expiring: { label: 'Ends soon', colour: 'warn' },
  needs_permission: { label: 'Lacks permission', colour: 'warn' },
  needs_person: { label: 'Needs its person', colour: 'danger' },
  needs_role: { label: 'Lacks role', colour: 'danger' },
  blocked_at_meta: { label: 'Blocked', colour: 'danger' },
  unreachable: { label: 'Not known', colour: 'note' },
  dead: { label: 'Gone', colour: 'danger' },
};

export function StateBadge({ state }: { state: HolderState }) {
  const { label, colour } = stateLooks[state];
  return (
    <Badge variant="light" color={colour} tt="none" miw="max-content" title={`It ${holderStates[state]}`}>
      {label}
    </Badge>
  );
}
