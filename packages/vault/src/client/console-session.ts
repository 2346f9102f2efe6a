// The console of a vault asks its own door who is signed in.
import type { Right } from './rights.ts';

/** A browser that is signed in by a key. It never holds the key itself. */
export interface ConsoleSession {
  /** The name of this vault. */
  platform: string;
  /** Epoch seconds of the vault's clock. */
  now: number;
  tenant: string;
  /** The id and name of the key that was shown. */
  key: { id: string; name: string };
  /** The rights of the key as they are now. */
  rights: Right[];
  /** Epoch seconds. */
  expiresAt: number;
  /** True where mails can be sent. */
  hasMail: boolean;
  /** True where people reach the pages of this vault, so that there are links for them. */
  hasPages: boolean;
}
