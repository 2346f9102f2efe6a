// One of the person's Pages, to be ticked.
import { classicTasks, pageTasks, type Task } from '@hallpass/protocol';
import { flag, type Html, html } from '../html.ts';
import { avatar } from './avatar.ts';
import { name } from './name.ts';

export interface PageChoice {
  id: string;
  name: string;
  category?: string;
  /** What the person may do on the Page. */
  tasks: readonly Task[];
  /** Ticked at first: what was chosen before, or everything. */
  chosen: boolean;
}

const SHOWN = 3;

/** A Page's tasks in words: the first few of those that allow most, and how many more there are. */
function tasksInWords(tasks: readonly Task[]): string {
  const classic = classicTasks.filter((task) => tasks.includes(task)).toReversed();
  const titles = [...new Set([...classic, ...tasks].map((task) => pageTasks[task].title))];
  const more = titles.length - SHOWN;
  return more > 1 ? `${titles.slice(0, SHOWN).join(', ')} and ${more} more` : titles.join(', ');
}

/** A row with a tick, sent as `pages`. */
export function pageRow(page: PageChoice): Html {
  const about = [page.category && html`${name(page.category)}`, page.tasks.length > 0 && tasksInWords(page.tasks)].filter(Boolean);
  return html`<li><label class="row">${avatar('page', page)}<input class="tick" type="checkbox" name="pages" value="${page.id}"${flag('checked', page.chosen)}><span class="what"><strong>${name(page.name)}</strong><span class="small">${about.map((part, i) => html`${i ? ' · ' : ''}${part}`)}</span></span></label></li>`;
}
