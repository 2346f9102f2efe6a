// These rows are a person's Pages: one of them to be ticked, and the choice between those that are ticked and all of
// them.
import { classicTasks, pageTasks, type Task } from '@hallpass/protocol';
import { flag, type Html, html } from '../../html.ts';
import { avatar } from '../avatar.ts';
import { name } from '../words/name.ts';
import { filtered, type ListState, tickTools } from './tick-tools.ts';

export interface PageChoice {
  id: string;
  name: string;
  category?: string;
  /** The tasks of the person on the Page. */
  tasks: readonly Task[];
  /** Ticked at first: what was chosen before, or everything. */
  chosen: boolean;
}

/** A form takes no more ticks than this, and a page with more rows would be long to make and to read. */
export const MOST_PAGES_LISTED = 500;

const SHOWN = 3;

/** A Page's tasks in words: the first few of those that allow most, and how many more there are. */
function tasksInWords(tasks: readonly Task[]): string {
  const classic = classicTasks.filter((task) => tasks.includes(task)).toReversed();
  const titles = [...new Set([...classic, ...tasks].map((task) => pageTasks[task].title))];
  const more = titles.length - SHOWN;
  return more > 1 ? `${titles.slice(0, SHOWN).join(', ')} and ${more} more` : titles.join(', ');
}

/** The words that most of these Pages share, where several do: they are said once, above the list. */
function sharedTasks(pages: readonly PageChoice[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { tasks } of pages) {
    const words = tasksInWords(tasks);
    if (words !== '') counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const [words, count = 0] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? [];
  return count > 1 ? words : undefined;
}

/** A row with a tick, sent as `pages`. */
function pageRow(page: PageChoice, shared: string | undefined): Html {
  const tasks = tasksInWords(page.tasks);
  const about = [page.category && html`${name(page.category)}`, tasks === shared ? '' : tasks].filter(Boolean);
  return html`<li><label class="row">${avatar('page', page)}<input class="tick" type="checkbox" name="pages" value="${page.id}"${flag('checked', page.chosen)}><span class="what"><strong>${name(page.name)}</strong><span class="small">${about.map((part, i) => html`${i ? ' · ' : ''}${part}`)}</span></span></label></li>`;
}

/** The Pages that fit the filter, with what they share said once; the ticks of the others are sent as they are. */
export function pageRows(pages: readonly PageChoice[], list?: ListState): Html {
  const { shown, keptIds } = filtered(pages, list);
  const shared = sharedTasks(shown);
  const [first] = shown;
  const once =
    shared === undefined || !first
      ? ''
      : html`<p class="small soft">Your tasks on ${shown.every(({ tasks }) => tasksInWords(tasks) === shared) ? 'each of these Pages' : 'a Page where nothing else is said'}: ${shared}.</p>`;
  return html`${once}${shown.length > 0 ? html`<ul class="asked" aria-label="Your Pages">${shown.map((page) => pageRow(page, shared))}</ul>` : ''}${keptIds.map((id) => html`<input type="hidden" name="pages" value="${id}">`)}`;
}

/** Name of the two ways of choosing: `some` for what is ticked, `all` for every Page, also those to come. */
export const pageScopeName = 'page_scope';

function way(value: 'some' | 'all', chosen: boolean, title: string, words: string): Html {
  return html`<li><label class="row"><input class="tick round" type="radio" name="${pageScopeName}" value="${value}"${flag('checked', chosen)}><span class="what"><strong>${title}</strong><span class="small">${words}</span></span></label></li>`;
}

/** The person's own Pages. @param all every Page was chosen the last time, also those to come */
export function ownPages(legend: Html, pages: readonly PageChoice[], all: boolean, list?: ListState): Html {
  const cut =
    pages.length < MOST_PAGES_LISTED
      ? ''
      : html`<p class="small soft">Only ${MOST_PAGES_LISTED} of your Pages are listed.</p>`;
  return html`<fieldset class="own-pages"><legend class="small soft">${legend}</legend><ul class="asked">${way('some', !all, 'Only the Pages ticked below', 'Pages you get later aren’t included.')}${way('all', all, 'All current and future Pages', 'Includes any Page on which you’re given a task later.')}</ul><div class="ticks">${tickTools(pages, 'Pages', list)}${pageRows(pages, list)}${cut}</div></fieldset>`;
}
