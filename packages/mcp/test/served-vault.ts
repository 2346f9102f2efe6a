// A vault with real-looking tokens behind a socket, and an agent's program that asks it: the command is started as such a
// program starts it, and spoken to by the client of the protocol's own SDK.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { addApiKey, createService, type Right } from '@hallpass/vault';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { commandLine } from '../../cli/test/command-line.ts';
import { places } from '../../db/test/databases.ts';
import { DAY } from '../../vault/test/documented-graph.ts';
import { documentedVault } from '../../vault/test/documented-vault.ts';

/** A token as its server would make one: 180 letters and digits that nobody can guess. */
const newToken = (): string => `EAAB${randomBytes(150).toString('base64').replace(/[+/=]/g, '').slice(0, 176)}`;

export async function servedVault(t: TestContext) {
  const newPlace = places['SQLite in memory'];
  if (newPlace === undefined) throw new Error('There is no such place.');
  const { vault, world, graph } = await documentedVault(t, newPlace(), {
    settings: { publicUrl: 'https://vault.example' },
  });
  const service = createService({ vault });
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = 'GET', url = '/', headers } = request;
      const body = method === 'GET' ? null : Buffer.concat(parts);
      const asked = new Request(`http://vault.example${url}`, {
        method,
        headers: { authorization: headers.authorization ?? '' },
        body,
      });
      void service.fetch(asked).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(await answer.text());
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens: string[] = [];

  /** Keeps a token that lives so many days; answers with its connection and the token itself. */
  async function keep(name: string, person: string, days = 60): Promise<{ id: string; token: string }> {
    const token = newToken();
    const now = world.clock.now();
    const facts = { type: 'USER' as const, user_id: person, issued_at: now, expires_at: now + days * DAY };
    graph.tokens.set(token, { app_id: graph.app.id, scopes: ['public_profile'], ...facts, pages: [`90${person}`] });
    tokens.push(token);
    const [row] = await vault.import(`name,token,owner_email\n${name},${token},${name.toLowerCase()}@example.com`);
    return { id: row?.id ?? '', token };
  }

  const keyWith = (...rights: Right[]): Promise<string> => addApiKey(vault.parts, 'main', { name: 'agent', rights });

  /** Starts the command with a key, as an agent's program does. */
  async function agent(key: string, ...options: string[]) {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [...commandLine, 'vault', 'mcp', '--url', url, ...options],
      env: { PATH: process.env['PATH'] ?? '', HALLPASS_VAULT_API_KEY: key },
      stderr: 'pipe',
    });
    let err = '';
    transport.stderr?.on('data', (part: Buffer) => (err += part.toString()));
    const client = new Client({ name: 'a test', version: '1' });
    t.after(() => client.close());
    await client.connect(transport);
    return { client, err: () => err };
  }
  return { vault, world, graph, url, tokens, keep, keyWith, agent };
}

/** The answer of a tool, as an agent reads it. */
export async function answerOf(
  client: Client,
  name: string,
  input: Record<string, unknown>,
): Promise<{ text: string; isError: boolean }> {
  const { content, isError = false } = await client.callTool({ name, arguments: input });
  const [first] = content as { type: string; text: string }[];
  return { text: first?.text ?? '', isError: isError === true };
}
