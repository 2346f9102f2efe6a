// These answers are about the handles of the proxy, the calls that came through it, and the permissions these needed.
import { flag, listOf, moment, object, oneOf, optional, text, type ValueOf, whole } from '../schemas.ts';

const handleParts = {
  id: text(),
  purpose: text(),
  connectionId: text(),
  allow: text('the rules that say which calls it is for'),
  callsPerMinute: whole(),
  createdAt: moment(),
  until: optional(moment('the time from which it is of no use; absent for never')),
  withdrawnAt: optional(moment()),
  usedAt: optional(moment()),
};

export const handle = object(handleParts, 'a credential for the proxy, without its secret');
export type Handle = ValueOf<typeof handle>;

export const newHandle = object({
  ...handleParts,
  handle: text('what a program presents as its token; shown only once'),
});

export const handleCall = object(
  {
    id: text(),
    handleId: text(),
    connectionId: text(),
    at: moment(),
    method: text(),
    path: text('names that are known; everything else is a mark, such as `{id}`'),
    status: optional(whole('status over HTTP; absent for a call that has no answer yet')),
    code: optional(whole('the error code')),
    refusedBy: optional(text('the reason for which the proxy itself refused')),
    scopes: listOf(text(), 'permissions that the call needed'),
    bytesIn: whole(),
    bytesOut: whole(),
    ms: whole('milliseconds'),
  },
  'a call through the proxy, or an item of a batch',
);
export type HandleCall = ValueOf<typeof handleCall>;

const scopeLists = {
  carried: listOf(text(), 'permissions that the token carries'),
  used: listOf(text(), 'carried, and needed by calls through the proxy'),
  unused: listOf(text(), 'carried, and needed by no call: leave them out the next time'),
  missing: listOf(text(), 'wanted by the holder, or needed by a call that was refused. They take a new consent'),
  calls: whole('calls that were counted'),
};

export const scopeReport = object({
  apps: listOf(
    object({
      appId: text(),
      ...scopeLists,
      since: optional(moment('the first call that was counted; older ones are not kept')),
      permissions: listOf(
        object({
          permission: text(),
          state: oneOf(['used', 'missing']),
          calls: listOf(object({ call: text('`GET /me/accounts`'), count: whole() })),
          lastUsedAt: optional(moment()),
          review: text('the beginning of the text for a review request'),
        }),
      ),
      connections: listOf(object({ id: text(), name: text(), ...scopeLists })),
      complete: flag('false where the app has more connections than a report looks at'),
    }),
  ),
});
export type ScopeReportAnswer = ValueOf<typeof scopeReport>;
