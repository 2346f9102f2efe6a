// Pictures of lives and ends share these: the moments along the top, with their lines, and the line of the present one.
import { momentWords } from './scale.ts';

interface TimeAxisProps {
  /** Epoch seconds. */
  from: number;
  to: number;
  /** Puts a moment into the picture. */
  x(at: number): number;
  /** Pixels. */
  width: number;
  height: number;
}

export function TimeAxis({ from, to, x, width, height }: TimeAxisProps) {
  const words = momentWords(to - from);
  const count = Math.max(2, Math.floor(width / 130));
  const moments = Array.from({ length: count }, (_, index) => from + ((to - from) * (index + 0.5)) / count);
  return moments.map((moment) => (
    <g key={moment}>
      <line x1={x(moment)} x2={x(moment)} y1={16} y2={height} className="plot-grid" />
      <text x={x(moment)} y={11} textAnchor="middle">
        {words.format(new Date(moment * 1000))}
      </text>
    </g>
  ));
}

interface NowLineProps {
  /** The place of the present moment. */
  at: number;
  /** The height at which the rows begin. */
  top: number;
  width: number;
  height: number;
}

export function NowLine({ at, top, width, height }: NowLineProps) {
  return (
    <>
      <line x1={at} x2={at} y1={top - 8} y2={height} className="plot-here timeline-now" />
      <text x={at} y={top - 12} textAnchor={at > width - 40 ? 'end' : 'start'} className="timeline-now-word">
        now
      </text>
    </>
  );
}
