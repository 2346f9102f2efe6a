// Planting a seed file. The text of the file is the input: it's read where it's planted.
import { shape } from '@hallpass/protocol';
import { countsInWords } from '../../printing/print.ts';
import { platformAct } from '../platform-act.ts';

export const seedActs = {
  'seed.plant': platformAct({
    input: shape.object<{ file: string; text: string }>({ file: shape.text, text: shape.text }),
    startsNew: true,
    async run({ installation, by }, { file, text }) {
      const { readSeed } = await import('@hallpass/emulator');
      const { hashPassword, newPartOf, seedWorld } = await import('@hallpass/server/testing');
      const { seed, left } = await newPartOf(installation, (await readSeed(text, file)).world);
      await seedWorld(installation, seed, (password) => hashPassword(password), by);
      const planted = {
        people: seed.people.length,
        apps: seed.apps.length,
        pages: seed.pages.length,
        grants: seed.grants.length,
      };
      const leftWords = left.length > 0 ? `\nAlready there, and left unchanged: ${left.join(', ')}.` : '';
      return { json: { planted, left }, text: `Planted: ${countsInWords(planted)}.${leftWords}` };
    },
  }),
};
