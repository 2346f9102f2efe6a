// A vault before a server that knows the documented calls alone, with the app of that server set.
import type { TestContext } from 'node:test';
import type { Fetch } from '@hallpass/client';
import { Secret } from '@hallpass/protocol';
import type { Vault, VaultOptions } from '@hallpass/vault';
import type { Place } from '../../db/test/databases.ts';
import { DocumentedGraph } from './documented-graph.ts';
import { openVault, testWorld } from './vaults.ts';

interface DocumentedVault {
  vault: Vault;
  world: ReturnType<typeof testWorld>;
  graph: DocumentedGraph;
}

interface SceneOptions {
  settings?: VaultOptions['settings'];
  /** Another server that some calls are for; undefined for those that are for the Graph. */
  elsewhere?(url: string): Fetch | undefined;
}

/** Opens it at a place, which is removed with it when the test is over. */
export async function documentedVault(
  t: TestContext,
  place: Place,
  { settings = {}, elsewhere }: SceneOptions = {},
): Promise<DocumentedVault> {
  const world = testWorld();
  const graph = new DocumentedGraph(() => world.clock.now());
  const { vault } = await openVault(place, {
    world,
    settings,
    fetch: (url, init) => (elsewhere?.(url) ?? graph.fetch)(url, init),
  });
  t.after(async () => {
    await vault.close();
    await place.remove();
  });
  await vault.apps.set({
    appId: graph.app.id,
    secret: new Secret(graph.app.secret),
    graphBase: 'https://graph.example.com',
    dialogBase: 'https://www.example.com/dialog/oauth',
    version: 'v25.0',
  });
  return { vault, world, graph };
}
