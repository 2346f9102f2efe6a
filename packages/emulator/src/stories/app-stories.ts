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
    doc: 'The secret of the app was leaked, and the platform gives the app a new one.',
    answer: 'app tokens, proofs and the token endpoint are refused with the old secret',
    expect: 'Take the secret from one place that can be changed without a new release.',
    strikes: 'app',
    leaves: 'dead',
    play: (scene) => actOn(scene, 'reset-secret', undefined),
  },
  'app-disabled': {
    doc: 'The platform disables the app.',
    answer: '190 for every token while it holds',
    expect: 'Tell those who run the app. Do not log people in again: it does not help.',
    leaves: 'held',
    play: (scene) => actOn(scene, 'disable', 'enable'),
  },
  'app-deleted': {
    doc: 'The app is deleted.',
    answer: '190 for every token, for good',
    expect: 'Stop calling.',
    leaves: 'dead',
    play: (scene) => actOn(scene, 'delete', undefined),
  },
  'tokens-ended': {
    doc: 'Those who run the app end all of its tokens.',
    answer: '190/467',
    expect: 'Send people through the log-in as they come back, not all at once.',
    leaves: 'dead',
    play: (scene) => actOn(scene, 'end-tokens', undefined),
  },
  'app-in-development': {
    doc: 'The app is taken back to development.',
    answer: 'people without a role on it cannot log in, and their tokens are refused',
    expect: 'Tell those who run the app.',
    leaves: 'held',
    play: (scene) => actOn(scene, 'develop', 'live'),
  },
  'version-sunset': {
    doc: 'The oldest version of the Graph that still lives comes to its end.',
    answer:
      'calls with it are served as before, served by the next version with a warning in a header, or refused with 2635, as the setting endedVersions says',
    expect:
      'Call a version that lives for long, and watch the headers facebook-api-version and x-ad-api-version-warning.',
    leaves: 'turning',
    async play(scene) {
      const { clock } = scene.world;
      const version = oldestLiving(clock.now());
      const end = endOfVersion(version);
      if (end === undefined || end <= clock.now()) throw new Error('No version has a known end that is still to come.');
      await moveOn(scene, end - clock.now() + DAY, `the day after the end of ${version} comes`);
    },
  },
  'desktop-switch': {
    doc: 'Somebody of the app switches it to a native or desktop app in its advanced settings.',
    answer: 'app tokens count as none: calls that need one are refused with 15; tokens of people go on',
    expect: 'Make no call that needs an app token, or have such an app switched back.',
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
    answer: 'the field email is absent for everybody without a role on the app',
    expect: 'Go on without it, and do not ask people for what the app may not have. Apply for it anew.',
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
