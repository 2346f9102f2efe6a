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
    summary: 'Start the emulator: a whole world on this machine, for developing against.',
    load: () => import('./dev.ts'),
  },
  {
    name: 'exec',
    summary: 'Run a command whose calls to the hosts of Meta are answered here, unchanged.',
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
    summary: 'Print the variables that bring the programs of a shell to an emulator that runs.',
    load: () => import('./programs/env.ts'),
  },
  {
    name: 'browser',
    summary: 'Open a browser for which the hosts of Meta are this machine.',
    load: () => import('./programs/browser.ts'),
  },
  {
    name: 'trust',
    summary: 'Make this machine trust the certificate authority of the emulator.',
    load: () => import('./programs/trust.ts'),
  },
  {
    name: 'untrust',
    summary: 'Take that trust back, and remove the authority.',
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
    summary: 'Order failures of an emulator: errors at any step, broken connections, tokens that are refused.',
    load: () => import('./emulator/fault.ts'),
  },
  {
    name: 'story',
    summary: 'Make things happen to an app as they happen in life, and say what a good app does then.',
    load: () => import('./emulator/story.ts'),
  },
  {
    name: 'listen',
    summary: 'Show the calls to the server of an app, and lead them to an address of this machine.',
    load: () => import('./emulator/listen.ts'),
  },
  {
    name: 'trigger',
    summary: 'Bring about a call to the server of an app: deauthorize, data-deletion, permissions, feed.',
    load: () => import('./emulator/trigger.ts'),
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
    summary: 'Look at a token, exchange it for a long-lived one, or revoke it.',
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
    summary: 'Keep tokens that you hold alive, or only watch over them.',
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
    summary: 'Lock, unlock, confirm, log out or delete an account; new passwords; name reviewers.',
    load: () => import('./person.ts'),
  },
  {
    name: 'app',
    summary: 'Make, list and end apps, give roles, switch modes, decide about access.',
    load: () => import('./app.ts'),
  },
  { name: 'page', summary: 'Make Pages for people, and list them.', load: () => import('./page.ts') },
  { name: 'audit', summary: 'Check the audit trail.', load: () => import('./audit.ts') },
  { name: 'seed', summary: 'Check seed files, or plant one on a platform.', load: () => import('./seed.ts') },
  {
    name: 'config',
    summary: 'Show every setting, its value and where it comes from.',
    load: () => import('./config.ts'),
  },
];
