// Many views are given these shapes. All text in them may be hostile; no view needs it to be clean.
import type { DoneKey } from './parts/words/done.ts';

/** The name of the organisation that runs this installation, as people see it. */
export interface Platform {
  /** The brand on every page: "Hallpass" unless the operator chose another. */
  name: string;
  /** True in the emulator: every page then says that nothing here is real (invariant I-16). */
  emulator?: boolean;
  /** Light or dark, where the person chose it in the console; as the system has it without. */
  colours?: 'light' | 'dark' | undefined;
}

/** Every view is given these props. */
export interface PageProps {
  platform: Platform;
}

/** The person who is logged in. */
export interface Person {
  id: string;
  name: string;
  firstName: string;
  email?: string | null;
}

/** An app, as the person meets it. Links that are not http or https are left out. */
export interface AppIdentity {
  id: string;
  name: string;
  /** The person who is responsible for the app. */
  owner?: string | null;
  privacyUrl?: string | null;
  termsUrl?: string | null;
  /** True while the app is in development: only people with a role on it come this far. */
  development?: boolean;
}

/**
 * A form goes to this place: always by POST, to a path of our own, with these hidden inputs (CSRF token, interaction).
 */
export interface FormProps {
  action: string;
  hidden: Record<string, string>;
}

/** Every page of the signed-in part is given these props. */
export interface AccountProps extends PageProps {
  person: Person;
  logOut: FormProps;
  /** True where the console is there to lead to: its tools, and its pages of these settings. */
  withConsole?: boolean;
  /** One sentence on top after an act: what was done. */
  done?: DoneKey;
}
