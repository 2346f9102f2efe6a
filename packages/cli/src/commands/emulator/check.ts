// hallpass check: plays stories against a command of an app, and reports what it does wrong.
import { Command, InvalidArgumentError } from 'commander';
import { pairOf, portsOf } from '../../arguments.ts';
import type { CheckCommandOptions, ReportFile } from '../../check/check.ts';
import { severityOf } from '../../check/fail-on.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const reportKinds = ['html', 'junit', 'json'] as const;

/** `html=report.html`, several times. */
function reportOf(text: string, before: ReportFile[] = []): ReportFile[] {
  const [, name, file] = /^(\w+)=(.+)$/.exec(text) ?? [];
  const kind = reportKinds.find((one) => one === name);
  if (kind === undefined || file === undefined)
    throw new InvalidArgumentError(`Write ${reportKinds.map((one) => `${one}=FILE`).join(', ')}.`);
  return [...before, { kind, file }];
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number from 1 to 99999.');
}

export function build(outside: Outside): Command {
  return new Command('check')
    .description(
      'Play stories against a command of an app, such as its health command or a test, and report what it does wrong. For each story the command runs in a world as it should be and must end with 0; then the story happens and it runs again; then the story is over and it runs once more. It is run as `hallpass exec` runs it, with the token in HALLPASS_TOKEN, what kind of token it is in HALLPASS_TOKEN_KIND, and HALLPASS_PAGE_ID, HALLPASS_PERSON_ID, HALLPASS_APP_ID, HALLPASS_APP_SECRET and HALLPASS_RETURN_URL.',
    )
    .argument('<command...>', 'the command with its arguments, behind --')
    .passThroughOptions()
    .option('--story <names>', 'only these stories, joined by commas; `hallpass story list` has all', listOf)
    .option('--skip <names>', 'all but these stories', listOf)
    .option(
      '--sunset [days]',
      'only tell which versions the command calls, and fail where one ends within 90 days, or so many',
      numberOf,
    )
    .option(
      '--scopes',
      'only tell which permissions its calls need, which are missing, and which are asked for in vain',
    )
    .option('--report <kind=file>', 'write the report to a file: html=, junit= or json=; several times', reportOf)
    .option('--json', 'print the report as one line of JSON')
    .option('--fail-on <severity>', 'end with 1 from this severity up: critical, error or warning', severityOf, 'error')
    .option(
      '--env <name=value>',
      'a variable of the command; {token}, {token_kind}, {page_id}, {person_id}, {app_id}, {app_secret} and {return_url} in it are filled in; several times',
      pairOf,
    )
    .option(
      '--setup <command>',
      'a shell command that is run once before, in the same world: it may log people in and store tokens',
    )
    .option(
      '--put-back <paths>',
      'files and folders of the app that are put back before each story, such as its database, joined by commas',
      listOf,
    )
    .option(
      '--person <person>',
      'to whom it happens: name, e-mail address or id; the first person of the world without',
    )
    .option('--app <app>', 'name or id; the first app of the world without')
    .option(
      '--scope <permissions>',
      'the permissions that the person gives, joined by commas; without it the e-mail address, and reading and posting on Pages, as far as the app may ask for them',
    )
    .option('--seed <file>', 'YAML file that describes the world; else the demo world')
    .option('--timeout <seconds>', 'end a run of the command after so long', numberOf, 60)
    .option('--passthrough', 'let other hosts through, without a look inside')
    .option(
      '--open <ports>',
      'ports of this machine that the command may reach in sealed mode, such as 5432,6379',
      portsOf,
    )
    .option('--env-only', 'direct programs to the emulator by variables only, even where namespaces are available')
    .addHelpText('after', example('hallpass check --report html=check.html -- node health.mjs'))
    .action(async (command: string[], options: CheckCommandOptions) => {
      const { check } = await import('../../check/check.ts');
      await check(command, options, outside);
    });
}
