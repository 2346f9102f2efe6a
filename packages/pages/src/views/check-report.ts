// The report of `hallpass check` as one document: whatever it needs is in it, it works without scripts, and it can be sent
// to others.
import { type Html, html, markup } from '../html.ts';
import { icon } from '../parts/icons.ts';
import { reportPage } from '../report-page.ts';

type ModuleState = 'passed' | 'warned' | 'failed' | 'untouched' | 'unchecked';
type Severity = 'critical' | 'error' | 'warning';

interface RunProps {
  exit: string;
  ms: number;
  asked: readonly { call: string; answer: string; times: number }[];
}

interface ConditionProps {
  rule: string;
  severity: Severity;
  words: string;
  met: boolean;
  seen: string | undefined;
}

interface CheckModuleProps {
  story: string;
  state: ModuleState;
  doc: string;
  answer: string;
  expect: string;
  reason: string | undefined;
  did: readonly string[];
  before: RunProps | undefined;
  after: RunProps | undefined;
  later: RunProps | undefined;
  conditions: readonly ConditionProps[];
  output: string;
}

export interface CheckReportProps {
  command: readonly string[];
  world: string;
  app: string;
  /** ISO 8601. */
  made: string;
  ms: number;
  modules: readonly CheckModuleProps[];
  /** The reason for each rule, and what a good app does. */
  rules: readonly { rule: string; severity: Severity; words: string; why: string }[];
}

const states = {
  failed: { word: 'Failed', look: 'danger', means: 'A condition that costs people or does harm does not hold.' },
  warned: { word: 'Warned', look: 'warn', means: 'It works, and worse than it could.' },
  passed: { word: 'Passed', look: 'good', means: 'Every condition holds.' },
  untouched: { word: 'Untouched', look: '', means: 'The command made no call that the story changes.' },
  unchecked: {
    word: 'Not checked',
    look: '',
    means: 'The story could not be played, or the command fails without it.',
  },
} as const satisfies Record<ModuleState, { word: string; look: string; means: string }>;

const order: readonly ModuleState[] = ['failed', 'warned', 'passed', 'untouched', 'unchecked'];
const looks: Readonly<Record<Severity, string>> = { critical: 'danger', error: 'danger', warning: 'warn' };

const reportCss = `
.report-head{display:flex;flex-direction:column;gap:.375rem}
.counts a{color:var(--ink);text-decoration:none}
.story{border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.story>summary{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .75rem;padding:.75rem 1rem;min-height:3rem}
.story>summary:hover{background:var(--hover)}
.story>summary .tag{margin:0;align-self:center;min-width:6.5rem;text-align:center}
.story>summary code{background:none;padding:0;font-weight:600}
.story>summary .small{flex:1 1 14rem;color:var(--soft)}
.story>.inside{display:flex;flex-direction:column;gap:1rem;padding:.25rem 1rem 1.25rem}
.story dl{display:grid;gap:.25rem 1rem;grid-template-columns:minmax(0,1fr)}
.story dt{color:var(--soft);font-size:.875rem}
.condition{display:flex;flex-direction:column;gap:.125rem;padding:.625rem .875rem;border-radius:.5rem;background:var(--sunk)}
.condition.danger{background:var(--danger-soft)}
.condition.warn{background:var(--warn-soft)}
.conditions{display:flex;flex-direction:column;gap:.375rem}
.runs{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr))}
.run{border:1px solid var(--line);border-radius:.5rem;padding:.75rem;display:flex;flex-direction:column;gap:.375rem}
.run li{display:flex;flex-wrap:wrap;gap:0 .75rem;font-size:.875rem}
.run .answer{margin-inline-start:auto;text-align:end;color:var(--soft)}
.rule{padding:.75rem 1rem}
.rule+.rule{border-top:1px solid var(--line)}
@media (min-width:48rem){.story dl{grid-template-columns:9rem minmax(0,1fr)}}
@media print{.condition,.run,.rule{break-inside:avoid}.condition{border:1px solid var(--line)}}
`;

