// The health report of an app tells what is missing in its settings, what makes it easy to misuse, what waits for a
// review, and which limits and versions come to an end. Each finding is computed when it is asked for. Ours, after the developer tools of
// the real platform, which answer the same five questions with the same thresholds for limits.
import { DAY, endOfVersion, isVersion, scopeKey, versions } from '@hallpass/protocol';
import type { Context } from '../../../graph/language/context.ts';
import { type Edge, listEdge } from '../../../graph/language/schema.ts';
import { paginate } from '../../../graph/rendering/cursors.ts';
import * as accessRequests from '../../../store/apps/access-requests.ts';
import type { App } from '../../../store/apps/apps.ts';
import * as epochs from '../../../store/installation/epochs.ts';
import { countOfApp } from '../../../store/outbox/outbox.ts';
import { versionsCalled } from '../../../usage/figures.ts';
import { limitsOfApp } from '../../../usage/limits-of-app.ts';
import { worksOnApp } from '../../shared/app-requirements.ts';

/** Percent of a limit that is worth a warning, and that refuses calls. */
const NEAR = 80;
const FULL = 100;
const SECRET_GROWS_OLD = 365 * DAY;
const ENDS_SOON = 180 * DAY;

type HealthState = 'ok' | 'warning' | 'problem';

interface Finding {
  id: string;
  /** Part of the report. */
  area: 'settings' | 'security' | 'review' | 'limits' | 'versions';
  state: HealthState;
  title: string;
  /** It says what to do, or why nothing has to be done. */
  message: string;
  /** Part of the dashboard where it is repaired. */
  page: string;
}

type Check = Omit<Finding, 'state' | 'message'> & {
  /** The sentence about what is wrong; undefined where nothing is. */
  wrong: string | undefined;
  /** The sentence where nothing is wrong. */
  right: string;
  /** The state where something is wrong; a warning by default. */
  as?: 'warning' | 'problem';
};

const finding = ({ wrong, right, as = 'warning', ...about }: Check): Finding =>
  wrong === undefined ? { ...about, state: 'ok', message: right } : { ...about, state: as, message: wrong };

const when = (wrong: boolean, message: string): string | undefined => (wrong ? message : undefined);

function aboutSettings({ mode, settings }: App): Finding[] {
  const page = 'settings/basic';
  const area = 'settings' as const;
  const { privacyPolicyUrl, contactEmail, dataDeletionUrl, dataDeletionInstructionsUrl, redirectUris } = settings;
  // A live app without one of the two cannot have been made live here: a call has emptied it since.
  const as = mode === 'live' ? 'problem' : 'warning';
  return [
    finding({
      id: 'privacy_policy',
      area,
      page,
      as,
      title: 'Privacy policy',
      wrong: when(privacyPolicyUrl === '', 'There is none. The app can’t go live, and the dialog shows no link to it.'),
      right: 'It has an address.',
    }),
    finding({
      id: 'contact_email',
      area,
      page,
      as,
      title: 'Contact email',
      wrong: when(
        contactEmail === '',
        'There is none. The app can’t go live, and alerts reach only its administrators.',
      ),
      right: 'It has an address.',
    }),
    finding({
      id: 'data_deletion',
      area,
      page,
      title: 'User data deletion',
      wrong: when(
        dataDeletionUrl === '' && dataDeletionInstructionsUrl === '',
        'There is no way for people to have their data deleted: neither a callback nor a page with instructions.',
      ),
      right: 'People can ask for it.',
    }),
    finding({
      id: 'redirect_uris',
      area,
      page: 'login',
      title: 'Redirect addresses',
      wrong: when(
        settings.webOauthLogin && redirectUris.length === 0,
        'None is registered: every log-in on a website ends with “URL Blocked”.',
      ),
      right: redirectUris.length === 1 ? 'One is registered.' : `${redirectUris.length} are registered.`,
    }),
  ];
}

/** A domain that many sites are below of, such as `example`. */
const isBroad = (domain: string): boolean => !domain.includes('.') && domain !== 'localhost';

async function aboutSecurity({ q, now }: Context, app: App): Promise<Finding[]> {
  const { settings, type, createdAt } = app;
  const area = 'security' as const;
  const page = 'settings/advanced';
  const scope = scopeKey('app_secret', { app: app.id });
  const reset = scope === undefined ? undefined : await epochs.ending(q, scope, app.secretEpoch - 1);
  const made = reset?.at ?? createdAt;
  const days = Math.floor((now - made) / DAY);
  return [
    finding({
      id: 'secret_age',
      area,
      page: 'settings/basic',
      title: 'Age of the app secret',
      wrong: when(
        now - made > SECRET_GROWS_OLD,
        `It is ${days} days old. Reset it when you can give the new one to your servers.`,
      ),
      right: `It is ${days} days old.`,
    }),
    finding({
      id: 'require_app_secret',
      area,
      page,
      title: 'Require App Secret',
      wrong: when(
        type === 'web' && !settings.requireAppSecretProof,
        'Off: anyone who finds a person’s token can use it from anywhere. Switch it on if all calls come from your own server.',
      ),
      right: type === 'web' ? 'On: a token alone is not enough.' : 'A native app has no secret to prove.',
    }),
    finding({
      id: 'broad_domains',
      area,
      page: 'settings/basic',
      as: 'problem',
      title: 'App domains',
      wrong: when(
        settings.appDomains.some(isBroad),
        `${settings.appDomains.filter(isBroad).join(', ')} covers sites that are not yours.`,
      ),
      right: 'None is broader than a site.',
    }),
    finding({
      id: 'enforce_https',
      area,
      page: 'login',
      as: 'problem',
      title: 'Enforce HTTPS',
      wrong: when(!settings.enforceHttps, 'Off: codes and tokens may travel over plain http.'),
      right: 'On.',
    }),
  ];
}

