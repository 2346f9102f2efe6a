// This is the form of a seed file, key by key. What its parts say about each other is checked in references.ts.
import { z } from 'zod';
import { listOf, moment, permission, text, yesNo } from './values.ts';
import { mapping } from './shape/parts.ts';
import { person } from './shape/people.ts';
import { appWithSettings } from './shape/apps.ts';
import { page } from './shape/pages.ts';
import { business } from './shape/businesses.ts';
import { fault } from './shape/faults.ts';

const grant = mapping({
  person: text.describe('A reference.'),
  app: text.describe('A reference.'),
  permissions: listOf(permission).describe(
    '[Permissions](permissions.md), old names too; permissions they depend on are included.',
  ),
  declined: listOf(permission).optional().describe('Permissions that the person unticked.'),
  pages: listOf(text).optional().describe('The Pages that the person ticked; by default all of them.'),
  limited: yesNo
    .optional()
    .describe(
      '`true`: given by [Limited Login](../guide/limited-login.md), which opens no call of the Graph. A person and app can have one of each.',
    ),
});

export const fileShape = mapping({
  name: text
    .regex(/^[a-z0-9-]{1,40}$/, 'must be a short name of a-z, 0-9 and -')
    .describe('Name of the world: a-z, 0-9 and -.'),
  at: moment
    .optional()
    .describe(
      'The time at which the world begins, such as `2026-11-21T12:00:00Z`; by default now. `--at` takes precedence.',
    ),
  frozen: yesNo
    .optional()
    .describe('`true`: time stands still until the [clock](../guide/clock.md) is moved; it flows when it is left out.'),
  people: listOf(person).default([]).describe('Accounts, see below.'),
  apps: listOf(appWithSettings).default([]).describe('Apps, see below.'),
  pages: listOf(page).default([]).describe('Pages, see below.'),
  businesses: listOf(business).default([]).describe('Businesses, see below.'),
  grants: listOf(grant)
    .default([])
    .describe('Permissions that people have already granted to apps, as after a finished dialog.'),
  faults: listOf(fault).default([]).describe('[Faults](../guide/faults.md) that are active from the start, see below.'),
});

export type SeedFile = z.output<typeof fileShape>;

export type FileApp = SeedFile['apps'][number];

export type FilePage = SeedFile['pages'][number];

export type FileBusiness = SeedFile['businesses'][number];

export type FilePerson = SeedFile['people'][number];
