// Opens an address in the browser that the system of this machine opens links in.
import { spawn } from 'node:child_process';
import { platform } from 'node:os';

/** Resolves to false where no browser could be started. No shell reads the address. */
export function openBrowser(address: string): Promise<boolean> {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return Promise.resolve(false);
  const [command, ...args] = opener(url.href);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function opener(address: string): [string, ...string[]] {
  if (platform() === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return [platform() === 'darwin' ? 'open' : 'xdg-open', address];
}
