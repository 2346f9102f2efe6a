// The events that can be ordered in a rehearsal, as words: commands print them, and `orders.ts` plays them.
import type { StoryName } from '@hallpass/emulator';

interface OrderKind {
  /** It happens to a person with all their tokens of an app, to one Page, or to an app with all its tokens. */
  strikes: 'person' | 'page' | 'app';
  doc: string;
  /** The story of the emulator that plays it; without one it is an act of the rehearsal's own. */
  story?: StoryName;
}

export const orderKinds = {
  'password-changed': { strikes: 'person', doc: 'the person changes the password', story: 'password-changed' },
  'logged-out': { strikes: 'person', doc: 'the platform ends every session of the person', story: 'logged-out' },
  'account-locked': { strikes: 'person', doc: 'the person locks the account', story: 'account-locked' },
  checkpoint: {
    strikes: 'person',
    doc: 'the platform locks the account until the person proves who they are',
    story: 'checkpoint',
  },
  'account-unconfirmed': {
    strikes: 'person',
    doc: 'the account is no longer confirmed',
    story: 'account-unconfirmed',
  },
  'account-deleted': { strikes: 'person', doc: 'the account is deleted', story: 'account-deleted' },
  'app-removed': { strikes: 'person', doc: 'the person removes the app', story: 'app-removed' },
  reconnected: { strikes: 'person', doc: 'the person goes through the dialog again, and the vault gets a new token' },
  'page-role-taken': { strikes: 'page', doc: 'the person loses the role on the Page' },
  'app-disabled': { strikes: 'app', doc: 'the platform disables the app', story: 'app-disabled' },
  'app-in-development': { strikes: 'app', doc: 'the app is put back into development', story: 'app-in-development' },
  'app-deleted': { strikes: 'app', doc: 'the app is deleted', story: 'app-deleted' },
  'tokens-ended': { strikes: 'app', doc: 'the people who run the app end all its tokens', story: 'tokens-ended' },
  'secret-reset': {
    strikes: 'app',
    doc: 'the platform gives the app a new secret',
    story: 'secret-leaked-and-reset-by-platform',
  },
} as const satisfies Readonly<Record<string, OrderKind>>;

export type OrderName = keyof typeof orderKinds;

/** A kind by its name, with the type of the table instead of its literal values. */
export const orderKindOf = (name: OrderName): OrderKind => orderKinds[name];
