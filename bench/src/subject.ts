// This process is measured: the server on a port of its own. It makes room for new objects as the command does.
import { boundOldGeneration, holdYoungGeneration, letYoungGenerationGrow } from '@hallpass/cli/heap-growth';

holdYoungGeneration();
const { serveMeasured } = await import('./measured-server.ts');
await serveMeasured();
letYoungGenerationGrow();
boundOldGeneration();
