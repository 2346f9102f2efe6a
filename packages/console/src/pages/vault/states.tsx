// Every page of the vault shows the state of a connection in the same way: by a colour and a short word.
import { Badge } from '@mantine/core';
import type { HolderState } from '@hallpass/vault/client';

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

/** The states as the end of a sentence that begins with "it". */
export const stateInWords: Readonly<Record<HolderState, string>> = {
  healthy: 'works',
  expiring: 'works, and ends soon',
  needs_person: 'needs its person to log in again',
  needs_permission: 'lacks a permission',
  needs_role: 'lacks a role or task',
  blocked_at_meta: 'is blocked by the platform',
  unreachable: 'isn’t known to work, because its server couldn’t be asked',
  dead: 'is gone for good',
};

export function StateBadge({ state }: { state: HolderState }) {
  const { label, colour } = stateLooks[state];
  return (
    <Badge variant="light" color={colour} miw="max-content" title={`It ${stateInWords[state]}`}>
      {label}
    </Badge>
  );
}
