// `hallpass vault watch` looks at a list of tokens and says what has changed since the last time, for a line of cron.
import type { WatchLine, WatchResult } from '@hallpass/vault';
import { Command } from 'commander';
import { type AppOptions, appOf, appOptions, type AskingOptions, askingOptions, clientOf } from '../asking.ts';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { memoryFile } from './memory-file.ts';
import { notifiers, type NotifyOptions, notifyOptions } from './notify.ts';
import { lineAsData, lineInWords, summaryInWords } from './words.ts';

type WatchOptions = AskingOptions & AppOptions & NotifyOptions & { state?: string; all?: boolean };

export const watchCommand = (outside: Outside): Command =>
  notifyOptions(appOptions(askingOptions(new Command('watch'))))
    .description(
      'Check each token in a file, and print one line for each that changed since the last run. The file is CSV with a column token, a .env file (NAME=value, or a NAME alone for a variable of the environment), or JSON. Only a state file beside it is written, and it contains no tokens. Exit code 1 if a token needs attention.',
    )
    .argument('<file>', 'the list, or - for standard input')
    .option('--state <file>', 'file to remember results in between runs; by default FILE.watch.json')
    .option('--all', 'print a line for every token, even if nothing changed')
    .addHelpText(
      'after',
      example('hallpass vault watch tokens.csv --url https://graph.facebook.com --app-id 1384720956120447'),
    )
    .action((file: string, options: WatchOptions) => watchFile(outside, file, options));

async function watchFile(outside: Outside, file: string, options: WatchOptions): Promise<void> {
  const [{ needsAttention, readWatchList, watchTokens }, memory] = await Promise.all([
    import('@hallpass/vault'),
    memoryFile(outside, file, options.state),
  ]);
  const tell = await notifiers(outside, options);
  const tokens = readWatchList(await memory.list(), outside.env);
  const app = options.appId === undefined ? undefined : await appOf(options);
  const result = await watchTokens(tokens, {
    client: clientOf(outside, options),
    appToken: app && `${app.appId}|${app.appSecret}`,
    now: outside.wall.now(),
    memory: memory.read(),
    fingerprint: memory.fingerprint,
  });
  const news = newsOf(result);
  print(outside, result, options.all ? result.lines : news, options);
  // The memory is written after the delivery: news that were not taken are news again at the next run.
  if (news.length > 0) await tell(news);
  memory.write(result.memory);
  if (result.outage || result.lines.some(needsAttention)) throw new CommandError('failed', '');
}

/** In an outage nothing was learnt of any token: that is one line, and no news of each. */
const newsOf = ({ lines, outage }: WatchResult): WatchLine[] => (outage ? [] : lines.filter(({ changed }) => changed));

function print(outside: Outside, result: WatchResult, lines: readonly WatchLine[], { json }: WatchOptions): void {
  if (json) {
    for (const line of lines) outside.out(JSON.stringify(lineAsData(line)));
    return;
  }
  for (const line of lines) outside.out(lineInWords(line, outside.wall.now()));
  outside.err(summaryInWords(result));
}
