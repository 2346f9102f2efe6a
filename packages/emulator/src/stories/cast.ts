// Some stories need more people than the one whom they happen to: an administrator of the business, one of the app. They
// are found in the seed of the world, and can log in.
import type { EmulatorPerson } from '../people/people.ts';
import type { Place } from './story.ts';

type World = Place['world']['seed']['world'];
type SeedBusiness = NonNullable<World['businesses']>[number];

/** @returns somebody of these who can log in, and is not the person of the story where `another` is asked for */
function somebodyOf({ world }: Pick<Place, 'world'>, ids: readonly string[]): EmulatorPerson | undefined {
  return world.people.list().find(({ id }) => ids.includes(id));
}

const administratorsOf = ({ people = [] }: SeedBusiness): string[] =>
  people.flatMap(({ person, role }) => (role === 'ADMIN' ? [person] : []));

interface Company {
  business: SeedBusiness;
  /** Somebody else than the person of the story. */
  administrator: EmulatorPerson;
}

/** Businesses of which the person is a member, each with another administrator who can log in. */
function companiesOf(scene: Place): Company[] {
  const { world, person } = scene;
  return (world.seed.world.businesses ?? []).flatMap((business) => {
    if (!business.people?.some((one) => one.person === person.id)) return [];
    const administrator = somebodyOf(
      scene,
      administratorsOf(business).filter((id) => id !== person.id),
    );
    return administrator ? [{ business, administrator }] : [];
  });
}

/** @throws Error where the person works for no business that somebody else administers */
export function companyOf(scene: Place): Company {
  const [company] = companiesOf(scene);
  if (!company)
    throw new Error(
      `${scene.person.name} doesn't work for a business in this world with another administrator: name another person.`,
    );
  return company;
}

/** A Page of the person's company on which the person has a role of their own. */
export interface CompanyPage extends Company {
  page: World['pages'][number];
  /** The tasks of the person there. */
  tasks: NonNullable<World['pages'][number]['roles']>[number]['tasks'];
}

/** @throws Error where there is none */
export function companyPageOf(scene: Place): CompanyPage {
  const found = companyPagesOf(scene)[0];
  if (!found)
    throw new Error(
      `${scene.person.name} has no role on a Page that belongs to a business of theirs: name another person.`,
    );
  return found;
}

export function companyPagesOf(scene: Place): CompanyPage[] {
  const { pages } = scene.world.seed.world;
  return companiesOf(scene).flatMap((company) =>
    pages.flatMap((page) => {
      const role = page.roles?.find(({ person }) => person === scene.person.id);
      return role && company.business.pages?.includes(page.id) ? [{ ...company, page, tasks: role.tasks }] : [];
    }),
  );
}

/** An administrator of the app who can log in. @throws Error where there is none */
export function appAdministratorOf(scene: Place): EmulatorPerson {
  const { roles = [], name } = scene.app;
  const ids = roles.flatMap(({ person, role }) => (role === 'administrators' ? [person] : []));
  const administrator = somebodyOf(scene, ids);
  if (!administrator) throw new Error(`No administrator of ${name} can log in.`);
  return administrator;
}

interface BusinessServer {
  business: SeedBusiness;
  administrator: EmulatorPerson;
  /** The system user that has the app. */
  name: string;
}

/** @throws Error where no system user of a business has the app */
export function systemUserWith(scene: Place): BusinessServer {
  for (const business of scene.world.seed.world.businesses ?? []) {
    const administrator = somebodyOf(scene, administratorsOf(business));
    // An employee first: an administrator among system users is what others hang on.
    const users = (business.systemUsers ?? []).filter(({ apps }) => apps?.includes(scene.app.id));
    const user = users.find(({ role }) => role === 'EMPLOYEE') ?? users[0];
    if (user && administrator) return { business, administrator, name: user.name };
  }
  throw new Error(`No system user of this world has ${scene.app.name}: name another app.`);
}
