// A long call may be answered line by line, JSON in each: how far it is, and at last the answer or the refusal. So whoever
// waits sees that it goes on, and nothing between the two takes the silence for an end.
import { parseJson, shape } from '@hallpass/protocol';

export const LINES = 'application/x-ndjson';

/** Is told how far a long call is. @param total undefined where it is not known */
export type Progress = (done: number, total?: number) => void;

interface ProgressLine {
  done: number;
  total?: number | undefined;
}

const progressLine = shape.object<{ progress: ProgressLine }>({
  progress: shape.object<ProgressLine>({ done: shape.number, total: shape.optional(shape.number) }),
});

const lastLine = shape.object<{ status: number; answer: Record<string, unknown> }>({
  status: shape.number,
  answer: shape.anyObject,
});

export const progressText = (done: number, total?: number): string =>
  `${JSON.stringify({ progress: { done, ...(total !== undefined && { total }) } })}\n`;

export const lastText = (status: number, answer: object): string => `${JSON.stringify({ status, answer })}\n`;

/** Reads lines to the last one. Undefined where there is none: the answer was cut off. */
export async function readLines(
  body: ReadableStream<Uint8Array>,
  progress: Progress,
): Promise<{ status: number; answer: unknown } | undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    rest += decoder.decode(part.value, { stream: true });
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      const told = parseJson(progressLine, line);
      if (told) progress(told.progress.done, told.progress.total);
      const last = told ? undefined : parseJson(lastLine, line);
      if (last) return last;
    }
  }
  return undefined;
}
