// Connections that were read a moment ago. What another process changes is seen within a second; what this one changes
// sooner, because whoever changes a row forgets it here.
import type { Wall } from '@hallpass/world';
import type { ConnectionKey, ConnectionRow } from '../store/connections.ts';

/** Milliseconds of real time. */
const FRESH = 1000;
const MOST = 20_000;

interface Entry<View> {
  row: ConnectionRow;
  readAt: number;
  /** The view that was made of the row, and the second for which it is right. */
  view?: { at: number; value: View };
}

export class ConnectionCache<View> {
  readonly #wall: Pick<Wall, 'ms'>;
  readonly #tenants = new Map<string, Map<string, Entry<View>>>();
  #size = 0;

  constructor(wall: Pick<Wall, 'ms'>) {
    this.#wall = wall;
  }

  get({ tenant, id }: ConnectionKey): Entry<View> | undefined {
    const entry = this.#tenants.get(tenant)?.get(id);
    return entry !== undefined && this.#wall.ms() - entry.readAt < FRESH ? entry : undefined;
  }

  /** @param readAt when the question was put to the database: an answer is as old as its question */
  put(row: ConnectionRow, readAt: number): Entry<View> {
    if (this.#size >= MOST) this.clear();
    let rows = this.#tenants.get(row.tenant);
    if (rows === undefined) this.#tenants.set(row.tenant, (rows = new Map()));
    const entry = { row, readAt };
    if (!rows.has(row.id)) this.#size++;
    rows.set(row.id, entry);
    return entry;
  }

  forget({ tenant, id }: ConnectionKey): void {
    if (this.#tenants.get(tenant)?.delete(id)) this.#size--;
  }

  clear(): void {
    this.#tenants.clear();
    this.#size = 0;
  }
}
