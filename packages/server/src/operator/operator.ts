// This table holds everything that an operator can do to an account or an app: the command line and the emulator's
// control interface offer the same acts. Each goes through the door that the person or the app's owner would use, with
// the same audit line.
import { change, type ChangeContext, type Operator } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import * as apps from '../store/apps/apps.ts';
import * as people from '../store/people/people.ts';
import { changeApp, deleteApp, resetAppSecret } from '../apps/app-admin.ts';
import { endTokensOfApp } from '../apps/app-tokens.ts';
import { deletePersonIn } from './delete-person.ts';
import { confirmAccount, lockAccount, startCheckpoint, unconfirmAccount, unlockAccount } from '../people/lock.ts';
import { emailOf } from '../people/people.ts';
import { createResetKey, resetPath } from '../people/password-reset.ts';
import { addressesFor } from '../hosts.ts';
import { endAllSessions } from '../people/sign-in/sessions.ts';
import { AppId, PersonId } from '../store/ids.ts';

export interface OperatorAct<Id> {
  doc: string;
  /** The sentence that says that it's done. */
  done(name: string): string;
  /** The sentence for one that was in this state already; missing where an act always has something to do. */
  idle?(name: string): string;
  /** The thing that it gives, shown once. */
  gives?: 'secret' | 'link';
  /** @returns false when there was nothing to do; the text that it gives */
  run(installation: Installation, id: Id, by: Operator): Promise<boolean | string>;
}

const done = async (work: Promise<unknown>): Promise<boolean> => {
  await work;
  return true;
};

/** Acts on people. */
export const personActs = {
  lock: {
    doc: 'Lock the account: its tokens are refused (190, subcode 490) until you unlock it. The person cannot.',
    done: (name) => `Locked the account of ${name}.`,
    idle: (name) => `The account of ${name} is locked already.`,
    run: (installation, id, by) => lockAccount(installation, id, by),
  },
  unlock: {
    doc: 'Unlock the account: its tokens work again. It also ends a checkpoint.',
    done: (name) => `Unlocked the account of ${name}.`,
    idle: (name) => `The account of ${name} is neither locked nor at a checkpoint.`,
    run: (installation, id, by) => unlockAccount(installation, id, by),
  },
  checkpoint: {
    doc: 'Ask the person to show who they are: tokens are refused (190, subcode 459) until they log in and enter their password.',
    done: (name) => `${name} is asked for the password at the next log-in; until then their tokens are refused.`,
    idle: (name) => `The account of ${name} is locked or at a checkpoint already.`,
    run: (installation, id, by) => startCheckpoint(installation, id, by, 'operator'),
  },
  unconfirm: {
    doc: 'Undo the confirmation: tokens are refused (190, subcode 464) until the person confirms the account.',
    done: (name) => `The account of ${name} has to be confirmed again.`,
    idle: (name) => `The account of ${name} is unconfirmed, locked or at a checkpoint already.`,
    run: (installation, id, by) => unconfirmAccount(installation, id, by),
  },
  confirm: {
    doc: 'Confirm the account.',
    done: (name) => `Confirmed the account of ${name}.`,
    idle: (name) => `There is nothing to confirm: the account of ${name} is confirmed, locked or at a checkpoint.`,
    run: (installation, id, by) => confirmAccount(installation, id, by),
  },
  'log-out': {
    doc: 'End all sessions and tokens of the person (190, subcode 467).',
    done: (name) => `Logged ${name} out everywhere.`,
    run: (installation, id, by) => done(change(installation, (making) => endAllSessions(installation, making, id, by))),
  },
  'reset-password': {
    doc: 'Create a link with which the person can choose a new password, once and within 30 minutes. The old password works until then. Using the link ends all sessions and tokens of the person (190, subcode 460).',
    done: (name) => `Made a link for ${name}.`,
    gives: 'link',
    run: passwordLink,
  },
  'make-reviewer': {
    doc: 'Let the person decide on requests for advanced access.',
    done: (name) => `${name} is now a reviewer.`,
    idle: (name) => `${name} is a reviewer already.`,
    run: (installation, id, by) => setReviewer(installation, id, true, by),
  },
  'end-reviewer': {
    doc: 'No longer let the person decide on requests for advanced access.',
    done: (name) => `${name} is no longer a reviewer.`,
    idle: (name) => `${name} is not a reviewer.`,
    run: (installation, id, by) => setReviewer(installation, id, false, by),
  },
  delete: {
    doc: 'Delete the account with its roles, friendships and grants. Its tokens stop working (190, subcode 465).',
    done: (name) => `Deleted the account of ${name}.`,
    run: deletePerson,
  },
} as const satisfies Record<string, OperatorAct<PersonId>>;

