// Guard: the generated documents say what the tables say today. `npm run generate` writes them again.
import { documents } from '../generate/documents.ts';
import { stale } from '../generate/write.ts';
import { report } from '../guards/guard.ts';

if (import.meta.main) report('generated documents', await stale(documents));
