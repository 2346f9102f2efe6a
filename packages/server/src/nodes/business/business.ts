// This node is a business: who is in it, what belongs to it, and how its system users' tokens live. Only who is in it
// may know of it. Source: the business reference.
import { graphError } from '@hallpass/protocol';
import { changeBusiness } from '../../businesses/businesses.ts';
import { nameGiven, settingParams, settingsGiven } from '../shared/business-settings.ts';
import { actOn, inBusiness, personInShort, runsBusiness } from '../shared/business-requirements.ts';
import { bestTier } from './business-people.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import { adAccountTasksOn } from '../../graph/authorisation/judge.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { edge, fieldsOf, node } from '../../graph/language/schema.ts';
import { ruleReaches } from '../../liveness/two-factor.ts';
import { withoutValue } from '../shared/without-value.ts';
import * as integrations from '../../store/businesses/integrations.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import { AdAccountId, AppId, BusinessId } from '../../store/ids.ts';

type Business = businesses.Business;

const field = fieldsOf<Business>();

/** Real fields of businesses that nothing here sets. */
// biome-ignore format: a list of words
const unset = [
  'block_offline_analytics', 'collaborative_ads_managed_partner_business_info', 'extended_updated_time', 'link', 'payment_account_id',
  'permitted_roles', 'primary_page', 'profile_picture_uri', 'updated_by', 'user_access_expire_time', 'vertical_id',
];

export const business = node<Business>({
  name: 'business',
  type: 'Business',
  doc: 'A business.',
  needs: inBusiness,
  target: (_context, row) => ({ self: false, ownApp: false, businessId: row.id }),
  tables: ['businesses'],
  async find({ installation, viewer, q }, id) {
    if (!speaksForPerson(viewer)) return undefined;
    const businessId = BusinessId.parse(id);
    if (businessId === undefined || (await installation.facts.businessRole(businessId, viewer.person.id)) === null)
      return undefined;
    return businesses.byId(q, businessId);
  },
  fields: [
    {
      name: field.text('The name.', { show: 'default', from: (b) => b.name }),
      id: field.id('The id of the business.', { show: 'always', from: (b) => b.id }),
      created_by: field.object('User', 'Who made it.', {
        load: (context, rows) => Promise.all(rows.map((b) => personInShort(context, b.createdBy))),
      }),
      created_time: field.moment('When it was made.', { from: (b) => isoMoment(b.createdAt) }),
      updated_time: field.moment('When its settings were last changed.', { from: (b) => isoMoment(b.updatedAt) }),
      timezone_id: field.number('The number of its time zone.', { from: (b) => b.settings.timezone_id }),
      two_factor_type: field.text('The people who must use two-factor authentication.', {
        from: (b) => b.settings.two_factor_type ?? 'none',
      }),
      require_expiring_tokens: field.bool(
        'Whether tokens of its system users must end after 60 days. A field of ours.',
        {
          from: (b) => b.settings.require_expiring_tokens ?? false,
        },
      ),
      my_role: field.text('The role that the person or system user behind the call has in it. A field of ours.', {
        load: ({ installation, viewer }, rows) =>
          Promise.all(
            rows.map(async ({ id }) =>
              viewer.person ? ((await installation.facts.businessRole(id, viewer.person.id)) ?? undefined) : undefined,
            ),
          ),
      }),
      verification_status: field.text('Whether it was verified; nothing verifies here.', {
        from: () => 'not_verified',
      }),
      vertical: field.text('The industry.', { from: (b) => b.settings.vertical }),
      is_hidden: field.bool('Whether it is hidden from lists; none is here.', { from: () => false }),
    },
    withoutValue<Business>(unset, 'Nothing of this is set here.'),
  ],
  conditions: {
    ad_account_known: async (context, _row, account = '') => {
      const id = AdAccountId.parse(account);
      return id !== undefined && (await adAccountTasksOn(context, id)).size > 0;
    },
    business_owns_app: async ({ installation, viewer }, row) =>
      viewer.app !== undefined && (await installation.facts.businessOfApp(viewer.app.id)) === row.id,
    owns_marketing_app: async (context, row) => (await bestTier(context, row.id)) !== 'none',
    not_own_app: async ({ installation }, row, app = '') => {
      const id = AppId.parse(app);
      return id === undefined || (await installation.facts.businessOfApp(id)) !== row.id;
    },
    is_integration: async ({ q, viewer }, row) =>
      viewer.app !== undefined &&
      viewer.person !== undefined &&
      (await integrations.between(q, row.id, viewer.app.id))?.personId === viewer.person.id,
  },
  edges: [
    edge('POST', '', {
      doc: 'Changes settings of the business.',
      needs: runsBusiness,
      refuses: ['business.locks_out'],
      params: { name: param.text('The name.'), ...settingParams, unchanged: unchangedParam },
      async run(context, row: Business, { unchanged, ...args }) {
        const demand = unchangedSince(unchanged);
        const wanted = {
          name: args.name === undefined ? undefined : nameGiven(args.name),
          settings: settingsGiven(args),
        };
        await demandKeyBeforeLock(context, wanted.settings.two_factor_type);
        await changeIn(context, (change) =>
          changeBusiness(change, actOn(context, row.id), wanted, ({ name, settings }) =>
            demand({ two_factor_type: 'none', require_expiring_tokens: false, ...settings, name }),
          ),
        );
        return { success: true };
      },
    }),
  ],
});

/**
 * In the dashboard nobody sets a rule by which they could not take it back. A program may: its maker knows why.
 * @throws GraphError business.locks_out
 */
async function demandKeyBeforeLock(
  { installation, viewer }: Context,
  rule: businesses.TwoFactorType | undefined,
): Promise<void> {
  if (viewer.dashboard === undefined || rule === undefined || !ruleReaches(rule, 'ADMIN')) return;
  if (!(await installation.facts.secondFactor(viewer.person.id))) throw graphError('business.locks_out');
}
