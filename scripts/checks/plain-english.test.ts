// The guard of plain English can fail: each phrase is found where a user reads it, and nowhere else.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings } from './check-english.ts';

const found = (path: string, text: string): string[] => findings([{ path, text }]).map(({ what }) => what);

describe('the guard of plain English', () => {
  it('finds each phrase in a sentence', () => {
    const sentences: Readonly<Record<string, string>> = {
      'Whoever learns your password cannot log in.': 'Whoever',
      'Who has given everything goes straight through.': 'Who has given everything goes straight through.',
      'It ends. What was granted is kept.': '. What was granted is kept.',
      'Test users cannot be made at present.': 'at present',
      'A second one takes the place of the first.': 'takes the place of',
      'Every token of before stops.': 'of before',
      'A world that is not there is refused.': 'is not there',
      'Done: lock Ana.': 'Done:',
      'Write to its makers.': 'its makers',
      'It is shown this once.': 'shown this once',
      'See what became of it.': 'what became of',
      'Refused on order only.': 'on order only',
      'Everything is sealed anew.': 'anew',
      'It stays, also if this one is newer.': 'also if',
      'The headers are handed on.': 'handed on',
      'Delete it once it has served.': 'once it has served',
      'An alert tells of it.': 'tells of',
      'Each has a key if it likes.': 'if it likes',
      'Stop with Ctrl-C.': 'Ctrl-C',
      'Removed acme: 12 rows and 1 keys.': '1 keys',
    };
    for (const [sentence, phrase] of Object.entries(sentences)) {
      assert.deepEqual(found('packages/cli/src/a.ts', `const a = '${sentence}';`), [phrase]);
      assert.deepEqual(found('docs/guide/a.md', `# A\n\n${sentence}\n`), [phrase]);
    }
  });
  it('reads text between tags, and says at which line it stands', () => {
    const page = ['export const A = () => (', '  <p>', '    Whoever finds it can use it.', '  </p>', ');'].join('\n');
    assert.deepEqual(
      findings([{ path: 'packages/console/src/a.tsx', text: page }]).map(({ line, what }) => [line, what]),
      [[3, 'Whoever']],
    );
  });
  it('finds the description of a command that is no order, in help and in lists of commands', () => {
    const help = 'Usage: hallpass vault get\n\nShows the state.\n\nCommands:\n  list [options] <id>  Lists the apps.\n';
    assert.deepEqual(found('docs/guide/commands.md', help), ['Shows the', 'Lists the']);
    assert.deepEqual(found('docs/guide/commands.md', help.replace(/(?<=how|ist)s /g, ' ')), []);
  });
  it('leaves comments, names and questions alone', () => {
    assert.deepEqual(
      found('packages/cli/src/a.ts', '// Whoever calls this at present.\nconst whoever = a.whoever;'),
      [],
    );
    assert.deepEqual(found('packages/cli/src/a.ts', "const a = 'Who are you? What is this?';"), []);
    assert.deepEqual(found('docs/guide/a.md', 'The versions of before v2.8 answer in other words.'), []);
  });
});
