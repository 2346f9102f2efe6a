// This suite runs every documented case about what ends a token, callbacks, and what callers report of calls.
import { runSubject } from '../src/run.ts';

runSubject('endings-and-calls');
