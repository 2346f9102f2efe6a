// The doctor looks for what keeps a vault from doing its work, and says of each what to do.
import { HOUR } from '@hallpass/protocol';
import type { Finding } from '../client/answers/operations.ts';
import { SHARED } from '../keys/keyring.ts';
import type { VaultParts } from '../parts.ts';
import { readMailSettings } from '../people/mail-settings.ts';
import { appsOf } from '../store/apps/apps.ts';
import { countConnections } from '../store/figures/connection-counts.ts';
import { countDeliveries } from '../store/people/deliveries.ts';
import { unhandledEvents } from '../store/events.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;

/** Seconds after which a sweep that is due, or an event that nobody was told of, is late. */
const LATE = HOUR;

const finding = (check: string, ok: boolean, right: string, wrong: string): Finding => ({
  check,
  ok,
  message: ok ? right : wrong,
});

/** Looks at everything that can be seen from here; asks nobody outside. */
export async function examineVault({ db, keys, settings, world }: Parts, tenant: string): Promise<Finding[]> {
  const sealed = keys.sealedBecause;
  const whySealed = keys.tenantSealedBecause(tenant);
  const others = keys.sealedTenants.filter((name) => name !== tenant).length;
  const now = world.clock.now();
  const [apps, counts, deliveries, mailSettings, events] = await Promise.all([
    appsOf(db.read, tenant),
    countConnections(db.read, tenant, now - LATE),
    countDeliveries(db.read, tenant),
    readMailSettings(db.read, tenant),
    unhandledEvents(db.read, 1, keys.sealedTenants),
  ]);
  const secretless = apps.filter(({ secret }) => secret === null).map(({ app_id: id }) => id);
  const [oldest] = events;
  const lateMail = deliveries.oldest !== undefined && deliveries.oldest < now - 24 * HOUR;
  return [
    finding('master key', sealed === undefined, 'The vault is open.', `The vault is sealed: ${sealed}`),
    finding(
      'own key',
      whySealed === undefined,
      keys.ownerFor(tenant) === SHARED
        ? `The tenant ${tenant} shares the keys of the vault.`
        : `The tenant ${tenant} has keys of its own, and is open.`,
      `The tenant ${tenant} is sealed: ${whySealed}`,
    ),
    finding(
      'tenants',
      others === 0,
      'No other tenant is sealed.',
      `Other tenants that are sealed: ${others}. \`hallpass vault tenants list\` says which, and why.`,
    ),
    finding(
      'address',
      settings.publicUrl !== '',
      `People reach it at ${settings.publicUrl}.`,
      'People have no address for their links: set the public address of the vault.',
    ),
    finding('apps', apps.length > 0, `Apps: ${apps.length}.`, 'There is no app: add one with its secret.'),
    finding(
      'app secrets',
      secretless.length === 0,
      'Every app has its secret.',
      `Nothing can be extended for ${secretless.join(', ')}: give the secrets of these apps.`,
    ),
    finding(
      'mail server',
      world.mail !== undefined,
      'A mail server is set.',
      'No mail server is set: nobody is told by mail before a token ends.',
    ),
    finding(
      'receivers',
      counts.ownerless === 0 || mailSettings.team.length > 0,
      'For every connection, someone is told.',
      `Connections without an owner: ${counts.ownerless}, and there is no team: nobody would be told. Set the team of the mails.`,
    ),
    finding(
      'sweeps',
      counts.late === 0,
      'Every connection was looked at in time.',
      `Connections overdue by more than an hour: ${counts.late}. Run \`hallpass vault serve\`, or \`hallpass vault sweep\` by cron.`,
    ),
    finding(
      'deliveries',
      deliveries.failed === 0 && !lateMail && (oldest === undefined || oldest.at > now - LATE),
      'Everyone was told in time.',
      `Failed deliveries: ${deliveries.failed}, waiting: ${deliveries.waiting}. Look at \`hallpass vault deliveries\`, and test the mail server.`,
    ),
  ];
}
