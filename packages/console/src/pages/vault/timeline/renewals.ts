// Picture and table show in the same words and colours what becomes of a token at its end.
import type { TimelineEnd } from '@hallpass/vault/client';

interface RenewalLook {
  words: string;
  colour: string;
  badge: 'danger' | 'brand' | 'note';
}

export const renewals: Readonly<Record<TimelineEnd['renewal'], RenewalLook>> = {
  person: { words: 'Needs a person', colour: 'var(--danger)', badge: 'danger' },
  automatic: { words: 'The vault extends it', colour: 'var(--brand)', badge: 'brand' },
  with_parent: { words: 'Renewed with the one it depends on', colour: 'var(--note)', badge: 'note' },
};
