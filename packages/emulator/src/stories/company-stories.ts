// Stories about the business that a person works for, and the Pages that it owns.
import { change, givePageRole, PageId, PersonId } from '@hallpass/server/testing';
import { atDesk, type Desk } from './acts.ts';
import { type CompanyPage, companyOf, companyPageOf, companyPagesOf } from './cast.ts';
import type { Scene, Story } from './story.ts';

/** The id by which the business knows one of its people. */
async function memberIn(desk: Desk, business: { id: string; name: string }, email: string): Promise<string> {
  const { data = [] } = await desk.act('GET', `/${business.id}/business_users`, { fields: 'id,email' });
  const id = data.find((one) => one.email === email)?.id;
  if (id === undefined) throw new Error(`Nobody with the address ${email} works for ${business.name} any more.`);
  return id;
}

/** The person hands in the role of their own on a Page of the company. */
async function handInRole({ world, person, did, undo }: Scene, { page, tasks }: CompanyPage): Promise<void> {
  const desk = await atDesk(person);
  const { id: user = '' } = await desk.act('GET', '/me', { fields: 'id' });
  await desk.act('DELETE', `/${page.id}/assigned_users`, { user });
  const role = { pageId: PageId.of(page.id), personId: PersonId.of(person.id), tasks };
  // Nobody may be left who could give it back.
  undo(() =>
    change(world.server.installation, (making) =>
      givePageRole(making, { ...role, by: { kind: 'operator' }, now: world.clock.now() }),
    ),
  );
  did(`${person.name} gives up their role on ${page.name}`);
}

export const companyStories = {
  'left-the-company': {
    doc: 'The person leaves the company: they give up their roles on its Pages, and its administrator removes them from the business.',
    answer:
      '190/492 for tokens of those Pages; the token of the person keeps working, and their list of Pages is shorter',
    expect: 'Ask someone else who manages the Page to connect it. Continue with the Pages the person still has.',
    strikes: 'page',
    leaves: 'dead',
    page: (scene) => companyPageOf(scene).page.id,
    async play(scene) {
      const { person, did, undo } = scene;
      const { business, administrator } = companyOf(scene);
      const desk = await atDesk(administrator);
      for (const owned of companyPagesOf(scene)) await handInRole(scene, owned);
      const member = await memberIn(desk, business, person.email);
      const role = business.people?.find((one) => one.person === person.id)?.role ?? 'EMPLOYEE';
      await desk.act('DELETE', `/${member}`);
      undo(async () => {
        const invited = await desk.act('POST', `/${business.id}/business_users`, { email: person.email, role });
        await person.acceptInvitation(invited.invite_link ?? '');
      });
      did(`${administrator.name} removes ${person.name} from ${business.name}`);
    },
  },
  'page-only-through-business': {
    doc: 'The company takes over its Page: from now on the person has it only through the business.',
    answer:
      '190/492 for tokens of the Page; without business_management it is missing from /me/accounts, but can be read by its id',
    expect:
      'Ask for business_management too, or take the id of the Page from granular_scopes of debug_token and read the Page by it.',
    leaves: 'less',
    page: (place) => companyPageOf(place).page.id,
    async play(scene) {
      const { person, did, undo } = scene;
      const owned = companyPageOf(scene);
      const { page, business, administrator, tasks } = owned;
      const desk = await atDesk(administrator);
      const user = await memberIn(desk, business, person.email);
      await handInRole(scene, owned);
      const here = `/${page.id}/assigned_users`;
      await desk.act('POST', here, { user, tasks: tasks.join(','), business: business.id });
      undo(() => desk.act('DELETE', here, { user, business: business.id }));
      did(`${administrator.name} assigns ${page.name} to ${person.name} in ${business.name}`);
    },
  },
  'business-enforces-two-factor': {
    doc: "The business that owns the Page requires two-factor authentication of everyone, and the person hasn't turned it on.",
    answer: '190/492 for tokens of its Pages, until the person turns on two-factor authentication',
    expect: 'Keep the token, stop calling with it, and tell the person to turn on two-factor authentication.',
    strikes: 'page',
    leaves: 'held',
    page: (scene) => companyPageOf(scene).page.id,
    async play(scene) {
      const { did, undo } = scene;
      const { business, administrator } = companyPageOf(scene);
      const before = business.settings?.two_factor_type ?? 'none';
      const browser = administrator.hasSecondFactor ? undefined : await administrator.turnOnSecondFactor();
      if (browser) {
        undo(() => administrator.turnOffSecondFactor());
        did(`${administrator.name} turns on two-factor authentication`);
      }
      const desk = await atDesk(administrator, browser);
      await desk.act('POST', `/${business.id}`, { two_factor_type: 'all_required' });
      undo(() => desk.act('POST', `/${business.id}`, { two_factor_type: before }));
      did(`${administrator.name} sets that ${business.name} requires two-factor authentication of everyone`);
    },
  },
  'page-unticked': {
    doc: 'The person logs in again and unticks a Page.',
    answer: '190 for tokens of that Page, and it is missing from /me/accounts; the others keep working',
    expect: 'Disconnect only that Page, and say how to connect it again.',
    strikes: 'page',
    leaves: 'dead',
    async play({ world, person, app, did, undo }) {
      const { pages } = world.seed.world;
      const own = pages.filter(({ roles }) => roles?.some((role) => role.person === person.id));
      const [unticked, ...others] = own;
      if (!unticked) throw new Error(`${person.name} has no Page.`);
      const scope = 'pages_show_list,pages_read_engagement';
      const again = { app: app.id, scope, params: { auth_type: 'rerequest' } };
      await person.logIn({ ...again, pages: others.map(({ id }) => id) });
      undo(() => person.logIn({ ...again, pages: own.map(({ id }) => id) }));
      did(`${person.name} logs in to ${app.name} again and unticks ${unticked.name}`);
    },
  },
} as const satisfies Record<string, Story>;
