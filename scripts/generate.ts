// `npm run generate`: writes the generated documents again. With --check nothing is written, and stale ones are an
// error.
import { parseArgs } from 'node:util';
import { documents } from './generate/documents.ts';
import { stale, write } from './generate/write.ts';
import { report } from './guards/guard.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

if (values.check) report('generated documents', await stale(documents));
else {
  const written = await write(documents);
  console.log(
    written.length === 0
      ? 'Every generated document is fresh.'
      : `Written:\n${written.map((path) => `  ${path}`).join('\n')}`,
  );
}
