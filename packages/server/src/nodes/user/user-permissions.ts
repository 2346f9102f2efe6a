// This edge lists what a person has given the app, and takes it back. Sources: "Permissions", "Revoking permissions":
// the bare `true` is what the browser SDK waits for before it forgets its token.
import { all, any, isPermission, openid, graphError, self, token } from '@hallpass/protocol';
import { removeApp, revokePermission } from '../../consent/remove-app.ts';
import { callerActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { KnownViewer } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { inForce } from '../../liveness/permissions.ts';
import type { Person } from '../../store/people/people.ts';

/** The person by their own token, or the app by its token and the person's id. */
const selfOrApp = all(token('user', 'app'), any(token('app'), self));

/**
 * Lists what stands in the grant, as of now: out of force by the end of data access is `expired`; what the app may not
 * ask is not listed.
 */
async function permissionsOf(
  { installation, viewer, now }: Context<KnownViewer>,
  person: Person,
): Promise<{ permission: string; status: string }[]> {
  const app = viewer.app;
  const grant = await installation.facts.grant(app.id, person.id);
  if (!grant) return [];
  const roles = await installation.facts.appRoles(app.id, person.id);
  const force = inForce(app, grant, roles.length > 0 || person.testUserOf === app.id, now);
  const statusOf = (name: string, stored: string): string | undefined => {
    if (stored !== 'granted' || force.names.has(name)) return stored;
    return force.ended.has(name) ? 'expired' : undefined;
  };
  return Object.entries(grant.permissions).flatMap(([permission, permit]) => {
    const status = statusOf(permission, permit.status);
    return status === undefined ? [] : [{ permission, status }];
  });
}

export const userPermissions: Edge<Person>[] = [
  listEdge('permissions', {
    doc: 'Permissions the person was asked for by this app, with what they said.',
    needs: selfOrApp,
    tail: 'permission',
    params: {
      permission: param.text('Only this one.'),
      status: param.text('Only those with this answer.', { oneOf: ['granted', 'declined', 'expired'] }),
    },
    async run(context, person: Person, { permission, status }, page) {
      const rows = await permissionsOf(context, person);
      const wanted = rows.filter(
        (row) =>
          (permission === undefined || row.permission === permission) &&
          (status === undefined || row.status === status),
      );
      return paginate(wanted, (row) => row.permission, page);
    },
  }),
  edge('DELETE', 'permissions', {
    doc: 'Takes one permission back, or without a name removes the whole app: then its tokens for this person stop working.',
    needs: selfOrApp,
    tail: 'permission',
    params: { permission: param.text('The permission to take back.') },
    async run(context, person: Person, { permission }) {
      const { viewer, now } = context;
      const removal = {
        appId: viewer.app.id,
        personId: person.id,
        by: callerActor(context),
        now,
      };
      if (permission !== undefined && permission !== openid && !isPermission(permission))
        throw graphError('param.invalid', { name: 'permission' });
      await changeIn(context, async (change) => {
        if (permission === undefined) await removeApp(change, removal);
        else await revokePermission(change, { ...removal, permission });
      });
      return true;
    },
  }),
];
