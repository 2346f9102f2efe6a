// Names beside the ids of an app and of a person, as people know them.
import { AppId, PersonId } from '@hallpass/server/testing';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';

interface Named {
  id: string;
  name: string;
}

/** An id of nothing that is there keeps its name empty. */
export async function namesOf(
  { server }: EmulatedWorld,
  { app, person }: { app: string | undefined; person: string | undefined },
): Promise<{ app?: Named; person?: Named }> {
  const { facts } = server.installation;
  const appId = app === undefined ? undefined : AppId.parse(app);
  const personId = person === undefined ? undefined : PersonId.parse(person);
  return {
    ...(app === undefined
      ? {}
      : { app: { id: app, name: (appId === undefined ? null : await facts.app(appId))?.name ?? '' } }),
    ...(person === undefined
      ? {}
      : { person: { id: person, name: (personId === undefined ? null : await facts.person(personId))?.name ?? '' } }),
  };
}
