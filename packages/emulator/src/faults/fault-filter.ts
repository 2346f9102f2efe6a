// An order is given to those requests that its filter fits.
import type { FaultPoint } from '@hallpass/server';

/** A part that is left out fits always. */
export interface FaultFilter {
  app?: string | undefined;
  person?: string | undefined;
  /** The Page whose token calls, or that the path names. */
  page?: string | undefined;
  token?: string | undefined;
  method?: string | undefined;
  /** `*` is one segment, `**` at the end is all that follow. */
  path?: string | undefined;
  /** A header of the request: its name, or `name=value`. */
  header?: string | undefined;
  /** Epoch seconds by the clock of the world: requests before this moment are answered truly. */
  from?: number | undefined;
  /** The share of the requests that fit, from 0 to 1, by chance. */
  share?: number | undefined;
}

/** An order may look at these parts of a request, beside the point that it has come to. */
export interface FaultRequest {
  now: number;
  /** Headers of the request under way, by lower-case name; undefined where nobody has asked for one. */
  headers: Readonly<Record<string, string>> | undefined;
  /** From 0 to 1, another one each time. */
  chance(): number;
}

export function fits(filter: FaultFilter, point: FaultPoint, { now, headers, chance }: FaultRequest): boolean {
  const { app, person, page, token, method, path, header, from, share } = filter;
  return (
    (app === undefined || app === point.app) &&
    (person === undefined || person === point.person) &&
    (page === undefined || page === point.page || point.path.split('/').includes(page)) &&
    (token === undefined || token === point.token) &&
    (method === undefined || method === point.method) &&
    (path === undefined || fitsPath(path.replace(/^\//, '').split('/'), point.path.split('/'))) &&
    (header === undefined || fitsHeader(header, headers ?? {})) &&
    (from === undefined || now >= from) &&
    (share === undefined || chance() < share)
  );
}

function fitsPath(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.at(-1) === '**';
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((segment, at) => segment === '*' || segment === path[at]);
}

function fitsHeader(header: string, headers: Readonly<Record<string, string>>): boolean {
  const [name = '', value] = header.split(/[=:]\s*(.*)/s);
  const given = headers[name.trim().toLowerCase()];
  return given !== undefined && (value === undefined || given === value);
}
