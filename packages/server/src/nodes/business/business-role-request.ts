// This node is an invitation into a business that nobody has answered. Source: the BusinessRoleRequest of the
// machine-readable specification.
import { businessRoles, graphError, keysOf } from '@hallpass/protocol';
import { cancelInvitation, changeInvitation, invitationKey } from '../../businesses/business-invitations.ts';
import { actOn, personInShort, runsBusiness } from '../shared/business-requirements.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import { changeIn } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { edge, fieldsOf, node } from '../../graph/language/schema.ts';
import { addressesFor, invitationPath } from '../../hosts.ts';
import * as invitations from '../../store/businesses/business-invitations.ts';
import * as businesses from '../../store/businesses/businesses.ts';

type Invitation = invitations.Invitation;

const field = fieldsOf<Invitation>();

export const businessRoleRequest = node<Invitation>({
  name: 'business_role_request',
  type: 'BusinessRoleRequest',
  doc: 'An invitation into a business that nobody has answered.',
  needs: runsBusiness,
  target: (_context, row) => ({ self: false, ownApp: false, businessId: row.businessId }),
  tables: ['business_invitations'],
  async find({ installation, viewer, q }, id) {
    if (!speaksForPerson(viewer)) return undefined;
    const row = await invitations.byId(q, id);
    if (row?.state !== 'pending' || (await installation.facts.businessRole(row.businessId, viewer.person.id)) === null)
      return undefined;
    return row;
  },
  fields: {
    id: field.id('The id of the invitation.', { show: 'always', from: (row) => row.id }),
    email: field.text('The address that is invited.', { show: 'default', from: (row) => row.email }),
    role: field.text('The role of the person.', { show: 'default', from: (row) => row.role }),
    status: field.text('PENDING, or EXPIRED after two weeks.', {
      show: 'default',
      from: (row, { now }) => (row.expiresAt > now ? 'PENDING' : 'EXPIRED'),
    }),
    invite_link: field.text('Where the person accepts or declines, logged in with the address. It works once.', {
      needs: runsBusiness,
      from: (row, { installation, call }) =>
        `${addressesFor(call.base, installation.settings).www}${invitationPath}?id=${row.id}&key=${invitationKey(installation, row)}`,
    }),
    expiration_time: field.moment('When the link ends.', { show: 'default', from: (row) => isoMoment(row.expiresAt) }),
    expiry_time: field.moment('The same.', { from: (row) => isoMoment(row.expiresAt) }),
    created_time: field.moment('When it was made.', { from: (row) => isoMoment(row.createdAt) }),
    tasks: field.list('string', 'As they were sent.', { from: (row) => row.tasks }),
    invited_user_type: field.text('FB or MWA, as it was sent.', { from: (row) => row.userType }),
    owner: field.object('Business', 'The business.', {
      load: ({ q }, rows) =>
        Promise.all(
          rows.map(async (row) => {
            const found = await businesses.byId(q, row.businessId);
            return found && { id: found.id, name: found.name };
          }),
        ),
    }),
    created_by: field.object('User', 'Who invites.', {
      load: (context, rows) => Promise.all(rows.map((row) => personInShort(context, row.createdBy))),
    }),
  },
  edges: [
    edge('POST', '', {
      doc: 'Invites to another role.',
      needs: runsBusiness,
      params: { role: param.text('The role.', { required: true, oneOf: keysOf(businessRoles) }) },
      async run(context, row: Invitation, { role }) {
        await changeIn(context, (change) =>
          changeInvitation(context.installation, change, actOn(context, row.businessId), row.id, role),
        );
        return { success: true };
      },
    }),
    edge('DELETE', '', {
      doc: 'Cancels the invitation. Its link stops working.',
      needs: runsBusiness,
      async run(context, row: Invitation) {
        if (!(await changeIn(context, (change) => cancelInvitation(change, actOn(context, row.businessId), row.id))))
          throw graphError('object.missing', { method: 'delete', id: row.id });
        return { success: true };
      },
    }),
  ],
});
