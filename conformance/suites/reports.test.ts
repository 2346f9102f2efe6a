// This suite runs every documented case about what callers report of advertising, notices and Pages.
import { runSubject } from '../src/run.ts';

runSubject('reports');
