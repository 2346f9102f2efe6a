// This suite runs every documented case about Pages, ad accounts and the tokens of the Marketing API.
import { runSubject } from '../src/run.ts';

runSubject('pages-and-marketing');
