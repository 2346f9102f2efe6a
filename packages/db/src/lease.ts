// A lease lets one worker of many take a row for a while. It stands in the row itself and runs in real time, so the row
// of a worker that died is free again by itself.
import { type RawBuilder, sql } from 'kysely';

/** The columns of a table whose rows are leased. */
export interface LeaseColumns {
  /** The worker that has the row now, and until when (real time, epoch seconds) nobody else may take it. */
  lease_owner: string | null;
  lease_until: number | null;
}

export interface Lease {
  /** Unique for each worker. */
  owner: string;
  /** The moment of real time, epoch seconds. */
  wall: number;
  /** The seconds for which the row is nobody else's: longer than the work on it may take. */
  lease: number;
}

/** A condition for rows that nobody has at this moment of real time. */
export const isFree = (wall: number): RawBuilder<boolean> =>
  sql<boolean>`(lease_until is null or lease_until <= ${wall})`;

/** The values of a row that is taken. Write them under `isFree`, and count the rows: another worker may be quicker. */
export const taken = ({ owner, wall, lease }: Lease): LeaseColumns => ({
  lease_owner: owner,
  lease_until: wall + lease,
});

/** The values of a row that is given back. Write them where the owner is still the same: a lost lease is not ours. */
export const givenBack: LeaseColumns = { lease_owner: null, lease_until: null };
