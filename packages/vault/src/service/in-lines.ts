// A long call is answered line by line, with a line every few seconds: where nothing else is to be said, how far it is.
import { lastText, LINES, type Progress, progressText } from '../client/progress-lines.ts';
import type { VaultParts } from '../parts.ts';
import { refusalAnswer } from './refusal-answer.ts';

/** Milliseconds of real time between two lines: servers between the two end connections that are silent for longer. */
const ROUND = 5000;

/** The work begins at once and goes on to its end, also where nobody reads its lines any more. */
export function inLines(
  { world }: Pick<VaultParts, 'world'>,
  run: (progress: Progress) => Promise<object>,
  headers: Readonly<Record<string, string>>,
): Response {
  const encoder = new TextEncoder();
  let read = true;
  const body = new ReadableStream<Uint8Array>({
    async start(lines) {
      const write = (text: string): void => {
        if (read) lines.enqueue(encoder.encode(text));
      };
      let far: [done: number, total?: number] = [0];
      const timer = world.wall.every(ROUND, () => write(progressText(...far)));
      try {
        const answer = await run((done, total) => {
          far = [done, total];
          write(progressText(done, total));
        });
        write(lastText(200, answer));
      } catch (error) {
        const { status, body: refused, bug } = refusalAnswer(error);
        if (bug) world.log('error', 'vault.bug', { error: error instanceof Error ? error.message : String(error) });
        write(lastText(status, refused));
      } finally {
        timer.cancel();
        if (read) lines.close();
      }
    },
    cancel() {
      read = false;
    },
  });
  return new Response(body, { headers: { ...headers, 'content-type': LINES } });
}
