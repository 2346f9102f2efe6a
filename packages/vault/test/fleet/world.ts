// The emulator world of a fleet: people with Pages, a business with system users, several apps, somebody who keeps the
// Pages and somebody who runs the apps.
import { createEmulator, type Emulator, type Seed } from '@hallpass/emulator';

export const DAY = 86_400;
export const START = 1_800_000_000;

/** The apps of most people. What ends a whole app happens to the small one. */
export const apps = [
  { id: '70001', name: 'Large', secret: '1'.repeat(32) },
  { id: '70002', name: 'Small', secret: '2'.repeat(32) },
] as const;
/** An app that asks for the e-mail address alone, so that it loses its tokens when its type of log-in is switched. */
export const slight = { id: '70003', name: 'Slight', secret: '5'.repeat(32) } as const;
/** An app in development, which only people with a role on it may use. */
export const draft = { id: '70004', name: 'Draft', secret: '6'.repeat(32) } as const;
/** An app that businesses connect, which then acts as a system user of theirs. */
export const joined = { id: '70005', name: 'Joined', secret: '7'.repeat(32) } as const;
export const allApps = [...apps, slight, draft, joined];
export const JOINED_CONFIGURATION = '80001';
export const keeper = { id: '60001', name: 'Kim Keeper', email: 'keeper@example.com', password: 'kim-and-her-keys' };
export const redirect = 'http://localhost:3000/cb';
export const scopes = ['public_profile', 'pages_show_list', 'pages_read_engagement', 'business_management'] as const;
const business = '50001';

export interface FleetSize {
  people: number;
  pagesEach: number;
  systemUsers: number;
  /** People who also use the slight app and the one in development; and businesses that connected an app. */
  others: number;
}

export const personId = (n: number): string => String(1_000_000 + n);
export const pageId = (n: number, page: number): string => String(2_000_000_000 + n * 100 + page);
export const clientId = (n: number): string => String(50_100 + n);
const clientPageId = (n: number): string => String(4_000_000_000 + n);
const systemUserId = (n: number): string => String(3_000_000 + n);
/** One person in four uses the small app. */
export const appOf = (n: number): (typeof apps)[number] => (n % 4 === 0 ? apps[1] : apps[0]);

const advanced: Readonly<Record<string, readonly string[]>> = { [slight.id]: ['public_profile', 'email'] };

function fleetSeed({ people, pagesEach, systemUsers, others }: FleetSize): Seed {
  const everybody = Array.from({ length: people }, (_, n) => n);
  const some = Array.from({ length: others }, (_, n) => n);
  return {
    name: 'fleet',
    at: START,
    world: {
      people: [
        keeper,
        ...everybody.map((n) => ({
          id: personId(n),
          name: `Person Number${n}`,
          email: `p${n}@example.com`,
          password: `password-of-${n}`,
        })),
      ],
      apps: allApps.map((app, at) => ({
        ...app,
        clientToken: 'abcde'.charAt(at).repeat(32),
        mode: app === draft ? ('development' as const) : ('live' as const),
        type: 'web' as const,
        settings: {
          redirectUris: [redirect],
          enforceHttps: false,
          advancedAccess: [...(advanced[app.id] ?? scopes)],
          ...(app === joined && { loginType: 'business' as const }),
          privacyPolicyUrl: 'https://example.com/privacy',
          marketingTier: 'development' as const,
          contactEmail: 'makers@example.com',
        },
        roles: [
          { person: keeper.id, role: 'administrators' },
          ...(app === draft ? some.map((n) => ({ person: personId(n), role: 'testers' })) : []),
        ],
        ...(app === joined && {
          configurations: [
            {
              id: JOINED_CONFIGURATION,
              name: 'For businesses',
              tokenType: 'system_user' as const,
              permissions: ['pages_show_list', 'pages_read_engagement'],
              assets: ['pages'],
            },
          ],
        }),
      })),
      pages: [
        ...everybody.flatMap((n) =>
          Array.from({ length: pagesEach }, (_, page) => ({
            id: pageId(n, page),
            name: `Page ${n}-${page}`,
            category: 'Brand',
            roles: [
              { person: personId(n), tasks: ['MANAGE' as const] },
              { person: keeper.id, tasks: ['MANAGE' as const] },
            ],
          })),
        ),
        ...some.map((n) => ({ id: clientPageId(n), name: `Page of client ${n}`, category: 'Brand' })),
      ],
      grants: [],
      businesses: [
        {
          id: business,
          name: 'The Business',
          people: [{ person: keeper.id, role: 'ADMIN' as const }],
          apps: [apps[0].id],
          systemUsers: Array.from({ length: systemUsers }, (_, n) => ({
            id: systemUserId(n),
            name: `System ${n}`,
            role: 'EMPLOYEE' as const,
            apps: [apps[0].id],
          })),
        },
        ...some.map((n) => ({
          id: clientId(n),
          name: `Client ${n}`,
          people: [{ person: keeper.id, role: 'ADMIN' as const }],
          pages: [clientPageId(n)],
        })),
      ],
    },
  };
}

/** Starts the world. Its clock stands still until it is moved. @param told is shown the body of every answer */
export async function openWorld(size: FleetSize, told: (body: string) => void): Promise<Emulator> {
  const emulator = await createEmulator({
    seed: fleetSeed(size),
    at: START,
    // The apps have as many users as large ones: a year in a few sweeps a day must not use up what they may call.
    settings: { usersAtLeast: 100_000 },
    observe: (_request, { body }) => told(typeof body === 'string' ? body : Buffer.from(body).toString()),
  });
  emulator.clock.freeze(true);
  return emulator;
}
