// Configurations of Login for Business are kept here: made, changed and deleted by administrators of the app. What one
// may ask for is settled here; whom it may be asked of is settled in the dialog, as for every permission. Source: the
// guide on Login for Business.
import {
  alwaysGranted,
  graphError,
  isAboutAdAccounts,
  isAboutPages,
  isIn,
  isPermission,
  type Permission,
  systemUserAllowed,
} from '@hallpass/protocol';
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as apps from '../store/apps/apps.ts';
import * as configurations from '../store/apps/login-configurations.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import { nameOf } from '../people/people.ts';
import type { AppId } from '../store/ids.ts';

type ConfigurationInput = Pick<configurations.LoginConfiguration, 'name' | 'tokenType' | 'tokenExpiration'> & {
  permissions: readonly string[];
  assets: readonly string[];
};

/** Permissions about the profile of a person, which no system user has. */
const ofPeople: ReadonlySet<string> = new Set([alwaysGranted, 'email']);

/** True when a configuration may name this besides name and e-mail address. */
export const isSupported = (name: string): boolean => systemUserAllowed.has(name);

type ConfigurationFault = 'name' | 'permissions' | 'assets' | 'token_expiration';

/** Finds what is wrong with a configuration, by the parameter it is about; undefined for a sound one. */
export function faultOf({
  name,
  tokenType,
  tokenExpiration,
  permissions,
  assets,
}: ConfigurationInput): ConfigurationFault | undefined {
  if (nameOf(name).name !== name) return 'name';
  const known = permissions.every(
    (one) => isPermission(one) && (isSupported(one) || (tokenType === 'user' && ofPeople.has(one))),
  );
  if (!known || !permissions.some(isSupported) || new Set(permissions).size < permissions.length) return 'permissions';
  if (!assets.every((one) => isIn(configurations.assetKinds, one)) || new Set(assets).size < assets.length)
    return 'assets';
  if (permissions.some(isAboutPages) && !assets.includes('pages')) return 'assets';
  // Those of a person are all meant: there is nothing to choose.
  if (assets.includes('ad_accounts') !== (tokenType === 'system_user' && permissions.some(isAboutAdAccounts)))
    return 'assets';
  return tokenType === 'user' && tokenExpiration !== 'never' ? 'token_expiration' : undefined;
}

export interface ConfigurationAct {
  appId: AppId;
  by: Actor;
  now: number;
}

/** Makes a configuration, or changes the one with this id. @returns its id @throws GraphError param.invalid */
export async function putConfiguration(
  installation: Pick<Installation, 'sealer' | 'world'>,
  { tx, event }: Change,
  { appId, by, now }: ConfigurationAct,
  wanted: ConfigurationInput,
  id?: string,
  demand: (present: configurations.LoginConfiguration) => void = () => {},
): Promise<string> {
  const fault = faultOf(wanted);
  if (fault) throw graphError('param.invalid', { name: fault });
  await apps.holdForChange(tx, installation.sealer, appId);
  const before = id === undefined ? undefined : await configurations.byId(tx, id);
  if (id !== undefined && before?.appId !== appId) throw graphError('param.invalid', { name: 'configuration_id' });
  if (before) demand(before);
  // The kind of token is what the app's server was written for.
  if (before && before.tokenType !== wanted.tokenType) throw graphError('param.invalid', { name: 'token_type' });
  const configuration: configurations.LoginConfiguration = {
    ...wanted,
    id: before?.id ?? newId(installation),
    appId,
    loginVariation: 'general',
    permissions: wanted.permissions as Permission[],
    assets: wanted.assets as configurations.AssetKind[],
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  await configurations.put(tx, configuration);
  event({
    name: 'configuration.changed',
    outcome: 'ok',
    reason: before ? 'changed' : 'made',
    appId,
    ...actorFacts(by),
    targetId: configuration.id,
  });
  return configuration.id;
}

/** Deletes a configuration; what was given by it goes on. @returns false when the app has none with this id */
export async function removeConfiguration(
  { tx, event }: Change,
  { appId, by }: ConfigurationAct,
  id: string,
): Promise<boolean> {
  if (!(await configurations.remove(tx, id, appId))) return false;
  event({ name: 'configuration.changed', outcome: 'ok', reason: 'deleted', appId, ...actorFacts(by), targetId: id });
  return true;
}

/** A configuration of a described world. */
export interface SeedConfiguration {
  id: string;
  name: string;
  tokenType: configurations.LoginConfiguration['tokenType'];
  tokenExpiration?: configurations.LoginConfiguration['tokenExpiration'] | undefined;
  permissions: string[];
  assets?: string[] | undefined;
}

/** @throws Error for a configuration that no administrator could have made */
export async function seedConfiguration(
  tx: Change['tx'],
  appId: AppId,
  { id, ...settings }: SeedConfiguration,
  now: number,
): Promise<void> {
  const wanted = { ...settings, tokenExpiration: settings.tokenExpiration ?? 'never', assets: settings.assets ?? [] };
  const fault = faultOf(wanted);
  if (fault) throw new Error(`configuration ${id} of app ${appId}: ${fault}`);
  const lists = {
    permissions: wanted.permissions as Permission[],
    assets: wanted.assets as configurations.AssetKind[],
  };
  await configurations.put(tx, {
    ...wanted,
    ...lists,
    id,
    appId,
    loginVariation: 'general',
    createdAt: now,
    updatedAt: now,
  });
}
