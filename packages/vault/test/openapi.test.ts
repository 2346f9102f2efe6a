// The description for machines says of each call what it answers, and the answers are what it says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calls, createVaultClient } from '@hallpass/vault/client';
import { memoryPlace } from '../../db/test/databases.ts';
import { addApiKey } from '../src/service/api-keys.ts';
import { openApi } from '../src/service/openapi.ts';
import { createService } from '../src/service/service.ts';
import { fillVault, idOf } from './filled-vault.ts';
import { openVault } from './vaults.ts';

interface AnswerSchema {
  properties: Record<string, { type?: string; items?: AnswerSchema; description?: string }>;
  required?: string[];
}

const described = openApi() as {
  paths: Record<string, Record<string, { responses: { 200: { content: Record<string, { schema: AnswerSchema }> } } }>>;
};

function schemaOf(name: keyof typeof calls): AnswerSchema {
  const { path, method } = calls[name];
  const schema = described.paths[path]?.[method.toLowerCase()]?.responses[200].content['application/json']?.schema;
  assert.ok(schema, name);
  return schema;
}

function fits(answer: object, { properties, required = [] }: AnswerSchema): void {
  for (const name of required) assert.ok(Object.hasOwn(answer, name), name);
  for (const name of Object.keys(answer)) assert.ok(Object.hasOwn(properties, name), name);
}

test('every call of the service is described with the parts of its answer', () => {
  for (const [name] of Object.entries(calls))
    assert.ok(Object.keys(schemaOf(name as keyof typeof calls).properties).length > 0, name);
  const { state } = schemaOf('get').properties;
  assert.match(JSON.stringify(state), /"healthy".*"dead"/);
});

test('what a service answers has the parts that are described, and no others', async (t) => {
  const { vault } = await openVault(memoryPlace());
  t.after(() => vault.close());
  await fillVault(vault.parts, 2);
  const service = createService({ vault });
  const key = await addApiKey(vault.parts, 'main', { name: 'test', rights: ['read', 'operate'] });
  const fetch = (url: string, init: RequestInit): Promise<Response> => service.fetch(new Request(url, init));
  const client = createVaultClient({ base: 'https://vault.example', key, fetch });
  const page = await client.list();
  fits(page, schemaOf('list'));
  const [first] = page.connections;
  assert.ok(first);
  fits(first, schemaOf('list').properties['connections']?.items ?? assert.fail());
  fits(await client.get({ id: idOf(0) }), schemaOf('get'));
  fits(await client.mailSettings(), schemaOf('mailSettings'));
  fits(await client.doctor(), schemaOf('doctor'));
  fits(await client.rotateKeys({ dryRun: true }), schemaOf('rotateKeys'));
  fits(await client.sweep(), schemaOf('sweep'));
});
