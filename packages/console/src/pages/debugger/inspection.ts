// The server tells this much of a pasted token. Tokens go into the body of a POST; the drawer of calls doesn't show
// them.
import type { DebugTokenData } from '@hallpass/protocol';
import { call } from '../../graph/door.ts';

export interface Inspection {
  data: DebugTokenData;
  kind?: string;
  user_name?: string;
  page_name?: string;
  /** The version of the Graph in which the person last logged in to the app; absent where it isn't known. */
  login_version?: string;
  origin?: 'Web' | 'Mobile' | 'Unknown';
  /** True when the person who looks may make it last longer. */
  extendable: boolean;
  ended?: {
    event: string;
    what: string;
    /** Epoch seconds; absent for a state that can pass. */
    at?: number;
    by?: string;
    also_ended?: string;
    comes_back: boolean;
  };
  family?: { parents: readonly string[]; children: readonly { type: string; id: string; name: string }[] };
  calls: readonly { call: string; doc: string; allowed: boolean; needs: string }[];
  /** Epoch seconds. */
  now: number;
}

const secret = ['input_token'];

export const inspect = (token: string): Promise<Inspection> =>
  call('POST', '/inspect_token', { input_token: token }, secret);

export const extend = (token: string): Promise<{ access_token: string; expires_at: number }> =>
  call('POST', '/extend_token', { input_token: token }, secret);

export const endToken = (token: string): Promise<{ success: boolean }> =>
  call('POST', '/end_token', { input_token: token }, secret);
