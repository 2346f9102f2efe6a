// Tests of batches begin with this scene: tokens of a person, of another app and of a Page, and the call that runs a
// batch.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { cast, type TestWorld, testWorld } from '../world.ts';

export const { shop, rival, bakery, garden, ana } = cast;

export interface Slot {
  code: number;
  headers?: { name: string; value: string }[];
  body: string | null;
}
export let t: TestWorld;
export let user: string;
export let rivals: string;
export let page: string;

before(async () => {
  t = await testWorld();
  user = await t.login(shop.id, ana.id, {
    permissions: ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'email'],
  });
  rivals = await t.login(rival.id, ana.id);
  page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
});

after(() => t.close());
export const post = (params: Record<string, string>, batch: unknown) =>
  t.post('/', { ...params, batch: typeof batch === 'string' ? batch : JSON.stringify(batch) });

export async function run(
  items: unknown,
  params: Record<string, string> = { access_token: user },
): Promise<(Slot | null)[]> {
  const { body, text } = await post(params, items);
  assert.ok(Array.isArray(body), text);
  return body as (Slot | null)[];
}
export const codes = (slots: (Slot | null)[]) => slots.map((slot) => slot?.code ?? null);

// oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
export const bodyOf = (slot: Slot | null | undefined): any => JSON.parse(slot?.body ?? 'null');
