// Stories about the app itself: its state, its secret, its settings.
import { oldestLiving, endOfVersion } from '@hallpass/protocol';
import { appActs, decideAccessRequest } from '@hallpass/server/operator';
import { AppId } from '@hallpass/server/testing';
import { atDesk } from './acts.ts';
import { appAdministratorOf } from './cast.ts';
import { DAY, moveOn, type Scene, type Story } from './story.ts';

type AppAct = keyof typeof appActs;

/** An act of the operator on the app, and the one that takes it back. */
async function actOn({ world, app, did, undo }: Scene, act: AppAct, back: AppAct | undefined): Promise<void> {
  const id = AppId.of(app.id);
  const result = await appActs[act].run(world.server.installation, id, { kind: 'operator' });
  did(`${act}: ${app.name}${typeof result === 'string' ? `; the new one is ${result}` : ''}`);
  if (back) undo(() => appActs[back].run(world.server.installation, id, { kind: 'operator' }));
}

export const appStories = {
  'secret-leaked-and-reset-by-platform': {
    doc: "The app's secret was leaked, and the platform gives the app a new one.",
    answer: 'app tokens, proofs and the token endpoint are refused with the old secret',
    expect: 'Take the secret from one place that can be changed without a new release.',
    strikes: 'app',
    leaves: 'dead',
    play: (scene) => actOn(scene, 'reset-secret', undefined),
  },
  'app-disabled': {
    doc: 'The platform disables the app.',
    answer: '190 for every token while it holds',
    expect: "Tell the people who run the app. Don't ask people to log in again: it doesn't help.",
    leaves: 'held',
    play: (scene) => actOn(scene, 'disable', 'enable'),
  },
  'app-deleted': {
    doc: 'The app is deleted.',
    answer: '190 for every token, permanently',
    expect: 'Stop calling.',
    leaves: 'dead',
    play: (scene) => actOn(scene, 'delete', undefined),
  },
  'tokens-ended': {
    doc: 'The people who run the app end all its tokens.',
    answer: '190/467',
    expect: 'Send people through the log-in as they come back, not all at once.',
    leaves: 'dead',
    play: (scene) => actOn(scene, 'end-tokens', undefined),
  },
  'app-in-development': {
    doc: 'The app is put back into development.',
    answer: "people without a role on it can't log in, and their tokens are refused",
    expect: 'Tell the people who run the app.',
    leaves: 'held',
    play: (scene) => actOn(scene, 'develop', 'live'),
  },
  'version-sunset': {
    doc: 'The oldest current version of the Graph ends.',
    answer:
      'calls with it are served as before, served by the next version with a warning in a header, or refused with 2635, as the setting endedVersions says',
    expect: 'Call a version that ends late, and watch the headers facebook-api-version and x-ad-api-version-warning.',
    leaves: 'turning',
    async play(scene) {
      const { clock } = scene.world;
      const version = oldestLiving(clock.now());
      const end = endOfVersion(version);
      if (end === undefined || end <= clock.now()) throw new Error('No version has a known end in the future.');
      await moveOn(scene, end - clock.now() + DAY, `the day after the end of ${version} comes`);
    },
  },
  'desktop-switch': {
    doc: 'An administrator switches the app to a native or desktop app in its advanced settings.',
    answer: 'app tokens no longer count: calls that need one are refused with 15; tokens of people keep working',
    expect: 'Make no calls that need an app token, or have the app switched back.',
    strikes: 'app',
    leaves: 'held',
    async play(scene) {
      const { app, did, undo } = scene;
      const desk = await atDesk(appAdministratorOf(scene));
      const settings = `/${app.id}/security_settings`;
      await desk.confirm();
      await desk.act('POST', settings, { native_app: 'true' });
      undo(async () => {
        await desk.confirm();
        await desk.act('POST', settings, { native_app: 'false' });
      });
      did(`${desk.person.name} makes ${app.name} a native or desktop app`);
    },
  },
  'permission-downgraded': {
    doc: 'The app loses its advanced access to the e-mail address.',
    answer: 'the field email is absent for everyone without a role on the app',
    expect: "Continue without it, don't ask people for a permission the app can't have, and apply for it again.",
    leaves: 'less',
    async play(scene) {
      const { world, app, person, did, undo } = scene;
      const { installation } = world.server;
      const permission = 'email';
      await person.logIn({ app: app.id, scope: permission });
      did(`${person.name} logs in to ${app.name} and gives the e-mail address`);
      const desk = await atDesk(appAdministratorOf(scene));
      await desk.confirm();
      await desk.act('DELETE', `/${app.id}/permissions`, { permission });
      undo(async () => {
        const asked = { permission, use_case: 'As before.' };
        const { id = '' } = await desk.act('POST', `/${app.id}/access_requests`, asked);
        await decideAccessRequest(installation, id, { approve: true, reason: 'As before.', by: { kind: 'operator' } });
      });
      did(`${app.name} goes back to standard access to the e-mail address`);
    },
  },
} as const satisfies Record<string, Story>;
