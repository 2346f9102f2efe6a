// These edges are about friends who use the app too, and how test users become friends: each of the two asks once.
// Sources: the friends edge, the test users guide.
import { all, any, isId, ownApp, permission, graphError, self, token, where } from '@hallpass/protocol';
import { notifyFriendship } from '../../callbacks/notify-app.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { changeIn } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { missing } from '../../graph/find.ts';
import { param } from '../../graph/language/params.ts';
import { personBehindId } from '../shared/person-meant.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import * as friendships from '../../store/people/friendships.ts';
import type { Person } from '../../store/people/people.ts';
import type { ScopedId } from '../../store/ids.ts';

export const userFriends: Edge<Person>[] = [
  listEdge('friends', {
    doc: 'Friends who use this app and let it see their friends too. An app token lists the friends of a test user of the app, whatever they let it see.',
    needs: any(all(token('app'), ownApp), all(token('user'), self, permission('user_friends'))),
    of: 'user',
    shows: ['name', 'id'],
    async run({ installation, viewer, q }, person: Person, _args, page) {
      const appId = viewer.app.id;
      const friends: { person: Person; scopedId: ScopedId }[] = [];
      const ids = await friendships.of(q, person.id);
      for (const id of ids) {
        const friend = await installation.facts.person(id);
        const shown =
          viewer.kind === 'app'
            ? friend?.testUserOf === appId
            : (await installation.facts.grant(appId, id))?.permissions.user_friends?.status === 'granted';
        if (shown && friend?.state === 'active')
          friends.push({ person: friend, scopedId: await knownAs(installation, appId, id) });
      }
      const part = paginate(friends, (friend) => friend.scopedId, page);
      const scopedIds = new Map(part.rows.map((friend) => [friend.person.id, friend.scopedId]));
      return {
        ...part,
        rows: part.rows.map((friend) => friend.person),
        position: (row: Person) => scopedIds.get(row.id) ?? '',
        total: ids.length,
      };
    },
  }),
  edge('POST', 'friends', {
    doc: 'A test user asks another one of the same app to be friends; when both have asked they are.',
    needs: all(token('user'), self, where('test_user')),
    tail: 'friend',
    params: { friend: param.text('Id of the other test user, of the same app.', { required: true }) },
    async run(context, person: Person, { friend }) {
      const { installation, now } = context;
      const otherId = isId(friend) ? await personBehindId(context, friend) : null;
      const other = otherId === null ? null : await installation.facts.person(otherId);
      if (other?.testUserOf !== person.testUserOf || other.state !== 'active') throw missing(context, friend);
      if (other.id === person.id) throw graphError('param.invalid', { name: 'friend' });
      await changeIn(context, async (change) => {
        const before = await friendships.of(change.tx, person.id);
        const state = await friendships.ask(change.tx, person.id, other.id, now);
        if (state !== 'friends' || before.includes(other.id)) return;
        await notifyFriendship(change, person.id, other.id, now);
        await notifyFriendship(change, other.id, person.id, now);
      });
      return { success: true };
    },
  }),
];
