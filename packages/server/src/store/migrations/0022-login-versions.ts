// Grants remember the version of the Graph in which the person last let the app in, as the Access Token Debugger shows it.
import type { Migration } from '@hallpass/db';

export const loginVersions: Migration = {
  name: '0022-login-versions',
  async up(db, c) {
    for (const table of ['grants', 'limited_grants'])
      await db.schema.alterTable(table).addColumn('login_version', c.text).execute();
  },
};
