// `hallpass logout` forgets the log-in of this machine.
import { Command } from 'commander';
import { type AskingOptions, askingOptions, reportErrors } from '../asking.ts';
import { forgetApp, keptApp, managerOf } from '../log-in/kept-log-in.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';

interface LogoutOptions extends AskingOptions {
  removeApp?: boolean;
}

export function build(outside: Outside): Command {
  return askingOptions(new Command('logout'))
    .description(
      'Forget the log-in that hallpass login kept for this server. The token is deleted here, but a copy of it would work until it expires. With --remove-app, the app is first removed from your account, which ends all tokens it has for you.',
    )
    .option('--remove-app', 'also remove the app from your account')
    .addHelpText('after', example('hallpass logout'))
    .action((options: LogoutOptions) => reportErrors(outside, options.json, () => logout(outside, options)));
}

async function logout(outside: Outside, { url, json, removeApp, apiVersion }: LogoutOptions): Promise<void> {
  const app = keptApp(outside, url);
  const manager = app && (await managerOf(outside, url, app, apiVersion));
  const wasLoggedIn = Boolean(manager?.current ?? manager?.authentication);
  const removed = Boolean(removeApp && manager?.current);
  if (removed && manager?.current) await manager.client.delete('/me/permissions', { token: manager.current.token });
  await manager?.logOut();
  forgetApp(outside, url);
  if (json) outside.out(JSON.stringify({ logged_out: wasLoggedIn, app_removed: removed }));
  else if (!wasLoggedIn) outside.out(`You weren't logged in at ${url}.`);
  else outside.out(removed ? 'Logged out, and removed the app from your account.' : 'Logged out on this machine.');
}
