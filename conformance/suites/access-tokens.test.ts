// This suite runs every documented case about the kinds of access tokens.
import { runSubject } from '../src/run.ts';

runSubject('access-tokens');
