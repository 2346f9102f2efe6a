// The least-scope report in words for people.
import { shape } from '@hallpass/protocol';
import type { ScopeReportAnswer } from '@hallpass/vault/client';
import { counted, momentInWords, table } from '../../printing/print.ts';

const { text, number } = shape;
const texts = shape.listOf(text);

type Lists = Pick<ScopeReportAnswer['apps'][number], 'carried' | 'used' | 'unused' | 'missing' | 'calls'>;
interface ShownApp extends Lists {
  appId: string;
  since?: number | undefined;
  permissions: { permission: string; review: string }[];
  connections: (Lists & { id: string; name: string })[];
}

const lists = { carried: texts, used: texts, unused: texts, missing: texts, calls: number };
export const isScopeReport = shape.object<{ apps: ShownApp[] }>({
  apps: shape.listOf(
    shape.object<ShownApp>({
      appId: text,
      ...lists,
      since: shape.optional(number),
      permissions: shape.listOf(
        shape.object<{ permission: string; review: string }>({ permission: text, review: text }),
      ),
      connections: shape.listOf(shape.object<ShownApp['connections'][number]>({ id: text, name: text, ...lists })),
    }),
  ),
});

const listed = (scopes: readonly string[]): string => (scopes.length === 0 ? 'none' : scopes.join(', '));

export function scopeReportInWords({ apps }: { apps: readonly ShownApp[] }): string {
  return apps.length === 0 ? 'There are no apps.' : apps.map(appInWords).join('\n\n');
}

function appInWords({ appId, calls, since, used, unused, missing, permissions, connections }: ShownApp): string {
  const traffic =
    since === undefined ? 'no calls came through the proxy' : `${counted(calls, 'call')} since ${momentInWords(since)}`;
  const consents = connections
    .filter((one) => one.missing.length > 0)
    .map((one) => `new consent needed: ${one.name} lacks ${listed(one.missing)}: hallpass vault reconnect ${one.id}`);
  const rows = connections.map((one) => [
    one.id,
    one.name,
    String(one.calls),
    listed(one.used),
    listed(one.unused),
    listed(one.missing),
  ]);
  return [
    `App ${appId}: ${traffic}.`,
    `used:    ${listed(used)}`,
    `unused:  ${listed(unused)}${calls > 0 && unused.length > 0 ? ' (leave them out the next time)' : ''}`,
    `missing: ${listed(missing)}`,
    ...(rows.length === 0 ? [] : ['', table(rows, ['connection', 'name', 'calls', 'used', 'unused', 'missing'])]),
    ...(consents.length === 0 ? [] : ['', ...consents]),
    ...(permissions.length === 0
      ? []
      : ['', 'For a review request:', ...permissions.map(({ review }) => `- ${review}`)]),
  ].join('\n');
}
