// Hears NOTIFY on a connection of its own and finds its way back when that is lost. A notification is a hint: after a
// lost connection everybody is woken once, because something may have been missed.
import pg from 'pg';
import { pause, type Wall } from '@hallpass/protocol';
import { PATIENCE } from '../change.ts';

/** The milliseconds between two looks after the connection. */
const ROUND = 1000;
/** Every so many rounds a quiet connection is asked for a sign of life. */
const ROUNDS_BETWEEN_SIGNS = 5;

export class PostgresListener {
  readonly #config: pg.ClientConfig;
  readonly #wall: Wall;
  readonly #channels = new Map<string, Set<() => void>>();
  #client: pg.Client | undefined;
  #connecting: Promise<void> | undefined;
  #rounds: { cancel(): void } | undefined;
  #round = 0;
  #closed = false;

  constructor(config: pg.ClientConfig, wall: Wall) {
    this.#config = { ...config, query_timeout: PATIENCE };
    this.#wall = wall;
  }

  /** Resolves after the first try: when the database is away, listening begins as soon as it is back. */
  async listen(channel: string, heard: () => void): Promise<void> {
    const known = this.#channels.get(channel);
    if (known !== undefined) known.add(heard);
    else this.#channels.set(channel, new Set([heard]));
    this.#rounds ??= this.#wall.every(ROUND, () => void this.#look());
    if (this.#client === undefined) await this.#connect();
    else await this.#ask(this.#client, listenTo(channel));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rounds?.cancel();
    await this.#connecting;
    const client = this.#client;
    this.#client = undefined;
    // A dead network never says good-bye.
    if (client !== undefined) await Promise.race([client.end().catch(() => {}), pause(this.#wall, PATIENCE)]);
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    if (this.#client === undefined) return this.#connect();
    this.#round += 1;
    if (this.#round % ROUNDS_BETWEEN_SIGNS === 0) await this.#ask(this.#client, 'select 1');
  }

  #connect(): Promise<void> {
    this.#connecting ??= this.#tryToConnect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #tryToConnect(): Promise<void> {
    const client = new pg.Client(this.#config);
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ channel }) => this.#wake(channel));
    try {
      await client.connect();
      this.#client = client;
      for (const channel of this.#channels.keys()) await client.query(listenTo(channel));
    } catch {
      this.#lose(client);
      return;
    }
    for (const channel of this.#channels.keys()) this.#wake(channel);
  }

  async #ask(client: pg.Client, sql: string): Promise<void> {
    try {
      await client.query(sql);
    } catch {
      this.#lose(client);
    }
  }

  #lose(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    client.end().catch(() => {});
  }

  #wake(channel: string): void {
    for (const heard of this.#channels.get(channel) ?? []) heard();
  }
}

function listenTo(channel: string): string {
  return `listen ${pg.escapeIdentifier(channel)}`;
}
