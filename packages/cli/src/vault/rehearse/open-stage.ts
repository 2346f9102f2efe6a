// Opens the stage of a rehearsal: an emulator world made of a snapshot, and a vault in memory that holds its tokens. What
// happens there reaches nobody, and both are gone when it is closed.
import { createEmulator, type Emulator, fetchIn } from '@hallpass/emulator';
import { type DebugTokenData, type Random, randomHex, Secret } from '@hallpass/protocol';
import { describeToken, plantToken, present } from '@hallpass/server/testing';
import {
  createVault,
  evenChance,
  keyFromText,
  type MailLook,
  plantSnapshot,
  RehearsalMailBox,
  type RehearsalStage,
  type StagedToken,
  type TenantVault,
} from '@hallpass/vault';
import type { Snapshot, SnapshotConnection } from '@hallpass/vault/client';
import type { BaseWorld } from '@hallpass/world';
import { ElsewhereServices } from './elsewhere.ts';
import { type RehearsalWorld, rehearsalWorldOf } from './rehearsal-world.ts';

const TENANT = 'rehearsal';

export interface OpenStage {
  stage: RehearsalStage;
  emulator: Emulator;
  /** The connections of the vault in memory. */
  vault: TenantVault;
  world: RehearsalWorld;
  /** Connections whose tokens in the world end at another time than those of the vault, by id. */
  unlike: ReadonlySet<string>;
  close(): Promise<void>;
}

interface StageSurroundings {
  world: Pick<BaseWorld, 'wall' | 'random' | 'parallelism'>;
  /** The words and look of mails, where they are one's own. */
  look?: MailLook | undefined;
}

/** @throws EmulatorRefused, VaultRefusal */
export async function openStage(snapshot: Snapshot, { world: outside, look }: StageSurroundings): Promise<OpenStage> {
  const { wall, random } = outside;
  const planned = rehearsalWorldOf(snapshot, () => randomHex(random, 16));
  const emulator = await createEmulator({
    seed: planned.seed,
    at: snapshot.at,
    // It serves nobody but this process.
    environment: 'rehearsal',
    outbound: false,
    settings: { usersAtLeast: 100_000 },
    real: wall,
    random,
  });
  try {
    const { clock } = emulator;
    const elsewhere = new ElsewhereServices(() => clock.now(), random);
    const mailBox = new RehearsalMailBox(() => clock.now());
    const asked = fetchIn(emulator);
    const chance = evenChance(random);
    const start = clock.now();
    const vault = await createVault({
      database: { kind: 'sqlite', file: ':memory:' },
      masterKey: keyOf(random),
      world: {
        clock,
        // Leases and the patience of servers end with the days of the rehearsal.
        wall: { ...wall, now: () => clock.now(), ms: () => wall.ms() + (clock.now() - start) * 1000 },
        random: chance,
        parallelism: outside.parallelism,
        log: () => undefined,
        mail: mailBox,
      },
      fetch: (url, init) => (url.startsWith(emulator.url) ? asked(url, init) : elsewhere.fetch(url, init)),
      settings: { name: snapshot.name, publicUrl: snapshot.publicUrl },
    });
    const close = async (): Promise<void> => {
      await vault.close();
      await emulator.close();
    };
    const { parts } = vault;
    const { tokens, connections, unlike } = await planted(emulator, snapshot, planned, elsewhere);
    await plantSnapshot(parts, TENANT, {
      ...snapshot,
      connections,
      tokens,
      apps: snapshot.apps.map(({ appId, service, hasSecret }) => {
        const secret = planned.seed.world.apps.find(({ id }) => id === appId)?.secret ?? randomHex(random, 16);
        return {
          appId,
          service,
          ...(hasSecret && { secret: new Secret(secret) }),
          ...(service === 'facebook' && { graphBase: emulator.url, dialogBase: `${emulator.url}/dialog/oauth` }),
        };
      }),
    });
    const moveTo = (moment: number): Promise<void> => clock.set(moment);
    const stage = { parts, tenant: TENANT, sweeper: vault.sweeper({ lanes: 1 }), mailBox, look, moveTo };
    return { stage, emulator, vault: vault.forTenant(TENANT), world: planned, unlike, close };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

const keyOf = (random: Random) =>
  keyFromText(new Secret(Buffer.from(random.bytes(32)).toString('base64url')), { random, label: 'the rehearsal' });

interface TokensOfWorld {
  tokens: Map<string, StagedToken>;
  /** As the tokens of the world show them: whom they speak for, and what they carry. */
  connections: SnapshotConnection[];
  unlike: Set<string>;
}

async function planted(
  { server: { installation }, seed }: Emulator,
  snapshot: Snapshot,
  { tokens, appTokens, elsewhere }: RehearsalWorld,
  services: ElsewhereServices,
): Promise<TokensOfWorld> {
  const texts = new Map<string, string>();
  for (const { connectionId, token, pages } of tokens) {
    const made = await plantToken(installation, token);
    if (connectionId !== undefined) texts.set(connectionId, made.text);
    for (const { connectionId: id, page } of pages) {
      const text = made.pages.get(page);
      if (text !== undefined) texts.set(id, text);
    }
  }
  for (const { connectionId, appId } of appTokens)
    texts.set(connectionId, `${appId}|${seed.world.apps.find(({ id }) => id === appId)?.secret ?? ''}`);
  const said = new Map<string, DebugTokenData>();
  for (const [id, text] of texts) said.set(id, await describeToken(installation, await present(installation, text)));
  const staged = new Map<string, StagedToken>();
  for (const [id, text] of texts) staged.set(id, { token: new Secret(text), granular: said.get(id)?.granular_scopes });
  for (const { connectionId, expiresAt } of elsewhere)
    staged.set(connectionId, { token: new Secret(services.issue(connectionId, expiresAt)) });
  const unlike = new Set<string>();
  const connections = snapshot.connections.map((one) => {
    const data = said.get(one.id);
    if (data === undefined) return one;
    if ((data.expires_at ?? 0) !== (one.expiresAt ?? 0) || dataEnd(data) !== (one.dataAccessUntil ?? 0))
      unlike.add(one.id);
    return asPlanted(one, data);
  });
  return { tokens: staged, connections, unlike };
}

const dataEnd = ({ data_access_expires_at = 0 }: DebugTokenData): number => data_access_expires_at;

/**
 * A permission that the platform does not know can't be in a token of the world: where the connection carries it, nobody
 * asks for it.
 */
function asPlanted(one: SnapshotConnection, data: DebugTokenData): SnapshotConnection {
  const carried = new Set(data.scopes);
  const subjectId = data.type === 'PAGE' ? data.profile_id : data.user_id;
  return {
    ...one,
    ...(subjectId !== undefined && { subjectId }),
    grantedScopes: data.scopes.toSorted(),
    wantedScopes: one.wantedScopes.filter((scope) => carried.has(scope) || !one.grantedScopes.includes(scope)),
  };
}
