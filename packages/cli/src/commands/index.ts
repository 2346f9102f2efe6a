// This is the list of commands, in the order of `--help`. A command's file is loaded only when it is called or asked
// about.
import type { Command } from 'commander';
import type { Outside } from '../surroundings/outside.ts';

/** Every file of this folder exports one as `build`. */
type CommandFactory = (outside: Outside) => Command;

export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<{ build: CommandFactory }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'dev',
    summary: 'Start the emulator: a whole world on this machine to develop against.',
    load: () => import('./dev.ts'),
  },
  {
    name: 'exec',
    summary: "Run a command unchanged, with its calls to Meta's hosts answered here.",
    load: () => import('./programs/exec.ts'),
  },
  {
    name: 'record',
    summary: 'Run a command against the real service, and keep its answers without any credential.',
    load: () => import('./programs/record.ts'),
  },
  {
    name: 'drift',
    summary: 'Compare a recording with the answers of Hallpass.',
    load: () => import('./emulator/drift.ts'),
  },
  {
    name: 'env',
    summary: "Print the variables that direct a shell's programs to a running emulator.",
    load: () => import('./programs/env.ts'),
  },
  {
    name: 'browser',
    summary: "Open a browser in which Meta's hosts are this machine.",
    load: () => import('./programs/browser.ts'),
  },
  {
    name: 'trust',
    summary: "Make this machine trust the emulator's certificate authority.",
    load: () => import('./programs/trust.ts'),
  },
  {
    name: 'untrust',
    summary: 'Undo that trust, and remove the authority.',
    load: () => import('./programs/untrust.ts'),
  },
  {
    name: 'wait',
    summary: 'Wait until a server is ready.',
    load: () => import('./emulator/wait.ts'),
  },
  {
    name: 'clock',
    summary: 'Look at the clock of an emulator, and move it.',
    load: () => import('./emulator/clock.ts'),
  },
  {
    name: 'fault',
    summary: 'Make an emulator fail on purpose: errors at any step, broken connections, refused tokens.',
    load: () => import('./emulator/fault.ts'),
  },
  {
    name: 'story',
    summary: 'Make things happen to an app that happen in real life, and say how a good app reacts.',
    load: () => import('./emulator/story.ts'),
  },
  {
    name: 'check',
    summary: 'Play stories against a command of an app, and report what it does wrong.',
    load: () => import('./emulator/check.ts'),
  },
  {
    name: 'listen',
    summary: "Show the calls to an app's server, and send them to an address on this machine.",
    load: () => import('./emulator/listen.ts'),
  },
  {
    name: 'trigger',
    summary: 'Cause a call to the server of an app: deauthorize, data-deletion, permissions, feed.',
    load: () => import('./emulator/trigger.ts'),
  },
  {
    name: 'inbox',
    summary: 'List, read and wait for an emulator’s mail, and open its mail server.',
    load: () => import('./emulator/inbox.ts'),
  },
  {
    name: 'console',
    summary: 'Print a link that opens the emulator pages of the console in a browser.',
    load: () => import('./emulator/console.ts'),
  },
  { name: 'serve', summary: 'Start the platform on SQLite or PostgreSQL.', load: () => import('./serve.ts') },
  {
    name: 'login',
    summary: 'Log in to an app from this machine, and keep the token.',
    load: () => import('./login.ts'),
  },
  { name: 'logout', summary: 'Forget the log-in of this machine.', load: () => import('./logout.ts') },
  {
    name: 'token',
    summary: 'Inspect a token, exchange it for a long-lived one, or revoke it.',
    load: () => import('./token.ts'),
  },
  { name: 'api', summary: 'Call the Graph.', load: () => import('./api.ts') },
  {
    name: 'why',
    summary: 'Explain why a call is refused, empty or short.',
    load: () => import('./why.ts'),
  },
  {
    name: 'vault',
    summary: 'Keep the tokens you hold alive, or just watch them.',
    load: () => import('./vault.ts'),
  },
  { name: 'keys', summary: 'List, rotate and withdraw the keys that seal tokens.', load: () => import('./keys.ts') },
  {
    name: 'fence',
    summary: 'End every token, code and session after a restored backup.',
    load: () => import('./fence.ts'),
  },
  {
    name: 'person',
    summary: 'Lock, unlock, confirm, log out or delete an account; reset passwords; appoint reviewers.',
    load: () => import('./person.ts'),
  },
  {
    name: 'app',
    summary: 'Create, list and delete apps, give roles, switch modes, decide on access.',
    load: () => import('./app.ts'),
  },
  { name: 'page', summary: 'Create Pages for people, and list them.', load: () => import('./page.ts') },
  { name: 'audit', summary: 'Check the audit trail.', load: () => import('./audit.ts') },
  { name: 'seed', summary: 'Check seed files, or plant one on a platform.', load: () => import('./seed.ts') },
  {
    name: 'config',
    summary: 'Show every setting, its value and where it comes from.',
    load: () => import('./config.ts'),
  },
  {
    name: 'completion',
    summary: 'Print what bash, zsh or fish needs to complete these commands.',
    load: () => import('./completion.ts'),
  },
];
