// This is the list of generated documents. To add one: an entry here and a function that makes its text.
import { commandPage } from '@hallpass/cli';
import { controlDocument, demoWorldRead } from '@hallpass/emulator';
import { callTable } from './code/call-table.ts';
import { checkRulePage } from './check-rules.ts';
import { consoleCallPage } from './console-calls.ts';
import { fidelityPage } from './fidelity.ts';
import { dialogPage, grantPage, nodePage, operationPage } from './graph-declarations.ts';
import { errorPage, invalidationPage, permissionPage, taskPage, tokenKindPage } from './protocol-tables.ts';
import { sdkPage } from './sdk.ts';
import { mobileSdkPage } from './mobile-sdks.ts';
import { seedFilePage } from './seed-files.ts';
import { eventPage, limitPage, settingPage, sitePage } from './server-tables.ts';
import { storyPage } from './stories.ts';
import { threatTestPage } from './threats.ts';
import { vaultMetricPage } from './vault-metrics.ts';
import type { GeneratedDocument } from './write.ts';

const protocol = 'packages/protocol/src';
const server = 'packages/server/src';

export const documents: readonly GeneratedDocument[] = [
  { path: 'docs/reference/errors.md', source: `${protocol}/errors/errors.ts`, make: errorPage },
  { path: 'docs/reference/permissions.md', source: `${protocol}/permissions/permissions.ts`, make: permissionPage },
  { path: 'docs/reference/token-kinds.md', source: `${protocol}/tokens/tokens.ts`, make: tokenKindPage },
  { path: 'docs/reference/invalidations.md', source: `${protocol}/tokens/invalidations.ts`, make: invalidationPage },
  { path: 'docs/reference/tasks.md', source: `${protocol}/permissions/tasks.ts`, make: taskPage },
  { path: 'docs/reference/nodes.md', source: `${server}/nodes`, make: nodePage },
  { path: 'docs/reference/operations.md', source: `${server}/operations`, make: operationPage },
  {
    path: 'packages/protocol/src/permissions/call-table.ts',
    source: `${server}/nodes and ${server}/operations`,
    make: callTable,
    data: true,
  },
  { path: 'docs/reference/dialog.md', source: `${server}/login/steps.ts`, make: dialogPage },
  { path: 'docs/reference/grants.md', source: `${server}/grants`, make: grantPage },
  {
    path: 'docs/reference/settings.md',
    source: `${server}/settings.ts and packages/cli/src/surroundings/setting-sources.ts`,
    make: settingPage,
  },
  { path: 'docs/reference/events.md', source: `${server}/installation/events.ts`, make: eventPage },
  { path: 'docs/reference/mobile-sdks.md', source: 'conformance/src/mobile-sdk-calls.ts', make: mobileSdkPage },
  { path: 'docs/reference/limits.md', source: 'packages/protocol/src/request/limits.ts', make: limitPage },
  { path: 'docs/reference/pages.md', source: `${server}/site/routes.ts`, make: sitePage },
  {
    path: 'docs/reference/console-calls.md',
    source: 'packages/console/src and scripts/generate/edges-without-page.ts',
    make: consoleCallPage,
  },
  { path: 'docs/reference/javascript-sdk.md', source: 'packages/sdk/src', make: sdkPage },
  { path: 'docs/reference/seed-files.md', source: 'packages/emulator/src/seed/shape', make: seedFilePage },
  {
    path: 'docs/reference/emulator/check-rules.md',
    source: 'packages/emulator/src/check/check-rules.ts',
    make: checkRulePage,
  },
  { path: 'docs/reference/emulator/stories.md', source: 'packages/emulator/src/stories', make: storyPage },
  { path: 'docs/reference/vault/metrics.md', source: 'packages/vault/src/monitoring', make: vaultMetricPage },
  { path: 'docs/reference/threat-tests.md', source: 'docs/threats.md and the titles of tests', make: threatTestPage },
  {
    path: 'docs/reference/emulator-control.json',
    source: 'packages/emulator/src/control',
    make: () => `${JSON.stringify(controlDocument(), null, 2)}\n`,
    data: true,
  },
  { path: 'docs/guide/commands.md', source: 'packages/cli/src/commands', make: commandPage },
  {
    path: 'packages/emulator/worlds/demo.seed',
    source: 'packages/emulator/worlds/demo.yaml',
    make: demoWorldRead,
    data: true,
  },
  { path: 'docs/fidelity.md', source: 'conformance/cases and conformance/src/statements', make: fidelityPage },
];
