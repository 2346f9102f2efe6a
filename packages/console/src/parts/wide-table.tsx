// A table of few rows that is written out: where it doesn't fit, its rows become blocks with labels.
import { type ReactNode, useRef } from 'react';
import { useStacked } from './records/use-stacked.ts';

interface WideTableProps {
  /** Names the region. */
  label: string;
  /** Pixels below which its rows are blocks in any case. */
  minWidth: number;
  maxHeight?: number;
  /** A table of the class `records-table` whose cells have a `data-label`. */
  children: ReactNode;
}

export function WideTable({ label, minWidth, maxHeight, children }: WideTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const stacked = useStacked(frame, minWidth);
  return (
    <section
      ref={frame}
      className={stacked ? 'records stacked' : 'records'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is higher than its place is scrolled with the keyboard.
      {...(maxHeight === undefined ? {} : { style: { maxHeight, overflowY: 'auto' }, tabIndex: 0 })}
      aria-label={label}
    >
      {children}
    </section>
  );
}
