// Text that somebody types into a form, and what they tick there, outlives the session in which the form was shown: the page of the refusal shows it, and
// the browser keeps it, sealed in a cookie, until the same person has logged in and sees the form filled in. Nothing of it
// goes into an address, a log line or the database. A form proves by a token of its own that this browser was shown it, so
// that no other website can put its own words onto our pages (threats WP-03, WP-06).
import { lifetimes, parseJson, shape } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { formToken, isFormToken } from '../people/csrf.ts';
import { openSealedText, sealText } from '../sealed-text.ts';
import { PersonId } from '../store/ids.ts';
import { readCookie } from './cookies.ts';
import type { SiteRequest } from './site-request.ts';

/** Names of the fields of a form that hold text that is no secret, with their labels. */
export type TypedFields = Readonly<Record<string, string>>;

interface KeptText {
  /** The path that the form is sent to. */
  action: string;
  person: PersonId;
  /** Hash of the cookie of the browser. */
  browser: string;
  /** Epoch seconds. */
  until: number;
  values: Record<string, string>;
  /** The values that were ticked, by the names of their fields. */
  chosen?: Record<string, string[]>;
}

const keptShape = shape.object<KeptText>({
  action: shape.text,
  person: PersonId.shape,
  browser: shape.text,
  until: shape.number,
  values: shape.mapOf(shape.text),
  chosen: shape.optional(shape.mapOf(shape.listOf(shape.text))),
});

const context = Buffer.from('hallpass/typed/1');
/** Browsers keep a cookie of up to 4,096 characters, name and value together. */
const LONGEST = 3800;

/** The hidden field of every form of somebody who is logged in: who typed, and in which browser. */
export const TYPED_BY = 'typed_by';

const about = (personId: PersonId): string => `typed:${personId}`;

/** The value of that field. */
export const typedBy = ({ installation, browser }: SiteRequest, personId: PersonId): string =>
  [personId, browser.hash, formToken(installation, browser.hash, about(personId))].join('.');

/**
 * The person to whom this browser showed the form that it sends; undefined where it is no form of ours. A browser that
 * has lost its cookies is believed where it says that a page of ours sent the form.
 */
export function typist({ installation, incoming, browser, form }: SiteRequest): PersonId | undefined {
  const [id = '', shownTo = '', token] = (form.values.get(TYPED_BY) ?? '').split('.');
  const personId = PersonId.parse(id);
  const isShown = browser.known ? shownTo === browser.hash : incoming.headers['sec-fetch-site'] === 'same-origin';
  if (personId === undefined || !isShown) return undefined;
  return isFormToken(installation, token, shownTo, about(personId)) ? personId : undefined;
}

/** The text that the form sends, field by field. */
export const typedText = ({ form }: SiteRequest, fields: TypedFields): KeptText['values'] =>
  Object.fromEntries(
    Object.keys(fields).flatMap((name) => {
      const value = form.values.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );

/** Reads these fields of ticks and radio buttons from the form; a field with nothing ticked is an empty list. */
export const choices = ({ form }: SiteRequest, fields: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(fields.map((name) => [name, [...new Set([form.values.get(name) ?? [], form.all(name)].flat())]]));

/**
 * Gives the browser the text and the choices to keep for this person, in place of what it kept before.
 * @returns false where nothing is kept: there is no text, or it is too long
 */
export function keepTyped(
  { installation, browser, setCookies }: SiteRequest,
  { action, person, values, chosen = {} }: Pick<KeptText, 'action' | 'person' | 'values' | 'chosen'>,
): boolean {
  if (Object.keys(values).length === 0 && Object.keys(chosen).length === 0) return false;
  const { keys, world } = installation;
  const kept: KeptText = {
    action,
    person,
    browser: browser.hash,
    until: world.clock.now() + lifetimes.interaction,
    values,
    chosen,
  };
  const plain = JSON.stringify(kept);
  if (plain.length > limits.value) return false;
  const { text } = sealText(keys.dialog, world.random, context, deflateRawSync(plain));
  if (text.length > LONGEST) return false;
  setCookies.set('typed', text);
  return true;
}

/** The text that this browser keeps; undefined where there is none, or it is of another browser or too old. */
function textKept({ installation, incoming, browser }: SiteRequest): KeptText | undefined {
  const { keys, world } = installation;
  const text = readCookie(incoming.headers.cookie, 'typed');
  const opened = text === undefined ? undefined : openSealedText(keys.dialog, context, text);
  const kept = opened && parseJson(keptShape, inflateRawSync(opened.plain).toString());
  return kept?.browser === browser.hash && kept.until > world.clock.now() ? kept : undefined;
}

/** The text that this person typed into the form at `action` before its session ended; empty where there is none. */
export function keptTyped(ask: SiteRequest, action: string, personId: PersonId): KeptText['values'] {
  const kept = textKept(ask);
  return kept?.action === action && kept.person === personId ? kept.values : {};
}

/** The values that this person ticked in the form at `action` before its session ended; undefined where nothing is kept. */
export function keptChoices(
  ask: SiteRequest,
  action: string,
  personId: PersonId,
): Readonly<Record<string, readonly string[]>> | undefined {
  const kept = textKept(ask);
  return kept?.action === action && kept.person === personId ? kept.chosen : undefined;
}

/** Takes the text away once its form is sent. */
export function forgetTyped(ask: SiteRequest, action: string): void {
  if (textKept(ask)?.action === action) ask.setCookies.set('typed', '');
}
