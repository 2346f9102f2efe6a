// A picture of rows over time: a legend, an axis, a row for each thing. A table below it says the same to people who hear
// the page; the arrow keys tell the rows one by one.
import { Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Legend, type LegendMark } from './legend.tsx';
import { placed } from './scale.ts';
import { TimeAxis } from './time-axis.tsx';

/** Rows that are drawn; the table has more. */
export const MOST_ROWS = 40;

/** The place of one row, in pixels. */
export interface RowPlace {
  /** The place of a moment in epoch seconds. */
  x(at: number): number;
  /** The upper edge. */
  y: number;
  width: number;
}

interface RowsPictureProps<T> {
  /** At most `MOST_ROWS`. */
  rows: readonly T[];
  keyOf(row: T): string;
  /** Epoch seconds at the left and right edge. */
  from: number;
  to: number;
  /** Pixels that stay free at the right edge. */
  margin: number;
  axisHeight: number;
  rowHeight: number;
  marks: readonly LegendMark[];
  /** The picture in words, for people who hear the page: `Lives of 12 tokens`. */
  label: string;
  inSentence(row: T): string;
  /** Said while no row is chosen. */
  note: string;
  children(row: T, place: RowPlace): ReactNode;
  /** Drawn over all rows. */
  over?(picture: { x(at: number): number; width: number; height: number }): ReactNode;
}

export function RowsPicture<T>(props: RowsPictureProps<T>) {
  const { rows, keyOf, from, to, margin, axisHeight, rowHeight, marks, label, inSentence, note, children, over } =
    props;
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  const x = placed(from, to, 0, Math.max(1, width - margin));
  const height = axisHeight + rows.length * rowHeight;
  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined || rows.length === 0) return;
    event.preventDefault();
    setAt((before = by > 0 ? -1 : rows.length) => Math.min(rows.length - 1, Math.max(0, before + by)));
  };
  const told = at === undefined ? undefined : rows[at];
  return (
    <figure className="plot timeline">
      <Group gap="md" component="figcaption" mb={6}>
        <Legend marks={marks} />
      </Group>
      <div ref={ref}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`${label}. Use the arrow keys to hear them one by one; the table below lists all.`}
            tabIndex={0}
            onKeyDown={step}
            onPointerLeave={() => setAt(undefined)}
            onBlur={() => setAt(undefined)}
          >
            <TimeAxis from={from} to={to} x={x} width={width} height={height} />
            {rows.map((row, index) => {
              const y = axisHeight + index * rowHeight;
              return (
                <g
                  key={keyOf(row)}
                  onPointerEnter={() => setAt(index)}
                  className={index === at ? 'timeline-life chosen' : 'timeline-life'}
                >
                  <rect x={0} y={y} width={width} height={rowHeight} className="timeline-row" />
                  {children(row, { x, y, width })}
                </g>
              );
            })}
            {over?.({ x, width, height })}
          </svg>
        )}
      </div>
      <Text size="xs" c="dimmed" role="status" mih="2.6em">
        {told === undefined ? note : inSentence(told)}
      </Text>
    </figure>
  );
}
