// Tests start emulators and call them over HTTP with these functions.
import { createEmulator, type Emulator, type EmulatorOptions } from '../src/index.ts';

/** An emulator on a free port, of the demo world unless `options` say otherwise. */
export const emulator = (options: EmulatorOptions = {}): Promise<Emulator> => createEmulator(options);

interface Reply {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

/** A call of the Graph over HTTP. */
export async function ask(url: string, path: string, form?: Record<string, string>): Promise<Reply> {
  const response = await fetch(
    `${url}${path}`,
    form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) },
  );
  return { status: response.status, body: await response.json() };
}

/** A test user of the first app, with a token. */
export async function testUser({ url, seed }: Emulator): Promise<{ id: string; token: string }> {
  const [app] = seed.world.apps;
  const { body } = await ask(url, `/${app?.id}/accounts/test-users`, {
    access_token: `${app?.id}|${app?.secret}`,
    installed: 'true',
    permissions: 'email',
  });
  return { id: body.id, token: body.access_token };
}

/** The control interface. */
export async function control(
  { url, controlToken }: Emulator,
  path: string,
  form?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetch(`${url}/_/emulator/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${controlToken}`, ...headers },
  });
  return { status: response.status, body: await response.json() };
}
