// A command that cannot go on throws one of these.

export const exitCodes = {
  ok: { code: 0, means: 'Done.' },
  failed: { code: 1, means: "Refused or failed: the server refused, the token isn't valid, or the file has mistakes." },
  wrongUse: {
    code: 2,
    means: "Wrong use: an argument or option is missing or can't be understood; the message says what to do.",
  },
  cannotStart: {
    code: 3,
    means: "Can't start: the port is taken, a setting is wrong or unsafe, or the data can't be used.",
  },
} as const;

export type ExitName = keyof typeof exitCodes;

/** Ends a command with a sentence and an exit code. */
export class CommandError extends Error {
  readonly exit: ExitName;

  constructor(exit: ExitName, message: string) {
    super(message);
    this.exit = exit;
  }
}
