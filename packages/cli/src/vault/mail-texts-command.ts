// `hallpass vault mail texts` prints the sentences of mails and pages, to start a file for `--mail-texts` from.
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';

export const mailTextsCommand = (outside: Outside): Command =>
  new Command('texts')
    .description(
      'Print the sentences of the mails and of the pages behind their links, as a file for --mail-texts. Change some, or translate all of them into another language.',
    )
    .option('--language <tag>', 'the language they are for; in English if there are none in it yet', 'en')
    .addHelpText('after', example('hallpass vault mail texts --language fr > texts.json'))
    .action(async ({ language }: { language: string }) => {
      const { primaryLanguage, sentencesOf } = await import('@hallpass/vault');
      const tag = primaryLanguage(language);
      if (tag === undefined)
        throw new CommandError('wrongUse', `${language} is no tag of a language, such as fr: see --language.`);
      outside.out(JSON.stringify({ [tag]: sentencesOf(tag) }, null, 2));
    });
