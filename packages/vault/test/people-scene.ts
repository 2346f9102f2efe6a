// A vault whose mails go to a real SMTP server on this machine, with connections that things happen to.
import type { TestContext } from 'node:test';
import { createMailer, nodeWorld } from '@hallpass/world';
import type { Vault, VaultSettings } from '@hallpass/vault';
import { mailServer } from '../../world/test/mail-server.ts';
import type { Place } from '../../db/test/databases.ts';
import type { EventKind } from '../src/event-kinds.ts';
import { type EventFacts, recordEvent } from '../src/events/record-event.ts';
import type { MailLook } from '../src/people/compose-mail.ts';
import { type Delivering, startDelivering } from '../src/people/deliver.ts';
import type { MailSettings } from '../src/client/answers/mail.ts';
import { setMailSettings } from '../src/people/mail-settings.ts';
import { putApp } from '../src/store/apps/apps.ts';
import {
  type ConnectionFacts,
  insertConnection,
  type NewConnection,
  updateConnection,
} from '../src/store/connections.ts';
import { type DeliveryRow, listDeliveries } from '../src/store/people/deliveries.ts';
import { openVault, testWorld } from './vaults.ts';

export const DAY = 86_400;
export const from = 'vault@id.example';

type Post = Awaited<ReturnType<typeof mailServer>>;
export interface PeopleScene {
  vault: Vault;
  world: ReturnType<typeof testWorld>;
  post: Post;
  delivering: Delivering;
  /** Epoch seconds of the protocol's clock. */
  now(): number;
  connection(id: string, more?: Partial<NewConnection>): Promise<void>;
  change(id: string, facts: ConnectionFacts): Promise<void>;
  happens(id: string, kind: EventKind, facts?: EventFacts): Promise<void>;
  /** Moves the clock, and waits until nothing is being sent. */
  pass(seconds: number): Promise<void>;
  prefer(preferences: Partial<MailSettings>): Promise<void>;
  deliveries(): Promise<DeliveryRow[]>;
}

interface SceneOptions {
  settings?: Partial<VaultSettings>;
  look?: MailLook;
  post?: Post;
  /** The port of the mail server, where it is not `post`. */
  port?: number;
}

export async function peopleScene(t: TestContext, place: Place, options: SceneOptions = {}): Promise<PeopleScene> {
  const post = options.post ?? (await mailServer(t, { disabledCommands: ['STARTTLS', 'AUTH'] }));
  const { wall, outbound } = nodeWorld();
  const mail = createMailer({
    server: { host: '127.0.0.1', port: options.port ?? post.port, tls: 'none' },
    from,
    wall,
    ms: 2000,
  });
  const world = testWorld({ mail, outbound });
  const { vault } = await openVault(place, {
    world,
    settings: { name: 'Acme', publicUrl: 'https://vault.example', webhookReceivers: 'local', ...options.settings },
  });
  const { parts } = vault;
  const { db } = parts;
  const now = (): number => world.clock.now();
  await db.act(({ tx }) =>
    putApp(tx, {
      tenant: 'main',
      app_id: '17',
      service: 'facebook',
      graph_base: 'https://graph.example',
      dialog_base: 'https://www.example/dialog/oauth',
      version: null,
      secret: null,
      secret_version: 0,
      changed_at: now(),
    }),
  );
  const delivering = startDelivering(parts, options.look);
  t.after(async () => {
    await delivering.stop();
    await vault.close();
    await place.remove();
  });
  return {
    vault,
    world,
    post,
    delivering,
    now,
    connection: (id, more = {}) =>
      db.act(({ tx }) =>
        insertConnection(tx, {
          tenant: 'main',
          id,
          name: `The ${id}`,
          app_id: '17',
          kind: 'user_long',
          state: 'healthy',
          subject_type: 'user',
          subject_id: '1001',
          subject_name: 'Ann Bergström',
          owner_name: 'Ann',
          owner_email: 'ann@example.com',
          created_at: now(),
          ...more,
        }),
      ),
    async change(id, facts) {
      await db.act(({ tx }) => updateConnection(tx, { tenant: 'main', id }, undefined, facts));
    },
    happens: (id, kind, facts = {}) =>
      db.act((act) => recordEvent(act, { tenant: 'main', connectionId: id, kind, at: now(), facts })),
    async pass(seconds) {
      await delivering.idle();
      await world.clock.advance(seconds);
      await delivering.idle();
    },
    async prefer(preferences) {
      await db.act(({ tx }) => setMailSettings(tx, 'main', preferences));
    },
    deliveries: () => listDeliveries(db.read, 'main', { limit: 1000 }),
  };
}

/** Lets a connection die, as a sweep tells it. */
export async function dies(scene: PeopleScene, id: string, advice = 'log_in_again'): Promise<void> {
  await scene.change(id, { state: 'needs_person', advice, code: 190, subcode: 460 });
  await scene.happens(id, 'died', { state: 'needs_person', advice });
}
