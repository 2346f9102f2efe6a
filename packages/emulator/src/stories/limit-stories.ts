// Stories about an app that calls more than it may: it goes on until the platform refuses a call.
import { appNamed } from '@hallpass/server/operator';
import { AppId, PersonId } from '@hallpass/server/testing';
import { askGraph, callGraph } from './acts.ts';
import type { Scene, Story } from './story.ts';

/** So much of a limit counts as used up already; the rest is called for real. */
const USED_UP = 98;
/** A limit that was not reached by then is not going to be. */
const MOST_CALLS = 5000;

async function pretend(scene: Scene, on: 'app' | 'person', percent: number): Promise<void> {
  const { installation } = scene.world.server;
  const app = await appNamed(installation, scene.app.id);
  if (!app) throw new Error(`There is no app ${scene.app.id} any more.`);
  await installation.usage.pretend(app, on === 'person' ? { person: PersonId.of(scene.person.id) } : {}, percent);
}

/** Calls again and again. @returns how many calls it took until this code was answered */
async function callUntil(code: number, call: (turn: number) => ReturnType<typeof askGraph>): Promise<number> {
  for (let turn = 1; turn <= MOST_CALLS; turn++) {
    const { error } = await call(turn);
    if (error?.code === code) return turn;
    if (error && error.code !== 613 && error.code !== 32 && error.code !== 341) throw new Error(error.message);
  }
  throw new Error(`${MOST_CALLS} calls were made, and none was refused.`);
}

function limited(on: 'app' | 'person', code: number): Story['play'] {
  return async (scene) => {
    const { app, person, did, undo } = scene;
    const token = await person.accessToken({ app: app.id });
    await pretend(scene, on, USED_UP);
    undo(() => pretend(scene, on, 0));
    const whose = on === 'app' ? app.name : `${app.name} for ${person.name}`;
    did(`${USED_UP} of 100 of the calls of ${whose} are used up`);
    const calls = await callUntil(code, () => askGraph(scene, 'GET', '/me', { access_token: token }));
    did(`${app.name} continues, and its call number ${calls} from there is refused`);
  };
}

export const limitStories = {
  'rate-limited': {
    doc: 'The app has used up its calls.',
    answer: '4 until the hour is over',
    expect: "Wait as long as the header says, longer each time, and don't lose any work.",
    leaves: 'limited',
    play: limited('app', 4),
  },
  'person-rate-limited': {
    doc: 'The calls for one person are used up.',
    answer: '17 for that person until the hour is over',
    expect: 'Wait only with this person; continue with the others.',
    leaves: 'limited',
    play: limited('person', 17),
  },
  'api-access-blocked': {
    doc: 'The app posts on a Page without a pause, continues when it is refused, and is blocked.',
    answer: '368 for every further post of the app on the Page',
    expect: "Stop, tell the people who run the app, and don't retry automatically.",
    strikes: 'page',
    leaves: 'blocked',
    async play(scene) {
      const { world, app, person, did, undo } = scene;
      const { usage } = world.server.installation;
      const scope = 'pages_show_list,pages_read_engagement,pages_manage_posts';
      const token = await person.accessToken({ app: app.id, scope });
      const { data = [] } = await callGraph(scene, 'GET', '/me/accounts', { access_token: token });
      const page = data.find(({ tasks }) => tasks?.includes('CREATE_CONTENT'));
      if (page?.access_token === undefined) throw new Error(`${person.name} can't post on any Page.`);
      const made: string[] = [];
      const ofPage = { access_token: page.access_token };
      usage.refuseFastCalls(AppId.of(app.id), true);
      undo(async () => {
        usage.refuseFastCalls(AppId.of(app.id), false);
        for (const id of made) await callGraph(scene, 'DELETE', `/${id}`, ofPage);
      });
      const calls = await callUntil(368, async (turn) => {
        const answer = await askGraph(scene, 'POST', `/${page.id}/feed`, { ...ofPage, message: `Offer ${turn}` });
        if (answer.id !== undefined) made.push(answer.id);
        return answer;
      });
      did(`${app.name} posts ${made.length} times on ${page.name}, and tries ${calls - made.length - 1} times more`);
      did(`the platform blocks ${app.name} on ${page.name}`);
    },
  },
} as const satisfies Record<string, Story>;
