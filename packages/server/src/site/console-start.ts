// The pages of the console are told these things before anybody has logged in. In an emulator that includes the demo
// people with their passwords, which are written in its seed; a platform has no such list.
import type { FormProps } from '@hallpass/pages';
import { versions } from '@hallpass/protocol';
import type { World } from '../world.ts';
import { type SiteRequest, keepBrowser } from './site-request.ts';
import { browserForm, sessionForm } from './forms.ts';
import { paths } from './paths.ts';

interface ConsoleStart {
  /** The name of this installation. */
  platform: string;
  /** Epoch seconds. */
  now: number;
  /** Base addresses, without a final slash. */
  graph: string;
  www: string;
  versions: Pick<typeof versions, 'newest' | 'default'>;
  sign_up: boolean;
  log_in: FormProps;
  log_out?: FormProps;
  /** The field `next` names the page to go on with. */
  switch_person?: FormProps;
  demo?: World['demo'];
}

export function consoleStart(ask: SiteRequest): ConsoleStart {
  const { installation, addresses, signedIn } = ask;
  const { world, settings } = installation;
  keepBrowser(ask);
  return {
    platform: settings.platformName,
    now: world.clock.now(),
    graph: addresses.graph,
    www: addresses.www,
    versions: { newest: versions.newest, default: versions.default },
    sign_up: settings.openSignUp,
    log_in: browserForm(ask, paths.logIn),
    ...(signedIn
      ? {
          log_out: sessionForm(ask, signedIn, paths.logOut),
          switch_person: sessionForm(ask, signedIn, paths.switchPerson),
        }
      : {}),
    ...(world.demo ? { demo: world.demo } : {}),
  };
}
