// A sentence of a table of the protocol, as a page shows it.
import { Code } from '@mantine/core';
import { Breakable } from './breakable.tsx';

/** The text of a table, whose words of the protocol stand between backticks. */
export function Sentence({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <Code key={`${index} ${part}`} fz="inherit">
        <Breakable text={part} />
      </Code>
    ) : (
      <WholeWords key={`${index} ${part}`} text={part} />
    ),
  );
}

/** A browser ends lines after a hyphen: “e-mail” stays in one line all the same. */
function WholeWords({ text }: { text: string }) {
  return text.split(/\b(e-mails?)\b/).map((part, index) =>
    index % 2 === 1 ? (
      <span key={`${index} ${part}`} className="nowrap">
        {part}
      </span>
    ) : (
      <Breakable key={`${index} ${part}`} text={part} />
    ),
  );
}
