// Many views are given these shapes. All text in them may be hostile; no view needs it to be clean.
import type { DoneKey } from './parts/words/done.ts';

/** The name of the organisation that runs this installation, as people see it. */
export interface Platform {
  /** The brand on every page: "Hallpass" unless the operator chose another. */
  name: string;
  /** True in the emulator: every page then says that nothing here is real (invariant I-16). */
  emulator?: boolean;
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

/** The places of the signed-in part. All are paths of our own. */
export interface AccountPaths {
  home: string;
  apps: string;
  sessions: string;
  password: string;
  twoFactor: string;
  secure: string;
  /** Makes a Page. */
  newPage: string;
  /** The developer console, where there is one. */
  console?: string;
}

/** Every page of the signed-in part is given these props. */
export interface AccountProps extends PageProps {
  person: Person;
  paths: AccountPaths;
  logOut: FormProps;
  /** One sentence on top after an act: what was done. */
  done?: DoneKey;
}
