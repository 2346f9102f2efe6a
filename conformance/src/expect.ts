// Cases state their expectations of a reply with these functions, each with the whole answer in the message when it is
// not so.
import assert from 'node:assert/strict';
import type { WebPage } from '@hallpass/server/testing';
import type { Reply } from './stage/world.ts';

/** A reply is the error with these numbers and, if given, words. */
export function refused(reply: Reply, code: number, subcode?: number, words?: RegExp | string): void {
  const { error } = reply.body ?? {};
  assert.ok(error, `expected error ${code}, got ${reply.status}: ${reply.text}`);
  assert.deepEqual([error.code, error.error_subcode], [code, subcode], reply.text);
  if (typeof words === 'string') assert.equal(error.message, words);
  else if (words) assert.match(error.message, words);
}

export function succeeded(reply: Reply): Reply {
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.body?.error, undefined, reply.text);
  return reply;
}

/** The dialog stopped on a page of the platform: no app hears of it. */
export function blocked(page: WebPage, words: RegExp): void {
  assert.equal(page.left, undefined);
  assert.ok(page.status >= 400, `${page.status}: ${page.innerText}`);
  assert.match(page.innerText, words);
}