async function aboutReview({ q }: Context, { id, mode }: App): Promise<Finding[]> {
  const requests = await accessRequests.ofApp(q, id);
  const area = 'review' as const;
  const newest = [...Map.groupBy(requests, ({ permission }) => permission).values()].flatMap(([first]) => first ?? []);
  const inState = (state: accessRequests.AccessRequest['state']) =>
    newest.filter((one) => one.state === state).map(({ permission }) => permission);
  const [pending, rejected] = [inState('pending'), inState('rejected')];
  return [
    finding({
      id: 'mode',
      area,
      page: 'permissions',
      title: 'App mode',
      wrong: when(mode === 'development', 'In development: only people with a role on the app can use it.'),
      right: 'Live: everyone can use it.',
    }),
    finding({
      id: 'pending',
      area,
      page: 'permissions',
      title: 'Requests for advanced access',
      wrong: when(pending.length > 0, `${pending.join(', ')}: a reviewer has not decided yet.`),
      right: 'None waits for a reviewer.',
    }),
    finding({
      id: 'rejected',
      area,
      page: 'permissions',
      title: 'Rejected requests',
      wrong: when(rejected.length > 0, `${rejected.join(', ')}: read the reason and ask again.`),
      right: 'None was rejected.',
    }),
  ];
}

async function aboutLimits({ installation, q }: Context, app: App): Promise<Finding[]> {
  const area = 'limits' as const;
  const used = (await limitsOfApp(installation.usage, app)).map(
    ({ call_count, total_cputime, total_time, ...row }) => ({
      name: [row.use_case, row.object_id].filter((part) => part !== undefined).join(' '),
      percent: Math.max(call_count, total_cputime, total_time),
    }),
  );
  const [most] = used.toSorted((a, b) => b.percent - a.percent);
  const failed = await countOfApp(q, app.id, { kind: undefined, state: 'failed' });
  return [
    finding({
      id: 'limits',
      area,
      page: 'usage',
      as: (most?.percent ?? 0) >= FULL ? 'problem' : 'warning',
      title: 'Rate limits',
      wrong: when((most?.percent ?? 0) >= NEAR, `${most?.percent} % of the limit ${most?.name} are used up.`),
      right: `At most ${most?.percent ?? 0} % of a limit are used up.`,
    }),
    finding({
      id: 'callbacks',
      area,
      page: 'webhooks',
      title: 'Callbacks and webhooks',
      wrong: when(
        failed > 0,
        `${failed} ${failed === 1 ? 'call' : 'calls'} to your server failed permanently. They can be sent again.`,
      ),
      right: 'No call to your server has failed permanently.',
    }),
  ];
}

/** Days of calls, of all nodes, that are looked at. */
const CALLED_WITHIN = 30;

async function aboutVersions({ installation, now }: Context, { id, settings }: App): Promise<Finding[]> {
  const from = Math.floor(now / DAY) - CALLED_WITHIN;
  const called = await versionsCalled(installation.usage, id, from);
  const used = new Set([...called, settings.defaultVersion, settings.roleVersion]);
  const ending = [...used].filter(isVersion).flatMap((version) => {
    const end = endOfVersion(version);
    return end === undefined || end > now + ENDS_SOON ? [] : [{ version, end }];
  });
  const [first] = ending.toSorted((a, b) => a.end - b.end);
  const day = first === undefined ? '' : new Date(first.end * 1000).toISOString().slice(0, 10);
  return [
    finding({
      id: 'versions',
      area: 'versions',
      page: 'tools/versions',
      as: first !== undefined && first.end <= now ? 'problem' : 'warning',
      title: 'Versions of the Graph',
      wrong:
        first &&
        (first.end <= now
          ? `Calls name ${first.version}, which ended on ${day}: a newer version serves them.`
          : `Calls name ${first.version}, which ends on ${day}.`),
      right: `Nothing that the app calls ends soon; the newest version is ${versions.newest}.`,
    }),
  ];
}

export const appHealth: Edge<App>[] = [
  listEdge('health', {
    doc: 'The health report of the app: each finding with its state (ok, warning, problem), what to do, and where in the dashboard.',
    source: 'ours',
    needs: worksOnApp,
    async run(context, app: App, _args, page) {
      const found = [
        ...aboutSettings(app),
        ...(await aboutSecurity(context, app)),
        ...(await aboutReview(context, app)),
        ...(await aboutLimits(context, app)),
        ...(await aboutVersions(context, app)),
      ];
      return { ...paginate(found, ({ id }) => id, page), position: ({ id }: Finding) => id };
    },
  }),
];
