// This module writes the reference page of stories out of their cards.
import { storyCards } from '@hallpass/emulator';
import { code, table } from './markdown.ts';

export function storyPage(): string {
  const faults = storyCards.filter(({ fault }) => fault !== undefined);
  return [
    '# Stories',
    'How they are played, one by one: [stories](../../guide/stories.md); all of them against a command: [check](../../guide/check.md).',
    table(
      ['story', 'what happens', 'answer from then on', 'a good app'],
      storyCards.map(({ story, doc, answer, expect }) => [code(story), doc, answer, expect]),
    ),
    '## Stories that are ordered faults',
    'People, programs, the operator and time bring about all others. In these a fault of the answer is ordered, and this is why:',
    table(
      ['story', 'why'],
      faults.map(({ story, fault }) => [code(story), fault]),
    ),
  ].join('\n\n');
}
