// The picture of the lives: a bar for each token, the axis of time, a line for now. The table below it says the same to
// people who hear the page; the arrow keys tell the lives one by one.
import { Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useState } from 'react';
import { dated } from '../../../parts/moment.tsx';
import { placed } from '../../../parts/plot/scale.ts';
import { NowLine, TimeAxis } from '../../../parts/plot/time-axis.tsx';
import { endOf, spanOf, type TokenLife, tokenName } from './token-life.ts';

/** Pixels. */
const ROW = 26;
const BAR = 10;
const AXIS = 40;
/** Lives that are drawn; the table has all. */
const MOST = 40;

const marks = [
  { name: 'alive', colour: 'var(--brand)' },
  { name: 'dead', colour: 'var(--danger)' },
  { name: 'data access ends', colour: 'var(--warn)' },
] as const;

export function TokenTimeline({ tokens, now }: { tokens: readonly TokenLife[]; now: number }) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  const shown = tokens.slice(0, MOST);
  const { from, to } = spanOf(shown, now);
  const x = placed(from, to, 0, Math.max(1, width - 1));
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
      <Group gap="md" component="figcaption">
        {marks.map(({ name, colour }) => (
          <Group key={name} gap={6}>
            <span className="plot-mark" style={{ background: colour }} aria-hidden />
            <Text size="xs">{name}</Text>
          </Group>
        ))}
      </Group>
      <div ref={ref}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`Lives of ${shown.length} tokens. Use the arrow keys to hear them one by one; the table below lists all.`}
            tabIndex={0}
            onKeyDown={step}
            onPointerLeave={() => setAt(undefined)}
            onBlur={() => setAt(undefined)}
          >
            <TimeAxis from={from} to={to} x={x} width={width} height={height} />
            {shown.map((life, index) => (
              <Life
                key={life.token}
                life={life}
                x={x}
                width={width}
                y={AXIS + index * ROW}
                chosen={index === at}
                onChoose={() => setAt(index)}
              />
            ))}
            <NowLine at={x(now)} top={AXIS} width={width} height={height} />
          </svg>
        )}
      </div>
      <Text size="xs" c="dimmed" role="status" mih="2.6em">
        {told ? inSentence(told) : tokens.length > MOST ? `The newest ${MOST} of ${tokens.length}.` : ''}
      </Text>
    </figure>
  );
}

function inSentence(life: TokenLife): string {
  const { issued, expires, data_access_ends: access, alive, ended, ended_by: by } = life;
  const end = alive
    ? `alive, ${expires === undefined ? 'and does not expire' : `expires ${dated(expires)}`}`
    : `dead${ended === undefined ? '' : ` since ${dated(ended)}`}: ${by ?? ''}`;
  const data = access === undefined ? '' : ` Data access ends ${dated(access)}.`;
  return `${tokenName(life)}: issued ${dated(issued)}; ${end}${/[.!?]$/.test(end) ? '' : '.'}${data}`;
}

interface LifeProps {
  life: TokenLife;
  x(at: number): number;
  width: number;
  y: number;
  chosen: boolean;
  onChoose(): void;
}

function Life({ life, x, width, y, chosen, onChoose }: LifeProps) {
  const { issued, expires, alive, data_access_ends: access } = life;
  const end = endOf(life);
  const start = x(issued);
  const length = Math.max(3, (end === undefined ? width : x(end)) - start);
  const top = y + (ROW - BAR) / 2;
  return (
    <g onPointerEnter={onChoose} className={chosen ? 'timeline-life chosen' : 'timeline-life'}>
      <rect x={0} y={y} width={width} height={ROW} className="timeline-row" />
      {/* The rest of the life that a token did not have. */}
      {!alive && expires !== undefined && (
        <rect x={start} y={y + ROW / 2 - 1} width={Math.max(0, x(expires) - start)} height={2} fill="var(--edge)" />
      )}
      <rect x={start} y={top} width={length} height={BAR} rx={3} fill={alive ? 'var(--brand)' : 'var(--danger)'} />
      {/* A token without an end goes on beyond the picture. */}
      {end === undefined && <path d={`M${width - 7},${top} l7,${BAR / 2} l-7,${BAR / 2} z`} fill="var(--card)" />}
      {access !== undefined && (
        <path
          d={`M${x(access)},${y + 4} l5,${ROW / 2 - 4} l-5,${ROW / 2 - 4} l-5,${4 - ROW / 2} z`}
          fill="var(--warn)"
          stroke="var(--card)"
        />
      )}
    </g>
  );
}
