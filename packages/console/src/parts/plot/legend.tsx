// The legend of a picture: a mark of each colour, and the words for it.
import { Group, Text } from '@mantine/core';

export interface LegendMark {
  words: string;
  colour: string;
}

export function Legend({ marks }: { marks: readonly LegendMark[] }) {
  return marks.map(({ words, colour }) => (
    <Group key={words} gap={6}>
      <span className="plot-mark" style={{ background: colour }} aria-hidden />
      <Text size="xs">{words}</Text>
    </Group>
  ));
}
