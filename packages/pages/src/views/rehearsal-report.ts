// The report of `hallpass vault rehearse` as one document: whatever it needs is in it, it works without scripts, and it
// can be sent to others.
import { type Html, html } from '../html.ts';
import { icon } from '../parts/icons.ts';
import { reportPage } from '../report-page.ts';

type Look = 'danger' | 'warn' | 'good' | '';

interface RehearsedLine {
  connection: string;
  /** It happens to the connection: `stops working`. */
  verb: string;
  look: Look;
  /** `09:20`, in the time zone of the report. */
  time: string;
  /** Sentences that say why. */
  says: readonly string[];
}

interface RehearsedDayProps {
  day: number;
  /** `2026-12-10` */
  date: string;
  orders: readonly string[];
  lines: readonly RehearsedLine[];
  /** Tokens that were extended. */
  extended: number;
  mails: readonly { to: string; subject: string; text: string; time: string }[];
}

/** A connection through all days: its marks, and the day from which it is of no use. */
interface TimelineRow {
  name: string;
  stops: number | undefined;
  marks: readonly { day: number; look: Look; title: string }[];
}

export interface RehearsalReportProps {
  platform: string;
  from: string;
  until: string;
  timeZone: string;
  /** The number of the last day; the first is 0. */
  lastDay: number;
  connections: number;
  breaks: number;
  mails: number;
  addresses: number;
  extended: number;
  days: readonly RehearsedDayProps[];
  timeline: readonly TimelineRow[];
  /** Connections that do not stand in the timeline, because nothing happens to them. */
  quiet: number;
  left: readonly { name: string; because: string }[];
  approximate: readonly string[];
}

const reportCss = `
.report{gap:1.5rem}
pre{margin-top:.375rem}
.timeline{display:grid;gap:.25rem .75rem;grid-template-columns:minmax(0,1fr);align-items:center;padding:1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.timeline .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:.875rem}
.timeline svg{display:block;width:100%;height:1.25rem}
.axis{display:flex;font-size:.75rem;color:var(--soft)}
.axis span{min-width:0;padding-left:.125rem;border-left:1px solid var(--line);white-space:nowrap;overflow:visible}
.life{fill:var(--line)}
.over{fill:var(--danger-soft)}
.mark{fill:var(--soft)}
.mark.danger{fill:var(--danger)}
.mark.warn{fill:var(--warn)}
.mark.good{fill:var(--good)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem;color:var(--soft)}
.legend svg{display:inline-block;width:.75rem;height:.75rem;margin-right:.375rem;vertical-align:-.0625rem}
.day{display:grid;gap:.5rem 1rem;grid-template-columns:minmax(0,1fr);padding:.875rem 1rem}
.day+.day{border-top:1px solid var(--line)}
.day h3{font-size:1rem}
.day ul{display:flex;flex-direction:column;gap:.5rem}
.event{display:flex;flex-wrap:wrap;gap:.25rem .625rem;align-items:baseline}
.event .says{flex:1 1 100%;color:var(--soft);font-size:.875rem}
.order{padding:.5rem .75rem;border-left:3px solid var(--warn);background:var(--sunk);border-radius:0 .375rem .375rem 0}
@media (min-width:48rem){.timeline{grid-template-columns:minmax(6rem,14rem) minmax(0,1fr)}.day{grid-template-columns:8rem minmax(0,1fr)}}
@media print{:is(.event,.order,.day>div:first-child){break-inside:avoid}.day h3{break-after:avoid}}
`;

/** The width of a day in the drawing, and the days between two of its dates. */
const DAY = 10;
const TICK = 10;

