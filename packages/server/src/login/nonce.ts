// This module is about the `auth_nonce`: by what it is remembered that an app has used one.
import { keyedHashText } from '../hash.ts';
import type { Installation } from '../installation/installation.ts';
import type { AppId } from '../store/ids.ts';

/** Seconds for which a used nonce is remembered. */
export const nonceLife = 90 * 86_400;

export const nonceHash = ({ keys }: Installation, appId: AppId, nonce: string): string =>
  keyedHashText(keys.singleUse, `auth_nonce:${appId}:${nonce}`);
