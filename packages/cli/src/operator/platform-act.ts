// An act of the operator on the data of a platform: its input is plain data, so it runs in the process of the command
// or in that of the running server, and what it says is the same.
import type { Shape } from '@hallpass/protocol';
import type { Installation } from '@hallpass/server';
import { type App, appNamed, type Operator, type Person, personNamed } from '@hallpass/server/operator';
import { CommandError } from '../command-error.ts';

/** The result of an act: an object for programs, text for people. */
export interface ActOutput {
  json: Record<string, unknown>;
  text: string;
  /** Set where the command fails after it has printed that. */
  fault?: string | undefined;
}

/** An act is carried out with this. */
interface ActContext {
  installation: Installation;
  by: Operator;
  /** The address of the server that carries it out, where one runs. */
  url?: string | undefined;
}

interface ActDeclaration<Input extends object> {
  input: Shape<Input>;
  /** True for an act that may be the first on a new data directory. */
  startsNew?: boolean;
  /** @throws CommandError | GraphError | KeyRefused | BadSeed */
  run(context: ActContext, input: Input): Promise<ActOutput>;
}

export interface PlatformAct<Input extends object> {
  readonly input: Shape<Input>;
  readonly startsNew: boolean;
  /** Runs the act with an input that was sent. @throws CommandError for one of another form, and what the act throws */
  carryOut(context: ActContext, given: unknown): Promise<ActOutput>;
}

/** Declares an act; the type of its input follows from the shape. */
export function platformAct<Input extends object>(declaration: ActDeclaration<Input>): PlatformAct<Input> {
  const { input, startsNew = false } = declaration;
  return {
    input,
    startsNew,
    async carryOut(context, given) {
      if (!input(given)) throw otherVersion();
      return declaration.run(context, given);
    },
  };
}

/** The command and the server do not speak the same language. */
export const otherVersion = (): CommandError =>
  new CommandError(
    'failed',
    'The running server has a different version from this command. Restart it, then try again.',
  );

/** @param who an id or an e-mail address @throws CommandError for nobody */
export async function personMeant(installation: Installation, who: string): Promise<Person> {
  const person = await personNamed(installation, who);
  if (!person)
    throw new CommandError('failed', `There is no person ${who}. \`hallpass person list\` shows who is here.`);
  return person;
}

/** @throws CommandError where there is no app of this id */
export async function appMeant(installation: Installation, id: string): Promise<App> {
  const app = await appNamed(installation, id);
  if (!app)
    throw new CommandError('failed', `There is no app ${id}. \`hallpass app list\` shows the apps and their ids.`);
  return app;
}
