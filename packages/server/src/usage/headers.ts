// This module writes the usage headers of an answer. Source: "Rate limits" and recorded answers; all figures are
// percentages, and what is beyond 100 is refused.
import type { CallUsage } from './call-usage.ts';
import { isMarketing, tierInHeader } from './use-cases.ts';

/** Adds the headers that belong to what was counted; none where no app is known. */
export function writeUsage(headers: Record<string, string | string[]>, tab: CallUsage, now: number): void {
  const { app, page, business } = tab;
  if (!app) return;
  headers['x-app-usage'] = app.counted.usage(now);
  if (page) headers['x-page-usage'] = page.usage(now);
  if (!business) return;
  const { counted, to } = business;
  const marketing = isMarketing(to.useCase);
  const tier = `"ads_api_access_tier":"${tierInHeader(app.tier)}"`;
  const minutes = Math.ceil((counted.over(now) ? counted.regain(now) : 0) / 60);
  headers['x-business-use-case-usage'] =
    `{"${to.id}":[{"type":"${to.useCase}",${counted.percents(now)},"estimated_time_to_regain_access":${minutes}${marketing ? `,${tier}` : ''}}]}`;
  if (!marketing) return;
  const share = Math.round((10_000 * counted.meter.calls) / counted.allowance) / 100 || 0;
  const reset = counted.meter.secondsUntil(now, (left) => left.calls <= 0);
  headers['x-ad-account-usage'] = `{"acc_id_util_pct":${share},"reset_time_duration":${reset},${tier}}`;
}
