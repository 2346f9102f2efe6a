// Each kind of call to the server of an app, and the act of a person that brings it about.
import type { EmulatorPerson } from '../people/people.ts';
import type { StoryName } from '../stories/play-story.ts';
import type { Scene } from '../stories/story.ts';

interface Trigger {
  doc: string;
  /** The reason for which nothing may come of it. */
  needs: string;
  /** The story that is played; a post of a Page is none. */
  story?: StoryName;
}

export const triggers = {
  deauthorize: {
    doc: 'The person removes the app in the settings.',
    needs: 'the app has an address for it (deauth_callback_url)',
    story: 'app-removed',
  },
  'data-deletion': {
    doc: 'The person removes the app and asks for their data to be deleted.',
    needs: 'the app has an address for it (data_deletion_url)',
    story: 'app-removed-with-deletion',
  },
  permissions: {
    doc: 'The person lets the app see the e-mail address, and takes this back.',
    needs: 'the app has subscribed to the object permissions, and its field email',
    story: 'permission-taken-back',
  },
  feed: {
    doc: 'A Page of the person publishes a post.',
    needs: 'the app has subscribed to the object page and its field feed, and the Page has installed the app',
  },
} as const satisfies Record<string, Trigger>;

export type TriggerName = keyof typeof triggers;

const isTrigger = (name: string): name is TriggerName => Object.hasOwn(triggers, name);
export const triggerNames: readonly TriggerName[] = Object.keys(triggers).filter(isTrigger);

const pagePermissions = 'pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_metadata';

/**
 * A Page publishes a post, by the app that the person has logged in to.
 * @returns what was done, in words; @throws Error with the words of the refusal
 */
export async function publishPost(
  person: EmulatorPerson,
  app: Scene['app'],
  page: string | undefined,
): Promise<string> {
  const token = await person.accessToken({ app: app.id, scope: pagePermissions });
  const ask = async (path: string): Promise<string> => {
    const { status, html } = await person.openBrowser().ask(path);
    if (status !== 200) throw new Error(/"message":"([^"]+)"/.exec(html)?.[1] ?? `it answers ${status}`);
    return html;
  };
  const query = new URLSearchParams({ fields: 'id,name,access_token', access_token: token });
  const pages = JSON.parse(await ask(`/v25.0/me/accounts?${query}`)) as {
    data: { id: string; name: string; access_token: string }[];
  };
  const found = pages.data.find(({ id, name }) => page === undefined || id === page || name === page);
  if (!found) throw new Error(`${person.name} has no such Page.`);
  await ask(
    `/v25.0/${found.id}/feed?${new URLSearchParams({ method: 'post', message: 'A post of the emulator.', access_token: found.access_token })}`,
  );
  return `${found.name} publishes a post by ${app.name}`;
}
