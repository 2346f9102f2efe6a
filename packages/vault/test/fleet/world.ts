// The emulator world of a fleet: people with Pages, a business with system users, several apps, somebody who keeps the
// Pages and somebody who runs the apps.
import { createEmulator, type Emulator, type Seed } from '@hallpass/emulator';
import type { Fetch } from '@hallpass/client';

export const DAY = 86_400;
export const START = 1_800_000_000;

/** The apps of the fleet. What ends a whole app happens to the small one. */
export const apps = [
  { id: '70001', name: 'Large', secret: '1'.repeat(32) },
  { id: '70002', name: 'Small', secret: '2'.repeat(32) },
] as const;
export const keeper = { id: '60001', name: 'Kim Keeper', email: 'keeper@example.com', password: 'kim-and-her-keys' };
export const redirect = 'http://localhost:3000/cb';
export const scopes = ['public_profile', 'pages_show_list', 'pages_read_engagement', 'business_management'] as const;
const business = '50001';

export interface FleetSize {
  people: number;
  pagesEach: number;
  systemUsers: number;
}

export const personId = (n: number): string => String(1_000_000 + n);
export const pageId = (n: number, page: number): string => String(2_000_000_000 + n * 100 + page);
const systemUserId = (n: number): string => String(3_000_000 + n);
/** One person in four uses the small app. */
export const appOf = (n: number): (typeof apps)[number] => (n % 4 === 0 ? apps[1] : apps[0]);

function fleetSeed({ people, pagesEach, systemUsers }: FleetSize): Seed {
  const everybody = Array.from({ length: people }, (_, n) => n);
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
      apps: apps.map((app, at) => ({
        ...app,
        clientToken: String(at + 3).repeat(32),
        mode: 'live' as const,
        type: 'web' as const,
        settings: {
          redirectUris: [redirect],
          enforceHttps: false,
          advancedAccess: [...scopes],
          privacyPolicyUrl: 'https://example.com/privacy',
          marketingTier: 'development' as const,
          contactEmail: 'makers@example.com',
        },
        roles: [{ person: keeper.id, role: 'administrators' }],
      })),
      pages: everybody.flatMap((n) =>
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

/** Asks the world without a socket. */
export function fetchIn(emulator: Emulator): Fetch {
  return async (url, { method, headers, body }) => {
    const { pathname, search, host } = new URL(url);
    const answer = await emulator.handle({
      method,
      host,
      scheme: 'http',
      path: pathname,
      query: search.slice(1),
      headers,
      body: Buffer.from(body ?? ''),
      address: '127.0.0.1',
    });
    const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString();
    const sent = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    );
    return new Response(answer.status === 304 || answer.status === 204 ? null : text, {
      status: answer.status,
      headers: sent,
    });
  };
}
