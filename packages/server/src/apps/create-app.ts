// A new app starts like this: in development mode, with the person who makes it as its administrator. Source: the app
// roles page (who makes an app is its administrator) and "App modes" (a new app is in development).
import { appsPerPerson, graphError } from '@hallpass/protocol';
import { type Actor, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { newId } from '../installation/mint.ts';
import * as apps from '../store/apps/apps.ts';
import * as people from '../store/people/people.ts';
import { newAppSecret } from './app-admin.ts';
import { AppId, type PersonId } from '../store/ids.ts';

interface NewApp {
  /** The name in its stored form. */
  name: string;
  type: apps.App['type'];
  settings: Partial<apps.AppSettings>;
  administrator: PersonId;
  by: Actor;
}

/**
 * @returns the id; the secret is never told here
 * @throws GraphError permission.denied for a test user (threats PR-08), app.too_many
 */
export function createApp(
  installation: ChangeContext,
  { name, type, settings, administrator, by }: NewApp,
): Promise<AppId> {
  const id = newId(installation, AppId);
  const now = installation.world.clock.now();
  return change(installation, async ({ tx, event }) => {
    const person = await people.holdForChange(tx, administrator);
    if (!person || person.state === 'deleted' || person.testUserOf !== null || person.systemUserOf !== null)
      throw graphError('permission.denied');
    if ((await apps.countRun(tx, administrator)) >= appsPerPerson)
      throw graphError('app.too_many', {
        limit: String(appsPerPerson),
        what: 'apps of one administrator who makes another',
      });
    await apps.insert(tx, installation.sealer, {
      id,
      name,
      mode: 'development',
      type,
      status: 'active',
      secret: newAppSecret(installation),
      clientToken: newAppSecret(installation),
      settings: { ...apps.defaultSettings, ...settings },
      createdAt: now,
    });
    await apps.addRole(tx, id, administrator, 'administrators', now);
    event({ name: 'app.created', outcome: 'ok', appId: id, ...actorFacts(by), targetId: id });
    event({
      name: 'role.changed',
      outcome: 'ok',
      reason: 'app: administrators',
      appId: id,
      ...actorFacts(by),
      targetId: administrator,
    });
    return id;
  });
}
