// These conditions are about the call and its app alone: every edge and operation may name them. Those about a target
// stand with its node.
import type { Condition } from '@hallpass/protocol';
import { openInspected } from '../authentication/inspected-token.ts';
import { type Maybe, withValue } from '../../installation/maybe.ts';
import { logsInFromDevices } from '../../store/apps/apps.ts';
import type { Context } from './context.ts';

type ConditionOfCall = (context: Context, parameter: string | undefined) => Maybe<boolean>;

export const conditionsOfCalls: Readonly<Partial<Record<Condition, ConditionOfCall>>> = {
  unreadable_token: (context, token) =>
    token !== undefined && withValue(openInspected(context, token), (opened) => opened.is === 'unreadable'),
  refusals_explained: ({ installation }) => installation.world.explainRefusals === true,
  // The credential’s check has shown that the proof is right; here it has to be there.
  proof_sent: ({ call }) => call.proof !== undefined,
  marketing_access: ({ viewer }) => viewer.app !== undefined && viewer.app.settings.marketingTier !== 'none',
  device_login: ({ viewer }) => viewer.app !== undefined && logsInFromDevices(viewer.app),
};
