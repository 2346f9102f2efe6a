// Every documented case, through a real socket.
import { cases } from './cases/index.ts';
import { runCases } from './src/run.ts';

runCases(cases, 'over HTTP');
