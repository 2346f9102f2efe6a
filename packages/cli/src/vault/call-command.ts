// A command for each call of the service: its arguments and options are the fields of the table of calls, so that a new
// field is an option as soon as it stands there.
import { entriesOf } from '@hallpass/protocol';
import { type CallName, calls, type VaultClient } from '@hallpass/vault/client';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { callInWords, needsAttention } from './call-words.ts';
import { type ClientOptions, clientOptions, withClient } from './vault-client.ts';

interface CallCommand {
  name: string;
  call: CallName;
  example: string;
  /** A last argument `<file>`, with the field that its text becomes. */
  file?: { field: string; doc: string; read(outside: Outside, file: string): Promise<string> };
  /** Fields that come from elsewhere than an option: a file, standard input. */
  taken?: Readonly<Record<string, (outside: Outside, options: Readonly<Record<string, unknown>>) => Promise<unknown>>>;
  /** Options for what `taken` reads. */
  more?: (command: Command) => Command;
}

interface FieldOption {
  type: string;
  doc: string;
  required?: true;
  oneOf?: readonly string[];
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Options of the vault itself have these names already. */
const renamed: Readonly<Record<string, string>> = { name: 'connectionName' };

function optionOf(name: string, { type, doc, oneOf }: FieldOption): Option {
  const flag = `--${dashed(renamed[name] ?? name)}`;
  if (type === 'flag') return new Option(flag, doc);
  const kinds: Record<string, string> = { whole: '<number>', texts: '<list>', object: '<json>' };
  const option = new Option(`${flag} ${kinds[type] ?? '<text>'}`, type === 'texts' ? `${doc}; with commas` : doc);
  if (oneOf && type === 'text') option.choices([...oneOf]);
  if (type === 'whole') option.argParser(numberFrom);
  if (type === 'texts') option.argParser(textsFrom);
  if (type === 'object') option.argParser(objectFrom);
  return option;
}

const textsFrom = (text: string): string[] => text.split(',').map((one) => one.trim());

function numberFrom(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number.');
}

function objectFrom(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidArgumentError('Write JSON, such as {"from":22,"to":7}.');
  }
}

/** The calls that a vault may begin with; every other one needs something that is in it. */
const firstCalls: ReadonlySet<CallName> = new Set(['putApp', 'setMailSettings', 'addWebhook']);

/** Builds the command of a call. Its required fields are arguments. */
export function callCommand(
  outside: Outside,
  { name, call, example: line, file, taken = {}, more }: CallCommand,
): Command {
  const { doc, fields } = calls[call];
  const listed = entriesOf<Readonly<Record<string, FieldOption>>>(fields).filter(
    ([field]) => field !== file?.field && !Object.hasOwn(taken, field),
  );
  const inPlace = listed.filter(([, field]) => field.required);
  const command = clientOptions(new Command(name)).description(doc).addHelpText('after', example(line));
  for (const [field, about] of inPlace) command.argument(`<${dashed(field)}>`, about.doc);
  if (file) command.argument('<file>', file.doc);
  for (const [field, about] of listed) if (!about.required) command.addOption(optionOf(field, about));
  more?.(command);
  return command.action(async (...given: unknown[]) => {
    const options = given[inPlace.length + (file ? 1 : 0)] as ClientOptions & Record<string, unknown>;
    const input: Record<string, unknown> = {};
    for (const [at, [field, { type }]] of inPlace.entries())
      input[field] = type === 'texts' ? textsFrom(String(given[at])) : given[at];
    for (const [field, about] of listed) {
      const value = options[renamed[field] ?? field];
      if (!about.required && value !== undefined) input[field] = value;
    }
    for (const [field, take] of Object.entries(taken)) {
      const value = await take(outside, options);
      if (value !== undefined) input[field] = value;
    }
    if (file) input[file.field] = await file.read(outside, String(given[inPlace.length]));
    const act = async (client: VaultClient): Promise<void> => {
      const answer = await run(client, call, input);
      outside.out(options.json ? JSON.stringify(answer) : callInWords(call, answer, outside.wall.now()));
      if (needsAttention(call, answer)) throw new CommandError('failed', '');
    };
    await withClient(outside, { ...options, create: firstCalls.has(call) }, act);
  });
}

/** The service checks the input by the same fields, so a wrong one is refused there. */
const run = (client: VaultClient, call: CallName, input: object): Promise<object> => {
  const ask = client[call] as (input: object) => Promise<object>;
  return ask(input);
};
