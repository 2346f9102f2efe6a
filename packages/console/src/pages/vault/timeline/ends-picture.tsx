// The picture of the ends: a line for each connection from now to its end, in a colour that says who renews it.
import type { TimelineEnd } from '@hallpass/vault/client';
import { about } from '../../../parts/about.ts';
import { dated } from '../../../parts/moment.tsx';
import { MOST_ROWS, type RowPlace, RowsPicture } from '../../../parts/plot/rows-picture.tsx';
import { renewals } from './renewals.ts';

/** Pixels. */
const ROW = 34;
const AXIS = 24;
const MARK = 6;

interface EndsPictureProps {
  ends: readonly TimelineEnd[];
  /** Epoch seconds. */
  now: number;
  until: number;
}

export function EndsPicture({ ends, now, until }: EndsPictureProps) {
  const shown = ends.slice(0, MOST_ROWS);
  return (
    <RowsPicture
      rows={shown}
      keyOf={({ id, of }) => `${id} ${of}`}
      from={now}
      to={until}
      margin={MARK + 2}
      axisHeight={AXIS}
      rowHeight={ROW}
      marks={Object.values(renewals)}
      label={`Ends of ${shown.length} connections`}
      inSentence={(end) => inSentence(end, now)}
      note={ends.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${ends.length.toLocaleString('en')}.` : ''}
    >
      {(end, place) => <End end={end} place={place} />}
    </RowsPicture>
  );
}

function inSentence({ name, until, of, renewal, ownerName }: TimelineEnd, now: number): string {
  const what = of === 'data_access' ? 'access to data ends' : 'ends';
  const owner = ownerName === undefined ? '' : ` Owner: ${ownerName}.`;
  return `${name}: ${what} ${about(until, now)}, ${dated(until)}. ${renewals[renewal].words}.${owner}`;
}

function End({ end: { name, renewal, of, until }, place }: { end: TimelineEnd; place: RowPlace }) {
  const { colour } = renewals[renewal];
  const x = place.x(until);
  const line = place.y + ROW - 9;
  return (
    <>
      <text x={2} y={place.y + 14} className="ends-name">
        {name.length > 60 ? `${name.slice(0, 59)}…` : name}
      </text>
      <line x1={0} x2={x} y1={line} y2={line} stroke={colour} strokeWidth={3} strokeLinecap="round" />
      {of === 'data_access' ? (
        <path d={`M${x},${line - MARK} l${MARK},${MARK} l${-MARK},${MARK} l${-MARK},${-MARK} z`} fill={colour} />
      ) : (
        <circle cx={x} cy={line} r={MARK} fill={colour} />
      )}
    </>
  );
}
