// IV-16: everything that reads what somebody sent takes time that grows with its length and no faster. Each reader is
// given texts that repeat what it looks for, at one size and at eight times that size.
import { test } from 'node:test';
import { adviceFor, classify, errors, parseSignedRequest, readScope, redact } from '@hallpass/protocol';
import {
  emptyGathered,
  parseFields,
  parseJson,
  readAuthorization,
  readBatch,
  readForm,
  readMultipart,
  readPath,
  references,
} from '@hallpass/protocol/request';
import { allowListFault } from '../../src/apps/allow-list.ts';
import { readDeletionAnswer } from '../../src/callbacks/deletion-answer.ts';
import { emailOf, nameOf } from '../../src/people/people.ts';
import { checkRegistrable } from '../../src/apps/registrable.ts';
import { isHostName } from '../../src/apps/setting-kinds.ts';
import { select, substitute } from '../../src/graph/batch/batch-references.ts';
import { cursorsOf } from '../../src/graph/rendering/cursors.ts';
import { addressList, clientAddress } from '../../src/wire/address.ts';
import type { HttpRequest } from '../../src/wire/call.ts';
import { readHeaders } from '../../src/http/node-incoming.ts';
import { parse } from '../../src/parse/parse.ts';
import { askedBeforeParsing } from '../../src/http/respond.ts';
import { Work } from '../../src/wire/work.ts';
import { readPairs } from '../../src/login/pairs.ts';
import { redirectVerdict } from '../../src/login/redirect/redirect-uri.ts';
import { readRequest } from '../../src/login/request.ts';
import { readCookie } from '../../src/site/cookies.ts';
import { mustGrowLinearly } from '../../../protocol/test/processor-time.ts';

const cursors = cursorsOf(Buffer.alloc(32), 'user/accounts');
const incoming = (given: Partial<HttpRequest>): HttpRequest => ({
  method: 'POST',
  host: 'graph.example',
  scheme: 'https',
  path: '/me',
  query: '',
  headers: {},
  body: new Uint8Array(),
  address: '192.0.2.1',
  ...given,
});
const asked = { traceId: 'x', defaultVersion: 'v25.0' as const };
const app = {
  id: '1',
  mode: 'development',
  type: 'native',
  registered: ['https://app.example/cb?a=1', 'http://127.0.0.1/cb'],
  embeddedBrowserLogin: true,
  nativeLogin: true,
  iosSuffixes: ['a'],
  androidPackages: ['a.b'],
  sdkDomains: ['app.example'],
} as const;
const addresses = { wwwUrl: 'https://www.example', staticUrl: 'https://static.example' };
const manyMessages = Object.values(errors);

