// These are the tables, as the code sees them: each noun keeps its own beside its queries, here they are joined. Ids
// are text, moments are bigint seconds (numbers here), yes/no is 0 or 1, records are JSON text, secrets are sealed
// text. Each noun's own files say who deletes their rows and when.
import type { AdTables } from './ads/tables.ts';
import type { AppTables } from './apps/tables.ts';
import type { BusinessTables } from './businesses/tables.ts';
import type { CodeTables } from './codes/tables.ts';
import type { GrantTables } from './grants/tables.ts';
import type { InstallationTables } from './installation/tables.ts';
import type { OutboxTables } from './outbox/tables.ts';
import type { PageTables } from './pages/tables.ts';
import type { PeopleTables } from './people/tables.ts';

export interface Schema
  extends PeopleTables,
    AppTables,
    BusinessTables,
    PageTables,
    GrantTables,
    CodeTables,
    InstallationTables,
    AdTables,
    OutboxTables {}
