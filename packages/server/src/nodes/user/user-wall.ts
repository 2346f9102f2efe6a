// These edges were how apps posted on the wall of a person. The permission for it has ended, and programs that lost
// their Page token still call them: me/feed with the token of a person. Source: restfb/restfb#1150.
import { all, graphError, self, token } from '@hallpass/protocol';
import { type Edge, edge } from '../../graph/language/schema.ts';
import type { Person } from '../../store/people/people.ts';

export const userWall: Edge<Person>[] = ['feed', 'photos', 'videos'].map((name) =>
  edge('POST', name, {
    doc: 'Is refused: nobody posts on the wall of a person any more. A Page is posted to with its own token.',
    needs: all(token('user'), self),
    refuses: ['permission.publish_actions'],
    run: () => Promise.reject(graphError('permission.publish_actions')),
  }),
);
