// Stories about the app itself: its state, its secret, its limits.
import { oldestLiving, endOfVersion } from '@hallpass/protocol';
import { appActs, appNamed } from '@hallpass/server/operator';
import { AppId, PersonId } from '@hallpass/server/testing';
import { DAY, moveOn, type Scene, type Story } from './story.ts';

type AppAct = keyof typeof appActs;

/** An act of the operator on the app, and the one that takes it back. */
async function actOn({ world, app, did, undo }: Scene, act: AppAct, back: AppAct | undefined): Promise<void> {
  const id = AppId.of(app.id);
  const result = await appActs[act].run(world.server.installation, id, { kind: 'operator' });
  did(`${act}: ${app.name}${typeof result === 'string' ? `; the new one is ${result}` : ''}`);
  if (back) undo(() => appActs[back].run(world.server.installation, id, { kind: 'operator' }));
}

async function useUp(scene: Scene, on: 'app' | 'person', percent: number): Promise<void> {
  const { installation } = scene.world.server;
  const app = await appNamed(installation, scene.app.id);
  if (!app) throw new Error(`There is no app ${scene.app.id} any more.`);
  await installation.usage.pretend(app, on === 'person' ? { person: PersonId.of(scene.person.id) } : {}, percent);
}

function limited(on: 'app' | 'person', words: string): Story['play'] {
  return async (scene) => {
    await useUp(scene, on, 100);
    scene.did(words);
    scene.undo(() => useUp(scene, on, 0));
  };
}

export const appStories = {
  'secret-reset': {
    doc: 'The secret of the app was leaked, and a new one is made.',
    answer: 'app tokens, proofs and the token endpoint are refused with the old secret',
    expect: 'Take the secret from one place that can be changed without a new release.',
    play: (scene) => actOn(scene, 'reset-secret', undefined),
  },
  'app-disabled': {
    doc: 'The platform disables the app.',
    answer: '190 for every token while it holds',
    expect: "Tell the people who run the app. Don't ask people to log in again: it doesn't help.",
    play: (scene) => actOn(scene, 'disable', 'enable'),
  },
  'app-deleted': {
    doc: 'The app is deleted.',
    answer: '190 for every token, permanently',
    expect: 'Stop calling.',
    play: (scene) => actOn(scene, 'delete', undefined),
  },
  'tokens-ended': {
    doc: 'The people who run the app end all its tokens.',
    answer: '190/467',
    expect: 'Send people through the log-in as they come back, not all at once.',
    play: (scene) => actOn(scene, 'end-tokens', undefined),
  },
  'app-in-development': {
    doc: 'The app is put back into development.',
    answer: "people without a role on it can't log in, and their tokens are refused",
    expect: 'Tell the people who run the app.',
    play: (scene) => actOn(scene, 'develop', 'live'),
  },
  'version-sunset': {
    doc: 'The oldest current version of the Graph ends.',
    answer:
      'calls with it are served as before, served by the next version with a warning in a header, or refused with 2635, as the setting endedVersions says',
    expect: 'Call a version that ends late, and watch the headers facebook-api-version and x-ad-api-version-warning.',
    async play(scene) {
      const { clock } = scene.world;
      const version = oldestLiving(clock.now());
      const end = endOfVersion(version);
      if (end === undefined || end <= clock.now()) throw new Error('No version has a known end in the future.');
      await moveOn(scene, end - clock.now() + DAY, `the day after the end of ${version} comes`);
    },
  },
  'app-rate-limited': {
    doc: 'The app has used up its calls.',
    answer: '4 until the hour is over',
    expect: "Wait as long as the header says, longer each time, and don't lose any work.",
    play: limited('app', 'the calls of the app are used up'),
  },
  'person-rate-limited': {
    doc: 'The calls for one person are used up.',
    answer: '17 for that person until the hour is over',
    expect: 'Wait only with this person; continue with the others.',
    play: limited('person', 'the calls for the person are used up'),
  },
} as const satisfies Record<string, Story>;
