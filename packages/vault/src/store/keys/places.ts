// These functions name the place of each sealed value: its table, column, tenant, row and version are bound in, so that
// a value which is moved elsewhere, or is older than its row, doesn't open.
import type { SealedLocation } from '@hallpass/db';
import type { AppsTable, ConnectionsTable, LoginsTable, WebhooksTable } from '../schema.ts';

/** The place of a value of a tenant: the keys of that tenant seal it. */
export interface TenantPlace extends SealedLocation {
  readonly tenant: string;
}

export const tokenPlace = (row: Pick<ConnectionsTable, 'tenant' | 'id' | 'token_version'>): TenantPlace => ({
  tenant: row.tenant,
  table: 'connections',
  column: 'token',
  row: `${row.tenant}/${row.id}/${row.token_version}`,
});

export const appSecretPlace = (row: Pick<AppsTable, 'tenant' | 'app_id' | 'secret_version'>): TenantPlace => ({
  tenant: row.tenant,
  table: 'apps',
  column: 'secret',
  row: `${row.tenant}/${row.app_id}/${row.secret_version}`,
});

export const verifierPlace = (row: Pick<LoginsTable, 'tenant' | 'state_hash'>): TenantPlace => ({
  tenant: row.tenant,
  table: 'logins',
  column: 'verifier',
  row: `${row.tenant}/${row.state_hash}`,
});

export const webhookSecretPlace = (row: Pick<WebhooksTable, 'tenant' | 'id' | 'secret_version'>): TenantPlace => ({
  tenant: row.tenant,
  table: 'webhooks',
  column: 'secret',
  row: `${row.tenant}/${row.id}/${row.secret_version}`,
});
