// Long work shows how far it is: a bar on standard error, where somebody sits in front of it.
import type { Outside } from '../surroundings/outside.ts';

interface ProgressBar {
  /** @param about the thing that is under way */
  show(done: number, total?: number, about?: string): void;
  /** Takes the bar away. */
  end(): void;
}

const WIDTH = 30;

/** `[██████········] 1,200 of 3,000`; the count alone where nobody knows the total. */
export function barInWords(done: number, total: number | undefined): string {
  const count = done.toLocaleString('en-GB');
  if (total === undefined || total <= 0) return count;
  const full = Math.min(WIDTH, Math.round((done / total) * WIDTH));
  return `[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${count} of ${total.toLocaleString('en-GB')}`;
}

export function progressBar(outside: Pick<Outside, 'status'>): ProgressBar {
  let shown = false;
  return {
    show(done, total, about = '') {
      shown = true;
      outside.status(`${barInWords(done, total)} ${about}`.trimEnd());
    },
    end() {
      if (shown) outside.status('');
      shown = false;
    },
  };
}
