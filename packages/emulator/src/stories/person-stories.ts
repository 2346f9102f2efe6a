// Stories about people: their account, what they let the app do, and how they leave it.
import { permissions } from '@hallpass/protocol';
import { personActs } from '@hallpass/server/operator';
import { PersonId, settingsPages } from '@hallpass/server/testing';
import { DAY, moveOn, type Scene, type Story } from './story.ts';

const LOG_IN_AGAIN = 'Stop calling with the token, and send the person through the log-in when they come back.';

type PersonAct = keyof typeof personActs;

/** An act of the operator on the account, and the one that takes it back. */
async function actOn({ world, person, did, undo }: Scene, act: PersonAct, back: PersonAct | undefined): Promise<void> {
  const id = PersonId.of(person.id);
  await personActs[act].run(world.server.installation, id, { kind: 'operator' });
  did(`${act}: ${person.name}`);
  if (back) undo(() => personActs[back].run(world.server.installation, id, { kind: 'operator' }));
}

export const personStories = {
  'password-changed': {
    doc: 'The person changes the password.',
    answer: '190/460',
    expect: LOG_IN_AGAIN,
    leaves: 'dead',
    async play({ person, did, undo }) {
      const before = person.password;
      await person.changePassword(`another-${before}`);
      did(`${person.name} changes the password in the settings`);
      undo(() => person.changePassword(before));
    },
  },
  'account-locked': {
    doc: 'The person suspects that someone has been in the account, and locks it in the settings.',
    answer: '190/459 while it holds',
    expect: "Keep the token, stop calling, and ask the person to log in to the platform's site.",
    leaves: 'held',
    async play({ world, person, did, undo }) {
      await person.lockAccount();
      did(`${person.name} locks the account`);
      undo(() => personActs.unlock.run(world.server.installation, PersonId.of(person.id), { kind: 'operator' }));
    },
  },
  checkpoint: {
    doc: 'The platform locks the account until the person proves who they are.',
    answer: '190/459 while it holds',
    expect: "Keep the token, stop calling, and ask the person to log in to the platform's site.",
    leaves: 'held',
    play: (scene) => actOn(scene, 'checkpoint', 'unlock'),
  },
  'account-unconfirmed': {
    doc: 'The account is no longer confirmed.',
    answer: '190/464 while it holds',
    expect: 'Keep the token, stop calling, and ask the person to confirm the account.',
    leaves: 'held',
    play: (scene) => actOn(scene, 'unconfirm', 'confirm'),
  },
  'logged-out': {
    doc: 'The platform ends every session of the person.',
    answer: '190/467',
    expect: LOG_IN_AGAIN,
    leaves: 'dead',
    play: (scene) => actOn(scene, 'log-out', undefined),
  },
  'account-deleted': {
    doc: 'The account is deleted.',
    answer: '190/465; the server of the app is called with deauthorize',
    expect: "Delete the person's data, and never ask again.",
    leaves: 'dead',
    play: (scene) => actOn(scene, 'delete', undefined),
  },
  'app-removed': {
    doc: 'The person removes the app in the settings.',
    answer: '190/458; the server of the app is called with deauthorize',
    expect: 'Delete the token. Ask only if the person comes back.',
    leaves: 'dead',
    async play({ person, app, did, undo }) {
      await person.removeApp(app.id);
      did(`${person.name} removes ${app.name}`);
      undo(() => person.logIn({ app: app.id }));
    },
  },
  'app-removed-with-deletion': {
    doc: 'The person removes the app and asks for their data to be deleted.',
    answer: '190/458; the server of the app is called with deauthorize and for the deletion',
    expect: 'Delete the data, and answer the call with an address and a confirmation code.',
    leaves: 'dead',
    async play({ person, app, did, undo }) {
      await settingsPages.removeApp(await person.signIn(), app.name, { tick: ['delete_data=1'] });
      did(`${person.name} removes ${app.name} and asks it to delete what it has`);
      undo(() => person.logIn({ app: app.id }));
    },
  },
  'app-removed-and-re-added': {
    doc: 'The person removes the app and logs in to it again.',
    answer: '190/458 for the old token; the new log-in has a new one',
    expect: 'Use the token of the latest log-in, and forget the earlier one.',
    leaves: 'dead',
    async play({ person, app, did }) {
      await person.removeApp(app.id);
      did(`${person.name} removes ${app.name}`);
      await person.logIn({ app: app.id });
      did(`${person.name} logs in to ${app.name} again`);
    },
  },
  'permission-taken-back': {
    doc: 'The person no longer lets the app see the e-mail address, but keeps the app.',
    answer: 'the field email is absent; /me/permissions says declined',
    expect: 'Continue without it. Ask again, with auth_type=rerequest, only when you need it.',
    leaves: 'less',
    async play({ person, app, did }) {
      await person.logIn({ app: app.id, scope: 'email' });
      did(`${person.name} logs in to ${app.name} and gives the e-mail address`);
      await settingsPages.takeBack(await person.signIn(), permissions.email.title, app.name);
      did(`${person.name} takes it back in the settings`);
    },
  },
  'permission-declined': {
    doc: 'The person logs in and unticks the e-mail address.',
    answer: 'the field email is absent; /me/permissions says declined',
    expect: 'Work without it, and say why it would help before asking once more.',
    leaves: 'less',
    renews: true,
    async play({ person, app, did }) {
      await person.removeApp(app.id);
      await person.logIn({ app: app.id, scope: 'email', decline: ['email'] });
      did(`${person.name} logs in to ${app.name} again and unticks the e-mail address`);
    },
  },
  'ninety-days-quiet': {
    doc: "The person doesn't use the app for ninety-one days.",
    answer: '190/463; data access has ended for tokens that are still valid',
    expect: 'Send the person through the log-in; with auth_type=reauthorize if the token is still valid.',
    leaves: 'dead',
    play: (scene) => moveOn(scene, 91 * DAY, 'ninety-one days pass'),
  },
} as const satisfies Record<string, Story>;
