// This node is a person, as one app knows them: the id is the app's own for this person. Sources: the user reference,
// and "Facebook Login Updates" of May 2018 for the fields that are gone.
import { all, any, dashboard, graphError, permission, self, token, versionChanges } from '@hallpass/protocol';
import { allValues, type Maybe } from '../../installation/maybe.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { type Context, isKnown } from '../../graph/language/context.ts';
import { pictureEdge, pictureField } from '../shared/picture.ts';
import { leftOut, refusedFrom } from '../../graph/language/retired-fields.ts';
import { fieldsOf, node } from '../../graph/language/schema.ts';
import { ageRange } from '../../identity/age-range.ts';
import * as friendships from '../../store/people/friendships.ts';
import type { Person } from '../../store/people/people.ts';
import { appsOfTestUser } from './test-users-apps.ts';
import { ScopedId } from '../../store/ids.ts';

const field = fieldsOf<Person>();

/**
 * Name and picture: of oneself and of friends by the permission that comes with every log-in; of its people to the app
 * itself.
 */
const publicProfile = any(token('app'), permission('public_profile'));
const own = (name: Parameters<typeof permission>[0]) => all(self, permission(name));

function idOf(context: Context, person: Person): Maybe<string> {
  if (!isKnown(context)) throw graphError('token.missing');
  return knownAs(context.installation, context.viewer.app.id, person.id);
}

/** Two people who both let the app see their friends. */
async function areFriendsHere({ installation, viewer, q }: Context, other: Person): Promise<boolean> {
  if (viewer.kind !== 'user' || !viewer.inForce.names.has('user_friends')) return false;
  const grant = await installation.facts.grant(viewer.app.id, other.id);
  if (grant?.permissions.user_friends?.status !== 'granted') return false;
  return (await friendships.of(q, viewer.person.id)).includes(other.id);
}

export const user = node<Person>({
  name: 'user',
  type: 'User',
  doc: 'A person who uses the app.',
  needs: token('user', 'session_info', 'app'),
  target: ({ viewer }, person) => ({
    self: viewer.person?.id === person.id && viewer.kind !== 'page',
    ownApp: person.testUserOf !== null && person.testUserOf === viewer.app?.id,
  }),
  tables: ['app_people'],
  async find(context, id) {
    const { viewer, installation } = context;
    if (!viewer.app || viewer.kind === 'page' || viewer.kind === 'client') return undefined;
    const scopedId = ScopedId.parse(id);
    const personId = scopedId && (await installation.facts.personBehind(viewer.app.id, scopedId));
    if (!personId) return undefined;
    const person = await installation.facts.person(personId);
    if (!person || person.state === 'deleted' || person.systemUserOf !== null) return undefined;
    if (viewer.kind === 'app') {
      const known =
        person.testUserOf === viewer.app.id || (await installation.facts.grant(viewer.app.id, personId)) !== null;
      return known ? person : undefined;
    }
    return viewer.person?.id === personId || (await areFriendsHere(context, person)) ? person : undefined;
  },
  fields: {
    name: field.text('The full name.', { show: 'default', needs: publicProfile, from: (p) => p.name }),
    id: field.id('The id by which this app knows the person; another app knows another.', {
      show: 'always',
      load: (context, people) => allValues(people.map((person) => idOf(context, person))),
    }),
    first_name: field.text('The first name.', { needs: permission('public_profile'), from: (p) => p.firstName }),
    middle_name: field.text('The middle name, where there is one.', {
      needs: permission('public_profile'),
      from: (p) => p.middleName ?? undefined,
    }),
    last_name: field.text('The last name.', { needs: permission('public_profile'), from: (p) => p.lastName }),
    name_format: field.text('In which order the parts of the name are written.', {
      needs: permission('public_profile'),
      from: () => '{first} {last}',
    }),
    short_name: field.text('What friends call the person.', {
      needs: permission('public_profile'),
      from: (p) => p.firstName,
    }),
    picture: pictureField(publicProfile, idOf),
    email: field.text('The e-mail address; absent where none is confirmed.', {
      needs: own('email'),
      from: (p) => p.email ?? undefined,
    }),
    birthday: field.text('MM/DD/YYYY.', { needs: own('user_birthday'), from: (p) => p.profile.birthday }),
    age_range: field.object('AgeRange', 'The range the age is in: 13-17, 18-20, 21 or more.', {
      needs: own('user_age_range'),
      from: (p, { now }) => (p.profile.birthday === undefined ? undefined : ageRange(p.profile.birthday, now)),
    }),
    gender: field.text('The gender.', { needs: own('user_gender'), from: (p) => p.profile.gender }),
    hometown: field.object('Page', 'The home town.', { needs: own('user_hometown'), from: (p) => p.profile.hometown }),
    location: field.object('Page', 'The town the person lives in.', {
      needs: own('user_location'),
      from: (p) => p.profile.location,
    }),
    link: field.text('The address of the profile.', { needs: own('user_link'), from: (p) => p.profile.link }),
    installed: field.bool('Whether the person has added this app.', {
      load: ({ installation, viewer }, people) =>
        Promise.all(people.map(async (person) => (await installation.facts.grant(viewer.app.id, person.id)) !== null)),
    }),
    platform_roles: field.list('string', 'What the person is to the platform itself: administrator, reviewer.', {
      needs: all(dashboard, self),
      from: (p) => [
        ...(p.administrator ? ['administrator'] : []),
        ...(p.administrator || p.reviewer ? ['reviewer'] : []),
      ],
    }),
    is_guest_user: field.bool('Whether the person has no account; nobody here.', { from: () => false }),
  },
  // biome-ignore format: a list of words
  retired: {
    ...leftOut([
      'about', 'cover', 'currency', 'devices', 'education', 'favorite_athletes', 'favorite_teams', 'install_type', 'inspirational_people',
      'interested_in', 'is_verified', 'languages', 'locale', 'meeting_for', 'political', 'quotes', 'relationship_status', 'religion',
      'significant_other', 'sports', 'third_party_id', 'timezone', 'updated_time', 'verified', 'website', 'work',
    ]),
    // thephpleague/oauth2-facebook#29, mautic/mautic#4042 and many more.
    ...refusedFrom(versionChanges.bio.from, ['bio']),
    ...refusedFrom(versionChanges.username.from, ['username']),
  },
  conditions: {
    test_user: (_context, person) => person.testUserOf !== null,
    no_test_user: (_context, person) => person.testUserOf === null,
    test_user_of_app: ({ viewer }, person) => person.testUserOf !== null && person.testUserOf === viewer.app?.id,
    test_user_in_app: async ({ viewer, q }, person) =>
      viewer.app !== undefined && (await appsOfTestUser(q, person)).includes(viewer.app.id),
  },
  edges: [pictureEdge(idOf)],
});
