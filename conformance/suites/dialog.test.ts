// This suite runs every documented case about the dialog.
import { runSubject } from '../src/run.ts';

runSubject('dialog');
