// What happens to a call of a version that has ended by the clock. By default nothing; by setting it is served by the
// oldest version that has not ended, and told so in a header, or refused. Source: "Upcoming change in Marketing API
// version deprecation" (2024).
import { compareVersions, oldestLiving, graphError, type Version, versions } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import type { GraphRequest } from '../wire/call.ts';

/**
 * Gives the call the version that serves it. @returns the header that tells of another one. @throws GraphError
 * version.retired
 */
export function serveByVersion({ settings, world }: Installation, call: GraphRequest): Record<string, string> {
  const asked = call.version;
  if (settings.retiredBefore !== undefined && compareVersions(asked, settings.retiredBefore as Version) < 0)
    throw graphError('version.retired', { newest: versions.newest });
  if (settings.endedVersions === 'serve') return {};
  const oldest = oldestLiving(world.clock.now());
  if (compareVersions(asked, oldest) >= 0) return {};
  if (settings.endedVersions === 'refuse') throw graphError('version.retired', { newest: versions.newest });
  call.version = oldest;
  return {
    'X-Ad-Api-Version-Warning': `The call has been auto-upgraded to ${oldest} as ${asked} has been deprecated.`,
  };
}
