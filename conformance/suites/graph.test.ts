// This suite runs every documented case about fields, batches, errors and rate limits of the Graph.
import { runSubject } from '../src/run.ts';

runSubject('graph');