/** A reader, and the words that its texts are put together from: each alone and each two of them. */
const readers: Readonly<Record<string, { read: (text: string) => unknown; words: readonly string[]; start?: string }>> =
  {
    paths: { read: readPath, words: ['/', 'a', '%20', '.', '%', '1', '..', 'v1.', ';', 'A'], start: '/' },
    'queries and forms': {
      read: (text) => readForm(text, 'query', emptyGathered(true)),
      words: ['&', '=', 'a', '%41', '+', '[', ']', '[a]', '%', 'a[0]=1&'],
    },
    'forms of pages': { read: (text) => readPairs(text, ['a']), words: ['&', '=', 'a', 'b=1&', '%41', '+', '%'] },
    'requests of the dialog': {
      read: readRequest,
      words: ['&scope=', 'email', ',', '+', '&', '=', 'a', 'scope[', '&state=', '%20'],
      start: 'client_id=1&',
    },
    JSON: {
      read: parseJson,
      words: ['[', '{', '"', 'a', '\\', '\\u0041', ',', '1', ' ', '{"a":', '"a":1,', '1e', '-', 'null,'],
    },
    fields: {
      read: parseFields,
      words: ['a', ',', '{', '}', '.', '(', ')', '.limit(', '"', ' ', '.as(', '[', 'a{b},', '.a(1)'],
    },
    'JSON lists of fields': { read: parseFields, words: ['"a",', '"', ',', ' ', 'a'], start: '[' },
    scopes: { read: readScope, words: [' ', ',', 'email', 'openid', 'a', '\t', 'publish_stream'] },
    'references of a batch': {
      read: (text) => (references(text), substitute(text, () => ({ a: [{ id: 1 }] }), 1e9, new Work())),
      words: ['{result=', '%7Bresult%3D', ':$', '%3A%24', '$', ':', '}', '%7D', 'a', '{', '.*', '%', '='],
    },
    'paths of references': {
      read: (text) => select({ a: { b: [1, 2] } }, text, new Work()),
      words: ['.', '..', '*', "['", "']", '[0]', 'a', '[', '$', '.a', '..a'],
    },
    batches: {
      read: (text) => readBatch(text),
      words: ['{"relative_url":"me"},', '[', '{', '"', ',', 'a'],
      start: '[',
    },
    cursors: { read: (text) => cursors.read(text, 'after'), words: ['A', 'ZD', 'Z', '=', 'QUFB', '|'] },
    cookies: {
      read: (text) => readCookie(text, 'session'),
      words: [';', '=', ' ', 'a', '__Host-hp_session=', '__Host-hp_session=a;'],
    },
    'Authorization headers': { read: readAuthorization, words: ['Bearer ', 'a', ' ', 'Basic ', '=', 'OAuth', ','] },
    'forwarded addresses': {
      read: (text) => clientAddress('10.0.0.1', text, addressList(['10.0.0.0/8'])),
      words: ['10.0.0.1,', ',', ' ', ':', '[', '1', '.', ']:'],
    },
    'entries of allow lists': { read: allowListFault, words: ['1', '.', ':', '/', '%', 'f'] },
    tokens: { read: classify, words: ['EAA', 'A', '|', '1', '-', '%'] },
    'signed requests': { read: (text) => parseSignedRequest(text, 'secret'), words: ['.', 'A', '-', '=', 'eyJ'] },
    'redirect addresses': {
      read: (text) => redirectVerdict(text, app, addresses),
      words: ['/', '?', '&', 'state=', 'a', '#', ':', '.', '%2F', '@'],
      start: 'https://app.example/',
    },
    'registered addresses': {
      read: checkRegistrable,
      words: ['/', '.', 'a', ':', '@', '%', '*', '?'],
      start: 'https://',
    },
    'domains of apps': { read: isHostName, words: ['a', '-', '.', 'a-', 'A'] },
    'e-mail addresses': { read: emailOf, words: ['a', '@', '.', ' ', '<'] },
    'names of people': { read: nameOf, words: ['a', ' ', '\u0301', '\u202e', 'ü', '\ud83d\ude00'] },
    'answers of other servers': {
      read: readDeletionAnswer,
      words: ['{', 'url', '"', ':', ' ', "'url':'", 'confirmation_code', ',', 'a', '"url":"'],
    },
    'errors of other servers': {
      read: (message) =>
        manyMessages.map(({ code, subcode }) =>
          adviceFor(subcode === undefined ? { code, message } : { code, subcode, message }),
        ),
      words: manyMessages
        .flatMap(({ message }) => message.split(/\{\w+\}/))
        .filter((part, i, all) => part.length > 3 && all.indexOf(part) === i && i % 9 === 0)
        .slice(0, 12),
      start: '(#100) ',
    },
    'what is taken out of log lines': {
      read: redact,
      words: [
        'access_token',
        '=',
        '"',
        '\\',
        ':',
        '%3D',
        '%26',
        'eyJ',
        'EAA',
        'A',
        '.',
        '|',
        'code',
        '1',
        ' ',
        'cookie:',
        'oauth ',
      ],
    },
    'content types': {
      read: (text) => parse(incoming({ headers: { 'content-type': text }, body: Buffer.from('a') }), asked),
      words: [';', ' ', 'charset=', 'boundary=', '"', 'a', '='],
      start: 'multipart/form-data;',
    },
    'envelope switches of what cannot be read': {
      read: (query) => askedBeforeParsing(incoming({ query }), { traceId: 'x', version: 'v25.0' }),
      words: ['&callback=', 'a', '&', '=', 'pretty'],
    },
    'multipart bodies': {
      read: (text) => readMultipart(Buffer.from(text), 'b', emptyGathered(false)),
      words: [
        '\r\n',
        '--b',
        '-',
        'a',
        ';',
        '"',
        'name="a"',
        'Content-Disposition: form-data; name="a"\r\n\r\nx\r\n--b\r\n',
        '\\',
      ],
      start: '--b\r\nContent-Disposition: form-data; ',
    },
  };

/** Characters of the smaller text; the larger one is as long as the largest value of a request. */
const SIZE = 8000;

/** Readers refuse nearly everything that they are given here; how long that takes is what counts. */
async function tried(read: (text: string) => unknown, text: string): Promise<void> {
  try {
    await read(text);
  } catch {
    // A refusal.
  }
}

for (const [name, { read, words, start = '' }] of Object.entries(readers))
  test(`IV-16: ${name} are read in time that grows with their length and no faster`, async () => {
    for (const first of words)
      for (const second of ['', ...words]) {
        const pump = first + second;
        const make = (size: number) => start + pump.repeat(Math.ceil(size / pump.length)).slice(0, size);
        await mustGrowLinearly(JSON.stringify(pump), make, (text) => tried(read, text), SIZE);
      }
  });

test('IV-16: headers are joined in time that grows with their number and no faster', async () => {
  const make = (size: number) =>
    Array.from({ length: size * 2 }, (_, i) => (i % 2 === 0 ? 'X-Same' : 'x'.repeat(1000)));
  await mustGrowLinearly('headers', make, readHeaders, 12);
});
