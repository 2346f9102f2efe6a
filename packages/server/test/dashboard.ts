// Tests use the dashboard of their world as a page of ours does.
import { Dashboard } from '../src/headless/dashboard.ts';
import { Browser } from './browser.ts';
import type { TestWorld } from './world.ts';

export class Desk extends Dashboard {
  constructor(world: TestWorld, host?: string) {
    super(new Browser(world, host === undefined ? {} : { host }));
  }
}

export const desk = (world: TestWorld, person: { email: string; password: string }): Promise<Desk> =>
  new Desk(world).open(person);
