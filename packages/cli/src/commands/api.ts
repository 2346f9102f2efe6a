// `hallpass api` makes any call of the Graph.
import { parseJson, shape } from '@hallpass/protocol';
import { GraphError, isErrorBody, type ClientResponse } from '@hallpass/client';
import type { TokenManager } from '@hallpass/client/native';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { pairOf } from '../arguments.ts';
import { inFile, reportErrors, askingOptions, type AskingOptions, clientOf, tokenOf } from '../asking.ts';
import { CommandError } from '../command-error.ts';
import { keptApp, managerOf } from '../log-in/kept-log-in.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { table } from '../printing/print.ts';

type Method = (typeof methods)[number];

interface ApiOptions extends AskingOptions {
  field?: Record<string, string>;
  token?: string;
  tokenFile?: string;
  explain?: boolean;
}

interface Step {
  step: string;
  rule?: string;
  outcome: string;
}

const stepsShape = shape.listOf(
  shape.object<Step>({ step: shape.text, rule: shape.optional(shape.text), outcome: shape.text }),
);

const methods = ['GET', 'POST', 'DELETE'] as const;

function methodOf(text: string): Method {
  const method = methods.find((one) => one === text.toUpperCase());
  if (method === undefined) throw new InvalidArgumentError(`Write ${methods.join(', ')}.`);
  return method;
}

export function build(outside: Outside): Command {
  return askingOptions(new Command('api'))
    .description('Call the Graph and print its answer.')
    .addArgument(new Argument('<method>', 'GET, POST or DELETE').argParser(methodOf))
    .argument('<path>', 'path in the Graph, such as me/accounts, or a next link')
    .option('-F, --field <name=value>', 'a parameter; may be repeated', pairOf)
    .addOption(
      new Option(
        '--token <token>',
        'the token to call with, or - for standard input; by default that of hallpass login',
      ).env('HALLPASS_TOKEN'),
    )
    .addOption(
      new Option('--token-file <file>', 'file that holds the token; only its owner may be able to read it').env(
        'HALLPASS_TOKEN_FILE',
      ),
    )
    .option('--explain', 'show which rule decided (only an emulator answers this)')
    .addHelpText('after', example('hallpass api GET me/accounts -F fields=name,tasks --token EAA… --explain'))
    .action((method: Method, path: string, options: ApiOptions) =>
      reportErrors(outside, options.json && !options.explain, () => api(outside, method, path, options)),
    );
}

async function api(outside: Outside, method: Method, path: string, options: ApiOptions): Promise<void> {
  if (options.token !== undefined && options.tokenFile !== undefined)
    throw new CommandError('wrongUse', 'Give --token or --token-file, not both.');
  const text = options.tokenFile === undefined ? options.token : await inFile(options.tokenFile, 'token');
  const token = text === undefined ? undefined : await tokenOf(outside, text);
  const kept = token === undefined ? await keptLogIn(outside, options.url) : undefined;
  const headers = options.explain ? { 'x-hallpass-explain': '1' } : undefined;
  const reply = await clientOf(outside, options).call(method, path, {
    params: options.field,
    token: token ?? kept?.current?.token,
    headers,
  });
  kept?.extendIfNeeded();
  await kept?.idle();
  const steps = options.explain ? stepsOf(reply) : undefined;
  if (options.json)
    outside.out(
      JSON.stringify(options.explain ? { status: reply.status, body: reply.body, trace: steps ?? null } : reply.body),
    );
  else if (!isErrorBody(reply.body)) outside.out(JSON.stringify(reply.body, null, 2));
  if (options.explain && !options.json)
    outside.err(
      steps
        ? table(
            steps.map(({ step, rule = '', outcome }) => [step, rule, outcome]),
            ['step', 'rule', 'outcome'],
          )
        : "This server doesn't explain its answers; an emulator does.",
    );
  if (isErrorBody(reply.body)) {
    if (options.json) throw new CommandError('failed', '');
    throw new GraphError(reply.status, reply.body);
  }
}

/** The log-in that `hallpass login` kept for this server, if there is one. */
async function keptLogIn(outside: Outside, server: string): Promise<TokenManager | undefined> {
  const app = keptApp(outside, server);
  return app && managerOf(outside, server, app);
}

/** The steps of the call, as base64 JSON in a header. */
function stepsOf({ headers }: ClientResponse): Step[] | undefined {
  const text = headers.get('x-hallpass-trace');
  return text === null ? undefined : parseJson(stepsShape, Buffer.from(text, 'base64').toString('utf8'));
}
