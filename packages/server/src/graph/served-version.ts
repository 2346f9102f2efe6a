// This module decides which version serves a call: the one in its path, or the one that its app chose where the path
// names none. What happens to a version that has ended by the clock is a setting: by default nothing; else it is served
// by the oldest version that has not ended, and told so in a header, or refused. Source: "Upcoming change in Marketing
// API version deprecation" (2024).
import { compareVersions, oldestLiving, graphError, type Version, versions } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import type { App } from '../store/apps/apps.ts';
import type { GraphRequest } from '../wire/call.ts';

/** Gives a call whose path names a version the one that serves it. @throws GraphError version.retired */
export function serveNamedVersion(installation: Installation, call: GraphRequest): void {
  if (call.versioned) serveLiving(installation, call);
}

/**
 * Gives a call whose path names no version that of its app.
 * @param hasRole whether it is made for somebody with a role on the app: there may be another version for them
 * @throws GraphError version.retired
 */
export function serveVersionOf(app: App, installation: Installation, call: GraphRequest, hasRole = false): void {
  if (call.versioned) return;
  const { defaultVersion, roleVersion } = app.settings;
  call.version = hasRole && roleVersion !== '' ? roleVersion : defaultVersion;
  serveLiving(installation, call);
}

function serveLiving({ settings, world }: Installation, call: GraphRequest): void {
  const asked = call.version;
  if (settings.retiredBefore !== undefined && compareVersions(asked, settings.retiredBefore as Version) < 0)
    throw graphError('version.retired', { newest: versions.newest });
  if (settings.endedVersions === 'serve') return;
  const oldest = oldestLiving(world.clock.now());
  if (compareVersions(asked, oldest) >= 0) return;
  if (settings.endedVersions === 'refuse') throw graphError('version.retired', { newest: versions.newest });
  call.version = oldest;
  call.insteadOf = asked;
}

/** The header that tells of another version than the one that was asked for. */
export function versionWarning({ version, insteadOf }: GraphRequest): Record<string, string> {
  return insteadOf === undefined
    ? {}
    : {
        'X-Ad-Api-Version-Warning': `The call has been auto-upgraded to ${version} as ${insteadOf} has been deprecated.`,
      };
}
