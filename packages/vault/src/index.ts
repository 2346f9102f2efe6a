// The holder's side of access tokens: keeps them sealed, extends them in time, tells people before they end, and
// watches over a list where nothing is kept.
export type { ConnectionPage, ListOptions } from './connections/list.ts';
export type { ConnectionView } from './connections/view.ts';
export { type EventKind, eventKinds } from './event-kinds.ts';
export { keyFromFile, keyFromPassphrase, keyFromText } from './keys/local-key.ts';
export { VaultSealed } from './keys/keyring.ts';
export { type MasterKeySource, MasterKeyUnavailable } from './keys/master-key.ts';
export { keyFromTransit, type TransitOptions } from './keys/transit-key.ts';
export type { RotationOptions, RotationResult } from './operations/rotate-keys.ts';
export * from './kinds.ts';
export * from './policy.ts';
export * from './drift.ts';
export * from './repairs.ts';
export { type RefusalReason, refusals, VaultRefusal } from './refusals.ts';
export type { VaultSettings } from './settings.ts';
export * from './states.ts';
export type { SweepCounts, Sweeper, SweeperOptions } from './sweep/sweep.ts';
export { createVault, type TenantVault, type Vault, type VaultOptions } from './vault.ts';
export * from './watch/look.ts';
export * from './watch/watch.ts';
export * from './watch/watch-list.ts';