export function checkReport(props: CheckReportProps): string {
  const { command, modules } = props;
  const present = order.filter((state) => modules.some((module) => module.state === state));
  return reportPage(
    { title: `Check of ${command.join(' ')} · Hallpass`, css: reportCss },
    html`<header class="report-head"><h1>What the app does when things happen</h1>
<p><code>${command.join(' ')}</code></p>
<p class="small soft">${props.app} in the world ${props.world}, ${modules.length} ${modules.length === 1 ? 'story' : 'stories'} in ${(props.ms / 1000).toFixed(1)} seconds, ${props.made.slice(0, 16).replace('T', ' ')} UTC.</p></header>
<nav class="counts" aria-label="Results">${present.map((state) => countOf(state, modules))}</nav>
${present.map(
  (
    state,
  ) => html`<section class="stack" id="${state}" aria-labelledby="${state}-title"><div class="tight"><h2 id="${state}-title">${states[state].word}</h2><p class="small soft">${states[state].means}</p></div>
${modules.filter((module) => module.state === state).map(storyOf)}</section>`,
)}
<section class="stack" aria-labelledby="rules-title"><h2 id="rules-title">The rules</h2><div class="panel">${props.rules.map(ruleOf)}</div></section>`,
  );
}

const countOf = (state: ModuleState, modules: CheckReportProps['modules']): Html =>
  html`<a href="#${state}"><strong>${modules.filter((module) => module.state === state).length}</strong> ${states[state].word}</a>`;

function storyOf(module: CheckModuleProps): Html {
  const { story, state, doc, answer, expect, reason, did, before, after, later, conditions, output } = module;
  const { word, look } = states[state];
  const broken = conditions.filter(({ met }) => !met);
  const holding = conditions.filter(({ met }) => met);
  const isOpen = broken.length > 0;
  return html`<details class="story" id="story-${story}"${isOpen ? markup(' open') : ''}><summary><span class="tag ${look}">${word}</span><code>${story}</code><span class="small">${doc}</span></summary>
<div class="inside">
${reason === undefined ? '' : html`<p>${reason}</p>`}
${broken.length === 0 ? '' : html`<ul class="conditions" aria-label="What does not hold">${broken.map(conditionOf)}</ul>`}
<dl><dt>A good app</dt><dd>${expect}</dd><dt>The answer</dt><dd>${answer}</dd>${did.length === 0 ? '' : html`<dt>Done</dt><dd>${did.join('; ')}</dd>`}</dl>
${runsOf({ before, after, later })}
${holding.length === 0 ? '' : html`<details class="fold"><summary>${holding.length} ${holding.length === 1 ? 'condition holds' : 'conditions hold'}${icon('down')}</summary><ul class="conditions">${holding.map(conditionOf)}</ul></details>`}
${output === '' ? '' : html`<details class="fold"><summary>What the command printed${icon('down')}</summary><pre>${output}</pre></details>`}
</div></details>`;
}

const conditionOf = ({ rule, severity, words, met, seen }: ConditionProps): Html =>
  html`<li class="condition ${met ? '' : looks[severity]}"><span>${words}</span>${met ? '' : html`<strong>${seen ?? ''}</strong>`}<span class="small">${met ? '' : `${severity}, `}<a href="#rule-${rule}">${rule}</a></span></li>`;

const runTitles = { before: 'Before the story', after: 'After it happened', later: 'When it was over' } as const;

function runsOf(runs: Pick<CheckModuleProps, keyof typeof runTitles>): Html | '' {
  const shown = (['before', 'after', 'later'] as const).flatMap((when) => {
    const run = runs[when];
    return run === undefined ? [] : [runOf(runTitles[when], run)];
  });
  return shown.length === 0 ? '' : html`<div class="runs">${shown}</div>`;
}

const runOf = (title: string, { exit, ms, asked }: RunProps): Html =>
  html`<div class="run"><h3>${title}</h3><p class="small soft">${exit}, ${ms} ms</p>${asked.length === 0 ? html`<p class="small">No call was made.</p>` : html`<ul>${asked.map(({ call, answer, times }) => html`<li><span>${call}${times === 1 ? '' : ` × ${times}`}</span><span class="answer">${answer}</span></li>`)}</ul>`}</div>`;

const ruleOf = ({ rule, severity, words, why }: CheckReportProps['rules'][number]): Html =>
  html`<div class="rule tight" id="rule-${rule}"><h3>${words}</h3><p class="small soft">${rule}, ${severity}</p><p>${why}</p></div>`;
