// The first page of the console shows the world of a seed: who one can log in as, and which apps there are.
import { appRoles, isAppRole } from '@hallpass/protocol';
import type { Demo } from '@hallpass/server';
import type { Seed } from './seed/read.ts';

export function showcase({ world }: Seed): Demo {
  const { people, apps } = world;
  return {
    people: people
      .filter(({ testUserOf }) => testUserOf === undefined)
      .flatMap((person) => {
        const { id, name, email, password } = person;
        return email === undefined || password === undefined
          ? []
          : [{ id, name, email, password, about: aboutPerson(world, person) }];
      }),
    apps: apps.map(({ id, name, secret, mode, settings }) => ({
      id,
      name,
      secret,
      mode,
      description: settings?.description ?? '',
    })),
  };
}

type World = Seed['world'];
type Person = World['people'][number];

/** One line for each app, Page and business that the person has to do with. */
function aboutPerson({ apps, pages, businesses }: World, { id, administrator, reviewer }: Person): string[] {
  const onApps = apps.flatMap(({ name, roles }) =>
    (roles ?? [])
      .filter(({ person }) => person === id)
      .map(({ role }) => `${isAppRole(role) ? appRoles[role].title : role} of the app ${name}`),
  );
  const onPages = pages.flatMap(({ name, roles }) =>
    (roles ?? [])
      .filter(({ person }) => person === id)
      .map(({ tasks }) => `${holdsAllTasks(tasks) ? 'Manages' : 'Works on'} the Page ${name}`),
  );
  const inBusinesses = (businesses ?? []).flatMap(({ name, people }) =>
    (people ?? [])
      .filter(({ person }) => person === id)
      .map(({ role }) => `${role === 'ADMIN' ? 'Administrator' : 'Employee'} of the business ${name}`),
  );
  return [
    ...(administrator ? ['Administrator of the platform'] : reviewer ? ['Reviewer of the platform'] : []),
    ...onApps,
    ...onPages,
    ...inBusinesses,
  ];
}

const holdsAllTasks = (tasks: readonly string[]): boolean =>
  tasks.includes('MANAGE') || tasks.includes('PROFILE_PLUS_FULL_CONTROL');
