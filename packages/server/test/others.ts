// The other users of a PostgreSQL, whose transactions no limit of ours ends.
import type { DatabaseOptions } from '@hallpass/db';
import { openTransactions } from '../../db/test/open-transactions.ts';
import { wall } from './databases.ts';

/**
 * Begins what a person at psql, a backup and a node that hangs leave open. @returns commits it, with a row of the feed that
 * says that the fact `hangs` has changed
 */
export const othersAtWork = (database: DatabaseOptions): Promise<() => Promise<void>> =>
  openTransactions(database, [
    [{ text: 'begin' }, { text: 'select pg_current_xact_id()' }, { text: 'select count(*) from people' }],
    [
      { text: 'begin isolation level repeatable read read only' },
      { text: 'lock table people, grants, epochs, feed in access share mode' },
      { text: 'select count(*) from feed' },
    ],
    [{ text: 'begin' }, { text: `insert into feed (keys, at) values ('["hangs"]', $1)`, values: [wall.now()] }],
  ]);
