// The picture of the ends: a line for each connection from now to its end, in a colour that says who renews it. The table
// below it says the same to people who hear the page; the arrow keys tell the ends one by one.
import { Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { TimelineEnd } from '@hallpass/vault/client';
import { type KeyboardEvent, useState } from 'react';
import { about } from '../../../parts/about.ts';
import { dated } from '../../../parts/moment.tsx';
import { placed } from '../../../parts/plot/scale.ts';
import { TimeAxis } from '../../../parts/plot/time-axis.tsx';
import { renewals } from './renewals.ts';

/** Pixels. */
const ROW = 34;
const AXIS = 24;
const MARK = 6;
/** Ends that are drawn; the table has more. */
const MOST = 40;

interface EndsPictureProps {
  ends: readonly TimelineEnd[];
  /** Epoch seconds. */
  now: number;
  until: number;
}

export function EndsPicture({ ends, now, until }: EndsPictureProps) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  const shown = ends.slice(0, MOST);
  const x = placed(now, until, 0, Math.max(1, width - MARK - 2));
  const height = AXIS + shown.length * ROW;
  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined || shown.length === 0) return;
    event.preventDefault();
    setAt((before = by > 0 ? -1 : shown.length) => Math.min(shown.length - 1, Math.max(0, before + by)));
  };
  const told = at === undefined ? undefined : shown[at];
  return (
    <figure className="plot timeline">
      <Group gap="md" component="figcaption" mb={6}>
        {Object.values(renewals).map(({ words, colour }) => (
          <Group key={words} gap={6}>
            <span className="plot-mark" style={{ background: colour }} aria-hidden />
            <Text size="xs">{words}</Text>
          </Group>
        ))}
      </Group>
      <div ref={ref}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`Ends of ${shown.length} connections. Use the arrow keys to hear them one by one; the table below lists all.`}
            tabIndex={0}
            onKeyDown={step}
            onPointerLeave={() => setAt(undefined)}
            onBlur={() => setAt(undefined)}
          >
            <TimeAxis from={now} to={until} x={x} width={width} height={height} />
            {shown.map((end, index) => (
              <End
                key={`${end.id} ${end.of}`}
                end={end}
                x={x(end.until)}
                y={AXIS + index * ROW}
                width={width}
                chosen={index === at}
                onChoose={() => setAt(index)}
              />
            ))}
          </svg>
        )}
      </div>
      <Text size="xs" c="dimmed" role="status" mih="2.6em">
        {told
          ? inSentence(told, now)
          : ends.length > MOST
            ? `The first ${MOST} of ${ends.length.toLocaleString('en')}.`
            : ''}
      </Text>
    </figure>
  );
}

function inSentence({ name, until, of, renewal, ownerName }: TimelineEnd, now: number): string {
  const what = of === 'data_access' ? 'access to data ends' : 'ends';
  const owner = ownerName === undefined ? '' : ` Owner: ${ownerName}.`;
  return `${name}: ${what} ${about(until, now)}, ${dated(until)}. ${renewals[renewal].words}.${owner}`;
}

interface EndProps {
  end: TimelineEnd;
  x: number;
  y: number;
  width: number;
  chosen: boolean;
  onChoose(): void;
}

function End({ end: { name, renewal, of }, x, y, width, chosen, onChoose }: EndProps) {
  const { colour } = renewals[renewal];
  const line = y + ROW - 9;
  return (
    <g onPointerEnter={onChoose} className={chosen ? 'timeline-life chosen' : 'timeline-life'}>
      <rect x={0} y={y} width={width} height={ROW} className="timeline-row" />
      <text x={2} y={y + 14} className="ends-name">
        {name.length > 60 ? `${name.slice(0, 59)}…` : name}
      </text>
      <line x1={0} x2={x} y1={line} y2={line} stroke={colour} strokeWidth={3} strokeLinecap="round" />
      {of === 'data_access' ? (
        <path d={`M${x},${line - MARK} l${MARK},${MARK} l${-MARK},${MARK} l${-MARK},${-MARK} z`} fill={colour} />
      ) : (
        <circle cx={x} cy={line} r={MARK} fill={colour} />
      )}
    </g>
  );
}
