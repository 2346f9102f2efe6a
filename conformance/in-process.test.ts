// Every documented case, calling the handler.
import { cases } from './cases/index.ts';
import { runCases } from './src/run.ts';

runCases(cases, 'in process');
