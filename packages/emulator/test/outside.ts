// Real time and chance for emulators in tests.
import { randomBytes } from 'node:crypto';
import { createEmulator, demoSeed, type Emulator, type EmulatorOptions } from '../src/index.ts';

export const real: EmulatorOptions['real'] = {
  now: () => Math.floor(Date.now() / 1000),
  ms: () => performance.now(),
  every: (ms, task) => {
    const timer = setInterval(task, ms);
    timer.unref();
    return { cancel: () => clearInterval(timer) };
  },
};

/** An emulator of the demo world on a free port, unless `options` say otherwise. */
export function emulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  return createEmulator({ seed: demoSeed(), real, random: { bytes: (length) => new Uint8Array(randomBytes(length)) }, ...options });
}

interface Reply {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

/** A call of the Graph over HTTP. */
export async function ask(url: string, path: string, form?: Record<string, string>): Promise<Reply> {
  const response = await fetch(`${url}${path}`, form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) });
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
  const response = await fetch(`${url}/_/emulator/${path}`, { ...init, headers: { authorization: `Bearer ${controlToken}`, ...headers } });
  return { status: response.status, body: await response.json() };
}
