// Many connections that listen to one PostgreSQL, as the nodes of a large installation do.
import pg from 'pg';

/** Listens to the channel by so many connections. @returns ends them */
export async function openListeners(url: string, channel: string, count: number): Promise<() => Promise<void>> {
  const clients = Array.from({ length: count }, () => new pg.Client(url));
  for (const client of clients) {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  }
  return async () => {
    await Promise.all(clients.map((client) => client.end()));
  };
}

/** Takes a schema out of the database, with all that is in it. */
export async function dropSchema(url: string, schema: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`);
  await client.end();
}