/** Acts on apps. */
export const appActs = {
  disable: {
    doc: 'Disable the app: all its tokens are refused until it is enabled.',
    done: (name) => `Disabled ${name}.`,
    run: (installation, id, by) => done(changeApp(installation, { appId: id, by }, { status: 'disabled' })),
  },
  enable: {
    doc: 'Enable the app again.',
    done: (name) => `Enabled ${name}.`,
    run: (installation, id, by) => done(changeApp(installation, { appId: id, by }, { status: 'active' })),
  },
  live: {
    doc: 'Make the app live, for everyone. It needs a privacy policy and a contact e-mail address.',
    done: (name) => `${name} is live.`,
    run: (installation, id, by) => done(changeApp(installation, { appId: id, by }, { mode: 'live' })),
  },
  develop: {
    doc: 'Put the app back into development: only people with a role on it may use it.',
    done: (name) => `${name} is in development.`,
    run: (installation, id, by) => done(changeApp(installation, { appId: id, by }, { mode: 'development' })),
  },
  'end-tokens': {
    doc: 'End all current tokens of the app. People have to log in again.',
    done: (name) => `Ended every token of ${name}.`,
    run: (installation, id, by) => done(endTokensOfApp(installation, { appId: id, by })),
  },
  'reset-secret': {
    doc: 'Give the app a new secret, shown only once. App tokens made from the old one stop working.',
    done: (name) => `${name} has a new secret.`,
    gives: 'secret',
    run: (installation, id, by) => resetAppSecret(installation, { appId: id, by }),
  },
  delete: {
    doc: 'Delete the app permanently.',
    done: (name) => `Deleted ${name}.`,
    run: (installation, id, by) => done(deleteApp(installation, { appId: id, by })),
  },
} as const satisfies Record<string, OperatorAct<AppId>>;

/** The link, from where people reach this platform; its path alone where no setting says so. */
async function passwordLink(installation: Installation, id: PersonId, by: Operator): Promise<string> {
  const { baseDomain, publicUrl } = installation.settings;
  const known = publicUrl ?? (baseDomain === undefined ? undefined : `https://${baseDomain}`);
  const www = known === undefined ? '' : addressesFor(known, installation.settings).www;
  return `${www}${resetPath(await createResetKey(installation, id, by))}`;
}

function setReviewer(installation: ChangeContext, id: PersonId, reviewer: boolean, by: Operator): Promise<boolean> {
  return change(installation, async ({ tx, event }) => {
    if (!(await people.setReviewer(tx, id, reviewer))) return false;
    event({
      name: 'platform.role.changed',
      outcome: 'ok',
      reason: reviewer ? 'reviewer' : 'no longer reviewer',
      ...actorFacts(by),
      targetId: id,
    });
    return true;
  });
}

/** Finds a person by id or e-mail address. */
export async function personNamed({ db }: Pick<Installation, 'db'>, who: string): Promise<people.Person | undefined> {
  const email = emailOf(who);
  const id = PersonId.parse(who);
  const person = id
    ? await people.byId(db.read, id)
    : email === undefined
      ? undefined
      : await people.byEmail(db.read, email);
  return person?.state === 'deleted' ? undefined : person;
}

/**
 * Lists the accounts of people by id, without test users, system users and deleted accounts.
 * @param after the id behind which the list begins
 */
export const listPeople = (
  { db }: Pick<Installation, 'db'>,
  page: { after?: PersonId | undefined; limit: number },
): Promise<people.Person[]> => people.accounts(db.read, page);

/** Finds an app by id. */
export async function appNamed(
  { db, sealer }: Pick<Installation, 'db' | 'sealer'>,
  id: string,
): Promise<apps.App | undefined> {
  const appId = AppId.parse(id);
  const app = appId && (await apps.byId(db.read, sealer, appId));
  return app?.status === 'deleted' ? undefined : app;
}

/** @returns false where there was no such account any more */
async function deletePerson(installation: ChangeContext, id: PersonId, by: Operator): Promise<boolean> {
  return change(installation, async (making) => {
    if (((await people.byId(making.tx, id))?.state ?? 'deleted') === 'deleted') return false;
    await deletePersonIn(making, id, by, installation.world.clock.now());
    making.event({ name: 'person.deleted', outcome: 'ok', ...actorFacts(by), targetId: id });
    return true;
  });
}
