// Asks an emulator without a socket, by the form of `fetch`: for programs in the same process.
import type { HttpRequest, HttpResponse } from '@hallpass/server';

interface Call {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

/** Statuses whose answers have no body. */
const bodiless = [204, 304];

/** The host of an address is taken as it is, so that an address of any name can be asked here. */
export function fetchIn(emulator: {
  handle(incoming: HttpRequest): Promise<HttpResponse>;
}): (url: string, call: Call) => Promise<Response> {
  return async (url, { method, headers, body = '' }) => {
    const { pathname, search, host } = new URL(url);
    const answer = await emulator.handle({
      method,
      host,
      scheme: 'http',
      path: pathname,
      query: search.slice(1),
      headers,
      body: Buffer.from(body),
      address: '127.0.0.1',
    });
    const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
    const sent = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    );
    return new Response(bodiless.includes(answer.status) ? null : text, { status: answer.status, headers: sent });
  };
}
