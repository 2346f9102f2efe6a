// A batch item can contain `{result=name:$.data.*.id}`: a JSONPath into the answer of a named item, which is replaced by
// its values. References may arrive percent-encoded. Source: "Make multiple requests".

const LONGEST_NAME = 100;
const LONGEST_PATH = 300;

export interface Reference {
  /** The position at which it begins and ends in the text. */
  from: number;
  to: number;
  name: string;
  path: string;
}

/** The characters that give a reference its form, plain or encoded. */
const mark = /%(?:7B|7D|3A|3D|24)|[{}:=$]/gi;

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Every reference of a text, in order. The marks are read once, from left to right, and what does not become a
 * reference is never looked at again, so hostile text takes no longer than any other of its length.
 */
export function* referencesIn(text: string): Generator<Reference> {
  if (!text.includes('result')) return;
  /** The mark that must come next, or may; undefined outside of a reference. */
  let awaited: '=' | ':' | '$' | '}' | undefined;
  let from = 0;
  let nameFrom = 0;
  let pathFrom = 0;
  for (const { 0: written, index } of text.matchAll(mark)) {
    const character = plain(written);
    const end = index + written.length;
    if (character === '{') {
      awaited = text.startsWith('result', end) ? '=' : undefined;
      from = index;
      nameFrom = end + 'result'.length;
    } else if (awaited === '=') {
      awaited = character === '=' && index === nameFrom ? ':' : undefined;
      nameFrom = end;
    } else if (awaited === ':' && (character === ':' || character === '}')) {
      awaited = character === ':' && index > nameFrom && index - nameFrom <= LONGEST_NAME ? '$' : undefined;
      pathFrom = end;
    } else if (awaited === '$') {
      awaited = character === '$' && index === pathFrom ? '}' : undefined;
    } else if (awaited === '}' && character === '}') {
      awaited = undefined;
      if (index - pathFrom > LONGEST_PATH) continue;
      const [name] = text.slice(nameFrom, pathFrom).split(/:|%3A/i, 1);
      yield { from, to: end, name: plain(name ?? ''), path: plain(text.slice(pathFrom, index)) };
    }
  }
}

/** Names that a text refers to. */
export function references(text: string): string[] {
  return [...referencesIn(text)].map(({ name }) => name);
}
