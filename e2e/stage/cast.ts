// The cast of the journeys is made of the people, apps and Pages of the demo world, and one more address of return for
// each app.
import { demoSeed, type Seed } from '@hallpass/emulator';
import type { SeedApp, SeedBusiness, SeedPage, SeedPerson } from '@hallpass/server/testing';

const demo = demoSeed();

export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
}

function person(email: string): Person {
  const { id, name, password } = demo.world.people.find((one) => one.email === email) as SeedPerson;
  return { id, name, email, password: password ?? '' };
}

export const people = {
  /** Has all tasks on two Pages, and some on a third. */
  ana: person('ana@demo.example'),
  /** Administrator of three apps, and of the installation. */
  ben: person('ben@demo.example'),
  /** Has used Ledger Lane before. */
  cleo: person('cleo@demo.example'),
  /** Tests Harbour Notes, which is in development. */
  dana: person('dana@demo.example'),
  elif: person('elif@demo.example'),
};

const app = (name: string): SeedApp => demo.world.apps.find((one) => one.name === name) as SeedApp;

export const apps = {
  /** A live website with advanced access. */
  fern: app('Fern Scheduler'),
  /** The same, and its exchanged tokens do not expire. */
  ledger: app('Ledger Lane'),
  /** In development. */
  harbour: app('Harbour Notes'),
  /** A program on a desktop or phone. */
  pocket: app('Pocket Pages'),
  /** With Login for Business. */
  stall: app('Stall Planner'),
};

export type App = SeedApp;

/** Its configurations. */
export const configurations = { people: '700110468923551', businesses: '700114027718336' };

/**
 * An app whose makers mean no good: its name and its links are an attack on the page that shows them (threats WP-05).
 */
export const hostileApp: App = {
  ...apps.fern,
  id: '1990000000000017',
  name: '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}${7*7}\u202eevil',
  secret: '5'.repeat(32),
  clientToken: '6'.repeat(32),
  settings: {
    ...apps.fern.settings,
    privacyPolicyUrl: 'javascript:alert(3)',
    termsOfServiceUrl: 'data:text/html,<script>alert(4)</script>',
  },
};

const page = (name: string): SeedPage => demo.world.pages.find((one) => one.name === name) as SeedPage;

export const pages = { bakery: page('Corner Bakery'), books: page('Lantern Books'), garden: page('Old Garden Café') };

/** The business of Cleo, and the ad account that belongs to it. */
export const lantern = demo.world.businesses?.find((one) => one.name === 'Lantern Trading') as SeedBusiness;
const account = demo.world.adAccounts?.find((one) => one.name === 'Lantern Books advertisements');
export const adAccount = { id: `act_${account?.id}`, name: account?.name ?? '' };

/**
 * The demo world, where every app may also send people back to these; one is asked to delete data on the website of the
 * first.
 */
export function seedWith(callback: string, ...others: string[]): Seed {
  const dataDeletionUrl = new URL('/data-deletion', callback).href;
  const all = [...demo.world.apps, hostileApp].map((one) => ({
    ...one,
    settings: {
      ...one.settings,
      redirectUris: [...(one.settings?.redirectUris ?? []), callback, ...others],
      ...(one.id === apps.fern.id ? { dataDeletionUrl } : {}),
    },
  }));
  return { ...demo, world: { ...demo.world, apps: all } };
}
