// This suite runs every documented case about revoking and inspecting tokens, test users, and the life of an app.
import { runSubject } from '../src/run.ts';

runSubject('life-of-tokens-and-apps');
