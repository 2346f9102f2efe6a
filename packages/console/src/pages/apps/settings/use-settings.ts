// A form over settings of an app. Which settings there are, what they are called and what each may hold comes from the one
// table of them; which call writes a setting is decided here, once.
import { type AppSettingEntry, appSettingRows } from '@hallpass/protocol';
import { call, type Params } from '../../../graph/door.ts';
import { queryClient } from '../../../graph/query.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { confirmed } from '../../../parts/confirm-password.tsx';
import type { FieldMessages } from '../../../parts/form/fields.ts';
import type { FieldValue, FieldValues } from '../../../parts/form/edits.ts';
import { type Form, useForm } from '../../../parts/form/use-form.ts';
import { type App, appKey } from '../app.ts';

export type SettingsForm = Form<FieldValues>;

const entries: ReadonlyMap<string, AppSettingEntry> = new Map(appSettingRows.map(([, entry]) => [entry.name, entry]));

/** @throws Error for a name that the table doesn't have */
export function settingOf(name: string): AppSettingEntry {
  const entry = entries.get(name);
  if (!entry) throw new Error(`There is no setting ${name}.`);
  return entry;
}

/** Fields of the app that are set like settings, and are none of the table. */
const others: Readonly<Record<string, { label: string; doc: string; fallback: FieldValue }>> = {
  app_name: { label: 'Display name', doc: 'People read it in the dialog.', fallback: '' },
  app_type: {
    label: 'Native or Desktop App',
    doc: 'The app is installed on people’s devices and can’t keep a secret: its app tokens and every call with its secret stop working.',
    fallback: 0,
  },
};

export const labelOf = (name: string): string => others[name]?.label ?? settingOf(name).label;
/** The sentence about a setting, without the label that it begins with; empty where it says no more than that. */
export function docOf(name: string): string {
  const doc = others[name]?.doc ?? settingOf(name).doc;
  const label = labelOf(name);
  const rest = doc.toLowerCase().startsWith(label.toLowerCase())
    ? doc.slice(label.length).replace(/^[:,.\s]+/, '')
    : doc;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Settings that only whoever may say where log-ins lead can change. */
const addresses: ReadonlySet<string> = new Set(['redirect_uris', 'sdk_domains']);
/** Settings of the security call that the table counts to others. */
const secured: ReadonlySet<string> = new Set(['server_ip_whitelist', 'android_packages', 'default_version']);
const deletion: Readonly<Record<string, string>> = {
  data_deletion_url: 'callback_url',
  data_deletion_instructions_url: 'instructions_url',
};

type Edge = 'settings' | 'security' | 'addresses' | 'deletion';

function edgeOf(name: string): Edge {
  if (name === 'app_name') return 'settings';
  if (name === 'app_type') return 'security';
  if (name in deletion) return 'deletion';
  if (addresses.has(name)) return 'addresses';
  return secured.has(name) || settingOf(name).writes === 'dashboard' ? 'security' : 'settings';
}

/** True where saving asks for the password. */
export const isGuarded = (name: string): boolean => ['security', 'addresses'].includes(edgeOf(name));

const sent = (value: FieldValue | undefined): string | boolean => {
  if (typeof value === 'boolean') return value;
  return Array.isArray(value) ? JSON.stringify(value) : String(value ?? '');
};

function paramsFor(changed: Partial<FieldValues>, edge: Edge): Params | undefined {
  const names = Object.keys(changed).filter((name) => edgeOf(name) === edge);
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    names.map((name) => {
      if (name === 'app_type') return ['native_app', changed[name] === 1];
      if (name === 'url_scheme_suffixes') return ['url_scheme_suffix', sent(changed[name])];
      return [deletion[name] ?? name, sent(changed[name])];
    }),
  );
}

/** @param read the values that the changed settings had a moment ago */
async function write(appId: string, changed: Partial<FieldValues>, read: Partial<FieldValues>): Promise<void> {
  const [settings, security, login, erasing] = (['settings', 'security', 'addresses', 'deletion'] as const).map(
    (edge) => {
      const params = paramsFor(changed, edge);
      const before = Object.entries(read).filter(([name]) => edgeOf(name) === edge);
      return params && { ...params, unchanged: JSON.stringify(Object.fromEntries(before)) };
    },
  );
  if (security) await call('POST', `/${appId}/security_settings`, security);
  if (login) await call('POST', `/${appId}/login_addresses`, login);
  if (settings) await call('POST', `/${appId}/settings`, settings);
  if (erasing) await call('POST', `/${appId}/data_deletion`, erasing);
}

interface SettingsOptions {
  names: readonly string[];
  check?(values: FieldValues): FieldMessages<FieldValues>;
  /** The question before a change that ends something; undefined where this change ends nothing. */
  question?(changed: Partial<FieldValues>): { title: string; words: string } | undefined;
}

export function useSettings(
  { id: appId, name: appName }: App,
  { names, check, question }: SettingsOptions,
): SettingsForm {
  return useForm<FieldValues>({
    queryKey: ['app-settings', appId, names.join(' ')],
    labels: Object.fromEntries(names.map((name) => [name, labelOf(name)])),
    async read() {
      const found = await call<Record<string, FieldValue>>('GET', `/${appId}`, { fields: names.join(',') });
      return Object.fromEntries(
        names.map((name) => [name, found[name] ?? others[name]?.fallback ?? settingOf(name).default]),
      );
    },
    ...(check ? { check } : {}),
    async write(changed, _values, read) {
      const guarded = Object.keys(changed).filter(isGuarded);
      const asks = question?.(changed);
      const why = `Changing ${guarded.map(labelOf).join(', ')} of ${appName} requires your password.`;
      if (asks) {
        const { title, words } = asks;
        const security = paramsFor(changed, 'security');
        return confirmAct({
          title,
          children: words,
          reach: () =>
            security ? whatEnds('POST', `/${appId}/security_settings`, security) : Promise.resolve(['Ends no token.']),
          confirm: 'Save',
          password: why,
          act: () => write(appId, changed, read),
        });
      }
      if (guarded.length > 0 && !(await confirmed(why))) return false;
      await write(appId, changed, read);
      return true;
    },
    onSaved() {
      void queryClient.invalidateQueries({ queryKey: appKey(appId) });
      void queryClient.invalidateQueries({ queryKey: ['app-health', appId] });
    },
  });
}
