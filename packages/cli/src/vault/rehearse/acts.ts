// The acts of a rehearsal: stories of the emulator, and what no story plays for one person or Page.
import type { StoryName } from '@hallpass/emulator';
import { Dashboard } from '@hallpass/server/testing';
import type { SnapshotConnection } from '@hallpass/vault/client';
import type { OpenStage } from './open-stage.ts';
import { administrator, type TokenHolder } from './rehearsal-world.ts';

/** Plays a story with this person and app. @throws StoryFailed */
export async function playStory(
  { emulator }: OpenStage,
  story: StoryName,
  { app, person }: TokenHolder,
): Promise<void> {
  const found = emulator.seed.world.apps.find(({ id }) => id === app);
  if (found) await emulator.stories.play(story, emulator.people.get(person), found);
}

/** An administrator of the Page takes the role of the person away. @throws Error where the platform refuses */
export async function takePageRole(
  { emulator, world }: OpenStage,
  { person }: TokenHolder,
  connections: readonly SnapshotConnection[],
): Promise<void> {
  const { name } = emulator.people.get(person);
  const desk = await new Dashboard(emulator.people.get(administrator.id).openBrowser()).open(administrator);
  await desk.confirm(administrator.password);
  for (const { id } of connections) {
    const page = world.pages.get(id);
    if (page === undefined) continue;
    const { body } = await desk.get(`/${page}/assigned_users?fields=id,name&limit=1000`);
    const user: unknown = body?.data?.find((one: { name: string }) => one.name === name)?.id;
    if (typeof user === 'string') await desk.delete(`/${page}/assigned_users?user=${user}`);
  }
}

/** The person goes through the dialog once more, and the vault gets the new token in the place of the old one. */
export async function reconnect({ emulator, vault }: OpenStage, { app, person, scopes }: TokenHolder): Promise<void> {
  const token = await emulator.people.get(person).accessToken({ app, scope: [...scopes].join(',') });
  await vault.import(`token,app_id\n${token},${app}\n`);
}
