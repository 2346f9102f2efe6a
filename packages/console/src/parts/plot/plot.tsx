// A plot is a picture of figures over time: lines or bars, a limit across, and the same figures as a table for people
// who hear the page.
import { Group, Stack, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { ChartLine } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { Empty } from '../empty.tsx';
import { dated } from '../moment.tsx';
import { Legend } from './legend.tsx';
import { momentWords, placed, shortNumber, ticksOf } from './scale.ts';

export interface PlotSeries {
  name: string;
  /** One for each moment of `times`. */
  values: readonly number[];
  /** CSS colour; by default that of its place. */
  colour?: string;
}

export interface PlotProps {
  /** The title of the plot, e.g. "Calls by hour". */
  label: string;
  /** Epoch seconds, oldest first. */
  times: readonly number[];
  /** Four at most: each has a colour of its own. */
  series: readonly PlotSeries[];
  kind?: 'line' | 'bars';
  /** A line across, e.g. where calls are refused. */
  limit?: { name: string; value: number };
  /** Of each value, e.g. ` %`. */
  unit?: string;
  /** Pixels. */
  height?: number;
}

/** Roles of the palette, in the order of the series. */
const colours = ['var(--brand)', 'var(--note)', 'var(--warn)', 'var(--danger)'] as const;
const colourOf = ({ colour }: PlotSeries, index: number): string =>
  colour ?? colours[index % colours.length] ?? colours[0];

const LEFT = 44;
const BOTTOM = 22;
const TOP = 10;

export function Plot({ label, times, series, kind = 'line', limit, unit = '', height = 200 }: PlotProps) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  if (times.length === 0) return <Empty icon={ChartLine} title="No data yet" />;
  const most = Math.max(0, limit?.value ?? 0, ...series.flatMap(({ values }) => values));
  const ticks = ticksOf(most);
  const y = placed(0, ticks.at(-1) ?? 1, height - BOTTOM, TOP);
  const slot = Math.max(1, width - LEFT) / times.length;
  const x = (index: number) => LEFT + slot * (index + 0.5);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const words = momentWords(span);
  const every = Math.max(1, Math.ceil(76 / slot));
  const nearest = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const place = clientX - currentTarget.getBoundingClientRect().left - LEFT;
    setAt(Math.min(times.length - 1, Math.max(0, Math.floor(place / slot))));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setAt((before = times.length) => Math.min(times.length - 1, Math.max(0, before + by)));
  };
  return (
    <Stack gap={6} component="figure" m={0} className="plot">
      <Group gap="md" component="figcaption">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        {series.length > 1 && (
          <Legend marks={series.map((one, index) => ({ words: one.name, colour: colourOf(one, index) }))} />
        )}
      </Group>
      <div ref={ref}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`${label}. Use the arrow keys to read the values one by one.`}
            tabIndex={0}
            onPointerMove={nearest}
            onPointerLeave={() => setAt(undefined)}
            onKeyDown={step}
            onBlur={() => setAt(undefined)}
          >
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} className="plot-grid" />
                <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
                  {shortNumber(tick)}
                </text>
              </g>
            ))}
            {times.map((time, index) =>
              index % every === 0 ? (
                <text
                  key={time}
                  x={Math.min(x(index), width)}
                  y={height - 6}
                  // A word at the edge ends there: it would be cut off.
                  textAnchor={x(index) > width - 20 ? 'end' : 'middle'}
                >
                  {words.format(new Date(time * 1000))}
                </text>
              ) : null,
            )}
            {at !== undefined && <line x1={x(at)} x2={x(at)} y1={TOP} y2={height - BOTTOM} className="plot-here" />}
            {series.map((one, index) =>
              kind === 'bars' ? (
                <Bars
                  key={one.name}
                  values={one.values}
                  colour={colourOf(one, index)}
                  index={index}
                  count={series.length}
                  slot={slot}
                  x={x}
                  y={y}
                />
              ) : (
                <polyline
                  key={one.name}
                  fill="none"
                  stroke={colourOf(one, index)}
                  strokeWidth={2}
                  strokeLinejoin="round"
                  points={one.values.map((value, place) => `${x(place)},${y(value)}`).join(' ')}
                />
              ),
            )}
            {limit && (
              <line x1={LEFT} x2={width} y1={y(limit.value)} y2={y(limit.value)} className="plot-limit">
                <title>{limit.name}</title>
              </line>
            )}
          </svg>
        )}
      </div>
      <Text size="xs" c="dimmed" role="status" mih="1.4em">
        {at === undefined
          ? limit && `The dashed line is ${limit.name}: ${limit.value.toLocaleString('en')}${unit}.`
          : `${dated(times[at] ?? 0)}: ${series.map(({ name, values }) => `${name} ${(values[at] ?? 0).toLocaleString('en')}${unit}`).join(', ')}`}
      </Text>
      <AsNumbers times={times} series={series} unit={unit} />
    </Stack>
  );
}

interface BarsProps {
  values: readonly number[];
  colour: string;
  index: number;
  count: number;
  slot: number;
  x(index: number): number;
  y(value: number): number;
}

/** The bars of one series, beside those of the others. */
function Bars({ values, colour, index, count, slot, x, y }: BarsProps) {
  const wide = Math.max(1, Math.min(32, (slot * 0.8) / count));
  return values.map((value, place) => (
    <rect
      // oxlint-disable-next-line react/no-array-index-key -- a bar has no identity but its place
      key={place}
      x={x(place) + (index - count / 2) * wide}
      y={y(value)}
      width={Math.max(1, wide - 1)}
      height={Math.max(0, y(0) - y(value))}
      fill={colour}
    />
  ));
}

function AsNumbers({ times, series, unit }: Pick<PlotProps, 'times' | 'series' | 'unit'>) {
  return (
    <details>
      <Text component="summary" size="xs">
        As numbers
      </Text>
      <Table verticalSpacing={2} fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Time</Table.Th>
            {series.map(({ name }) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {times.map((time, index) => (
            <Table.Tr key={time}>
              <Table.Th scope="row">{dated(time)}</Table.Th>
              {series.map(({ name, values }) => (
                <Table.Td key={name}>
                  {(values[index] ?? 0).toLocaleString('en')}
                  {unit}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}