export function rehearsalReport(props: RehearsalReportProps): string {
  const { platform, from, until, timeZone, days, left, approximate } = props;
  const busy = days.filter(({ orders, lines, mails }) => orders.length + lines.length + mails.length > 0);
  return reportPage(
    { title: `Rehearsal of ${platform}, ${from} to ${until}`, css: reportCss },
    html`<header class="tight"><h1>What would break, and who would be told</h1>
<p class="soft">${platform}, ${from} to ${until}, if nobody does anything. Dates are those of ${timeZone}.</p></header>
<div class="counts">${countOf(props.connections, 'connection', 'connections')}${countOf(props.breaks, 'stops working', 'stop working')}${countOf(props.mails, 'mail', 'mails')}${countOf(props.addresses, 'address', 'addresses')}${countOf(props.extended, 'extension', 'extensions')}</div>
${timelineOf(props)}
<section class="stack" aria-labelledby="days-title"><h2 id="days-title">Day by day</h2>${busy.length === 0 ? html`<p>Nothing happens.</p>` : html`<div class="panel">${busy.map(dayOf)}</div>`}</section>
${left.length === 0 ? '' : html`<section class="stack" aria-labelledby="left-title"><h2 id="left-title">Not rehearsed</h2><ul>${left.map(({ name, because }) => html`<li><bdi>${name}</bdi>: ${because}</li>`)}</ul></section>`}
${approximate.length === 0 ? '' : html`<section class="stack" aria-labelledby="nearly-title"><h2 id="nearly-title">Rehearsed nearly</h2><p>The platform gives such ends at other times: ${approximate.join(', ')}.</p></section>`}`,
  );
}

const countOf = (count: number, one: string, many: string): Html =>
  html`<div><strong>${count}</strong> ${count === 1 ? one : many}</div>`;

function timelineOf({ timeline, lastDay, quiet }: RehearsalReportProps): Html | '' {
  if (timeline.length === 0) return '';
  const width = (lastDay + 1) * DAY;
  const ticks = Array.from({ length: Math.floor(lastDay / TICK) + 1 }, (_, n) => n * TICK);
  return html`<section class="stack" aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2>
<p class="legend"><span>${dot('danger')}stops working</span><span>${dot('warn')}ends soon, or has lost something</span><span>${dot('good')}works again</span><span>${dot('')}extended</span></p>
<div class="timeline"><span class="small soft">Day</span><div class="axis" aria-hidden="true">${ticks.map((day) => html`<span style="flex:${Math.min(TICK, lastDay + 1 - day)}">${day}</span>`)}</div>
${timeline.map((row) => rowOf(row, width))}</div>
${quiet === 0 ? '' : html`<p class="small soft">Nothing happens to ${quiet} other ${quiet === 1 ? 'connection' : 'connections'}.</p>`}</section>`;
}

const dot = (look: Look): Html =>
  html`<svg viewBox="0 0 10 10" aria-hidden="true"><circle class="mark ${look}" cx="5" cy="5" r="5"/></svg>`;

function rowOf({ name, stops, marks }: TimelineRow, width: number): Html {
  const end = stops === undefined ? width : stops * DAY + DAY / 2;
  return html`<span class="name" title="${name}"><bdi>${name}</bdi></span><svg viewBox="0 0 ${width} 20" preserveAspectRatio="none" role="img" aria-label="${marks.map(({ title }) => title).join('; ')}"><rect class="life" x="0" y="8" width="${end}" height="4"/>${stops === undefined ? '' : html`<rect class="over" x="${end}" y="8" width="${width - end}" height="4"/>`}${marks.map(({ day, look, title }) => html`<rect class="mark ${look}" x="${day * DAY + 2}" y="3" width="6" height="14" rx="2"><title>${title}</title></rect>`)}</svg>`;
}

const dayOf = ({ day, date, orders, lines, extended, mails }: RehearsedDayProps): Html =>
  html`<div class="day"><div><h3><time datetime="${date}">${date}</time></h3><p class="small soft">day ${day}${extended === 0 ? '' : `, ${extended} extended`}</p></div>
<ul>${orders.map((order) => html`<li class="order">${order}</li>`)}${lines.map(lineOf)}${mails.map(mailOf)}</ul></div>`;

const lineOf = ({ connection, verb, look, time, says }: RehearsedLine): Html =>
  html`<li class="event"><span class="tag ${look}">${verb}</span><strong><bdi>${connection}</bdi></strong><span class="small soft">${time}</span>${says.length === 0 ? '' : html`<span class="says">${says.join(' ')}</span>`}</li>`;

const mailOf = ({ to, subject, text, time }: RehearsedDayProps['mails'][number]): Html =>
  html`<li><details class="fold"><summary><span>Mail to <bdi>${to}</bdi>: <bdi>${subject}</bdi> (${time})</span>${icon('down')}</summary><pre>${text}</pre></details></li>`;
