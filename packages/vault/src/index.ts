// The holder's side of access tokens: keeps them sealed, extends them in time, tells people before they end, and
// watches over a list where nothing is kept.
export type { App } from './client/answers/apps.ts';
export type { DialogLink, DiscoveredPages } from './client/answers/connect.ts';
export type { Connection, ConnectionPage } from './client/answers/connections.ts';
export type { RotationResult, SealingKey, WithdrawnKey } from './client/answers/keys.ts';
export type { MailSettings } from './client/answers/mail.ts';
export type { SweepCounts } from './client/answers/operations.ts';
export type { ImportedToken } from './client/answers/tokens.ts';
export type { AppSettings } from './connections/apps.ts';
export { type DialogAnswer, type FinishedLogin, tenantOfState } from './connections/callback.ts';
export type { RemoveOptions } from './connections/change.ts';
export type { ConnectOptions, ReconnectOptions } from './connections/connect.ts';
export type { DiscoverOptions } from './connections/pages/discover-pages.ts';
export type { ImportOptions } from './connections/import.ts';
export { type ImportProblem, type ImportProblemKey, importProblems } from './connections/import-problems.ts';
export { type PageReasonKey, pageReasons } from './connections/pages/page-reasons.ts';
export type { ListOptions } from './connections/list.ts';
export type { ConnectionLabels } from './connections/save.ts';
export { type EventKind, eventKinds } from './event-kinds.ts';
export { keyFromFile, keyFromPassphrase, keyFromText } from './keys/local-key.ts';
export { type TenantKeySources, VaultSealed } from './keys/keyring.ts';
export { type MasterKeySource, MasterKeyUnavailable } from './keys/master-key.ts';
export { keyFromTransit, type TransitOptions } from './keys/transit-key.ts';
export type { BackupOptions } from './operations/backup.ts';
export type { RestoreResult } from './operations/restore.ts';
export type { RotationOptions } from './operations/rotate-keys.ts';
export type { RemovedTenant, TenantKeyChange, TenantKeyOptions, TenantStanding } from './operations/tenants.ts';
export * from './kinds.ts';
export * from './policy.ts';
export * from './drift.ts';
export * from './repairs.ts';
export { type RefusalReason, refusals, VaultRefusal } from './refusals.ts';
export { type Right, rights } from './client/rights.ts';
export { type RehearsalReportProps, rehearsalReport } from '@hallpass/pages';
export { type StagedSnapshot, type StagedToken, plantSnapshot } from './rehearsal/plant-snapshot.ts';
export { RehearsalMailBox } from './rehearsal/mail-box.ts';
export * from './rehearsal/rehearse-days.ts';
export { metricOf, metrics, PREFIX as METRIC_PREFIX } from './monitoring/metrics.ts';
export { alertRules } from './monitoring/alerts.ts';
export { alertFile } from './monitoring/alert-file.ts';
export { dashboardFile } from './monitoring/dashboard.ts';
export type { VaultSettings } from './settings.ts';
export * from './states.ts';
export type { Sweeper, SweeperOptions } from './sweep/sweep.ts';
export { type MailLook, type MailTemplate, usualTemplate } from './people/compose-mail.ts';
export { isMailAddress } from './mail-address.ts';
export { deliverOnce, type Delivering, startDelivering } from './people/deliver.ts';
export { isWebhookCall } from './people/webhook-signature.ts';
export { primaryLanguage } from '@hallpass/pages/languages';
export { isWordKey, missingWords, type OwnWords, sentencesOf } from './people/words/words.ts';
export { createHandle, endHandle, type HandleOptions, listHandles } from './handles/handles.ts';
export { createProxy, type Proxy, type ProxyAnswer, type ProxyOptions } from './proxy/proxy.ts';
export type { ProxyRequest } from './proxy/proxied-call.ts';
export { addApiKey, type ApiKey, listApiKeys, removeApiKey } from './service/api-keys.ts';
export type { ConsoleFiles } from './service/console/files.ts';
export { createService, type Service, type ServiceOptions } from './service/service.ts';
export {
  createVault,
  type TenantApps,
  type TenantVault,
  type Vault,
  type VaultOptions,
  type VaultTenants,
} from './vault.ts';
export * from './watch/look.ts';
export * from './watch/watch.ts';
export * from './watch/watch-list.ts';
