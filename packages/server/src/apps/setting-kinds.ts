// Each kind of setting says what it may hold, whoever writes it: a call, the dashboard or a seed file.
import {
  isPermission,
  parseVersion,
  readRestrictions,
  restrictionsText,
  type SettingKind,
  versions,
} from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import { emailOf } from '../people/people.ts';
import { allowListFault, allowListOf } from './allow-list.ts';
import { checkRegistrable } from './registrable.ts';

/** A kind of flag, of one text, or of a list of texts. */
export type SettingCheck = FlagCheck | TextCheck;

interface FlagCheck {
  readonly holds: 'flag';
}

export interface TextCheck {
  readonly holds: 'text' | 'list';
  /** The text as it is stored; undefined where it cannot be. In a text, and not in a list, empty text clears. */
  read(text: string): string | undefined;
  /** Says why a text cannot be stored, as the end of a sentence about it. */
  fault(text: string): string;
  /** The whole list as it is stored, where that is more than its entries. */
  readAll?(entries: readonly string[]): string[];
}

const LONGEST_LINE = 2000;
const LONGEST_WORDS = 4000;
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const packageName = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/;

/** A host name in lower case. */
export const isHostName = (text: string): boolean => hostName.test(text);

/** A web address that may be shown as a link. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text);

type Fits = (text: string) => boolean;
const textOf = (fits: Fits, what: string): TextCheck => ({
  holds: 'text',
  read: (value) => (fits(value) ? value : undefined),
  fault: () => `must be ${what}`,
});
const listOf = (fits: Fits, what: string): TextCheck => ({ ...textOf(fits, what), holds: 'list' });

const cannotRegister = (uri: string): string => {
  const verdict = checkRegistrable(uri);
  return `${JSON.stringify(uri.slice(0, limits.redirectUri))} cannot be registered: ${verdict.ok ? '' : verdict.reason}`;
};

export const settingKinds = {
  flag: { holds: 'flag' },
  words: textOf((text) => text.length <= LONGEST_WORDS, `at most ${LONGEST_WORDS} characters long`),
  line: {
    holds: 'text',
    read: (text) => (text.length <= LONGEST_LINE && !unprintable.test(text) ? text.normalize('NFC') : undefined),
    fault: () => `must be one line of at most ${LONGEST_LINE} characters`,
  },
  email: { holds: 'text', read: emailOf, fault: () => 'must be an e-mail address' },
  namespace: textOf(
    (text) => /^[a-z][a-z_-]{2,19}$/.test(text),
    '3 to 20 letters a-z, - and _, beginning with a letter',
  ),
  restrictions: {
    holds: 'text',
    read(text) {
      const said = text.length <= LONGEST_LINE ? readRestrictions(text) : undefined;
      return said && restrictionsText(said);
    },
    fault: () => 'must be JSON such as {"age":"18+","location":"PT,BR","type":"alcohol","unlocated":true}',
  },
  address: textOf(
    (text) => text.length <= LONGEST_LINE && isWebAddress(text),
    'an address beginning with https:// or http://',
  ),
  // It is called, and not only shown: as strict as redirect addresses.
  receiver: { holds: 'text', read: (text) => (checkRegistrable(text).ok ? text : undefined), fault: cannotRegister },
  version: textOf(
    (text) => parseVersion(text) !== undefined,
    `a version from ${versions.oldest} to ${versions.newest}, such as v25.0`,
  ),
  other_version: textOf(
    (text) => parseVersion(text) !== undefined,
    `a version from ${versions.oldest} to ${versions.newest}, such as v25.0, or nothing`,
  ),
  login_type: textOf((text) => text === 'classic' || text === 'business', 'classic or business'),
  marketing_tier: textOf((text) => ['none', 'development', 'standard'].includes(text), 'none, development or standard'),
  redirect_uris: { holds: 'list', read: (uri) => (checkRegistrable(uri).ok ? uri : undefined), fault: cannotRegister },
  hosts: listOf(isHostName, 'a host name in lower case, without https:// and without a path'),
  suffixes: listOf((text) => /^[A-Za-z]{1,30}$/.test(text), 'letters only, at most 30'),
  packages: listOf((text) => packageName.test(text), 'a package name such as com.example.app'),
  networks: {
    holds: 'list',
    read: (entry) => (allowListFault(entry) === undefined ? entry : undefined),
    fault: (entry) => allowListFault(entry) ?? 'must be an address or a range',
    readAll: (entries) => allowListOf(entries) ?? [...entries],
  },
  permissions: listOf(isPermission, 'a permission'),
} as const satisfies Record<SettingKind, SettingCheck>;

/** A value as it is stored under a setting of this kind; undefined for what it cannot hold. Empty text clears. */
export function readSetting(kind: SettingKind, value: unknown): boolean | string | string[] | undefined {
  const check: SettingCheck = settingKinds[kind];
  if (check.holds === 'flag') return typeof value === 'boolean' ? value : undefined;
  if (check.holds === 'text') return typeof value !== 'string' ? undefined : value === '' ? '' : check.read(value);
  if (!Array.isArray(value)) return undefined;
  const entries = value.map((entry: unknown) => (typeof entry === 'string' ? check.read(entry) : undefined));
  const read = entries.filter((entry) => entry !== undefined);
  return read.length < entries.length ? undefined : (check.readAll?.(read) ?? read);
}
