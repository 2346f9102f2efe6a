// The picture of the lives: a bar for each token, the axis of time, a line for now.
import { dated } from '../../../parts/moment.tsx';
import { MOST_ROWS, type RowPlace, RowsPicture } from '../../../parts/plot/rows-picture.tsx';
import { NowLine } from '../../../parts/plot/time-axis.tsx';
import { endOf, spanOf, type TokenLife, tokenName } from './token-life.ts';

/** Pixels. */
const ROW = 26;
const BAR = 10;
const AXIS = 40;

const marks = [
  { words: 'alive', colour: 'var(--brand)' },
  { words: 'dead', colour: 'var(--danger)' },
  { words: 'data access ends', colour: 'var(--warn)' },
] as const;

export function TokenTimeline({ tokens, now }: { tokens: readonly TokenLife[]; now: number }) {
  const shown = tokens.slice(0, MOST_ROWS);
  return (
    <RowsPicture
      rows={shown}
      keyOf={({ token }) => token}
      {...spanOf(shown, now)}
      margin={1}
      axisHeight={AXIS}
      rowHeight={ROW}
      marks={marks}
      label={`Lives of ${shown.length} tokens`}
      inSentence={inSentence}
      note={tokens.length > MOST_ROWS ? `The newest ${MOST_ROWS} of ${tokens.length}.` : ''}
      over={({ x, width, height }) => <NowLine at={x(now)} top={AXIS} width={width} height={height} />}
    >
      {(life, place) => <Life life={life} place={place} />}
    </RowsPicture>
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

function Life({ life, place: { x, y, width } }: { life: TokenLife; place: RowPlace }) {
  const { issued, expires, alive, data_access_ends: access } = life;
  const end = endOf(life);
  const start = x(issued);
  const length = Math.max(3, (end === undefined ? width : x(end)) - start);
  const top = y + (ROW - BAR) / 2;
  return (
    <>
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
    </>
  );
}
