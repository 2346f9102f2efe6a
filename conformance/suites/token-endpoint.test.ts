// This suite runs every documented case about the token endpoint and proofs.
import { runSubject } from '../src/run.ts';

runSubject('token-endpoint');
