// This row is one of the ad accounts of a business, to be ticked.
import { flag, type Html, html } from '../../html.ts';
import { avatar } from '../avatar.ts';
import { name } from '../words/name.ts';
import { filtered, type ListState } from './tick-tools.ts';

export interface AdAccountChoice {
  /** The id without `act_`. */
  id: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** Ticked at first: what was chosen before, or everything. */
  chosen: boolean;
}

/** A row with a tick, sent as `ad_accounts`. */
function adAccountRow(account: AdAccountChoice): Html {
  return html`<li><label class="row">${avatar('page', account)}<input class="tick" type="checkbox" name="ad_accounts" value="${account.id}"${flag('checked', account.chosen)}><span class="what"><strong>${name(account.name)}</strong><span class="small">act_${account.id} · ${account.currency}</span></span></label></li>`;
}

/** The ad accounts that fit the filter; the ticks of the others are sent as they are. */
export function adAccountRows(accounts: readonly AdAccountChoice[], list?: ListState): Html {
  const { shown, keptIds } = filtered(accounts, list);
  return html`${shown.length > 0 ? html`<ul class="asked">${shown.map(adAccountRow)}</ul>` : ''}${keptIds.map((id) => html`<input type="hidden" name="ad_accounts" value="${id}">`)}`;
}
