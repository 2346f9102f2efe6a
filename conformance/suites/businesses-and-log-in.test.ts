// This suite runs every documented case about businesses, Login for Business and Limited Login.
import { runSubject } from '../src/run.ts';

runSubject('businesses-and-log-in');
