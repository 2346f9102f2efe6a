// Tests of the parser read requests with these functions.
import assert from 'node:assert/strict';
import { GraphError } from '@hallpass/protocol';
import { type Asked, incoming } from './incoming.ts';
import type { GraphRequest } from '../src/wire/call.ts';
import { parse } from '../src/parse/parse.ts';

export const options = { traceId: 'AbCdEfGhIjK', defaultVersion: 'v25.0' as const };
export const json = { 'content-type': 'application/json' };
export const gzip = { 'content-encoding': 'gzip' };

export async function call(target: string, asked: Asked = {}): Promise<GraphRequest> {
  return parse(incoming(target, asked), options);
}

export async function keyOf(target: string, asked: Asked = {}): Promise<string> {
  try {
    await call(target, asked);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GraphError, String(error));
    return error.key;
  }
}
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
