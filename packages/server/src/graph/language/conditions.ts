// These conditions are about the call and its app alone: every edge and operation may name them. Those about a target
// stand with its node.
import type { Condition } from '@hallpass/protocol';
import type { Context } from './context.ts';

export const conditionsOfCalls: Readonly<Partial<Record<Condition, (context: Context) => boolean>>> = {
  // The credential's check has shown that the proof is right; here it has to be there.
  proof_sent: ({ call }) => call.proof !== undefined,
  marketing_access: ({ viewer }) => viewer.app !== undefined && viewer.app.settings.marketingTier !== 'none',
  device_login: ({ viewer }) =>
    viewer.app !== undefined && viewer.app.settings.deviceLogin && viewer.app.settings.clientOauthLogin,
};
