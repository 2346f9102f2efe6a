// Breakdowns part figures of campaigns by who saw them and where: the total of a campaign is parted in fixed shares,
// which come from its id, so that the parts of every report add up to its total. How they are made is ours. Source of
// the names: the breakdowns of the insights.
import { type Figures, nothing, spread } from './ad-figures.ts';

/** The breakdowns that there are, with the values that rows of each have. */
export const breakdownValues = {
  age: ['18-24', '25-34', '35-44', '45-54', '55-64', '65+'],
  country: ['AT', 'CH', 'DE', 'FR', 'NL'],
  device_platform: ['desktop', 'mobile_app', 'mobile_web'],
  gender: ['female', 'male', 'unknown'],
  publisher_platform: ['audience_network', 'facebook', 'instagram', 'messenger'],
} as const;

export type Breakdown = keyof typeof breakdownValues;

interface Part {
  /** The value of each breakdown, by its name. */
  values: Readonly<Partial<Record<Breakdown, string>>>;
  figures: Figures;
}

/**
 * One part for each combination of values, in a fixed order; their sum is the total. Without breakdowns it is the total
 * itself.
 */
export function partsOf(campaignId: string, total: Figures, breakdowns: readonly Breakdown[]): Part[] {
  let combinations: Part['values'][] = [{}];
  for (const name of breakdowns)
    combinations = combinations.flatMap((values) =>
      breakdownValues[name].map((value) => ({ ...values, [name]: value })),
    );
  const weights = combinations.map((values) => 50 + spread(`part/${campaignId}/${JSON.stringify(values)}`, 101));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let counted: Figures = nothing;
  return combinations.map((values, at) => {
    before += weights[at] ?? 0;
    const upTo = scaled(total, before, all);
    const figures = { ...less(upTo, counted) };
    counted = upTo;
    return { values, figures };
  });
}

const scaled = (total: Figures, of: number, by: number): Figures => each((name) => Math.floor((total[name] * of) / by));
const less = (a: Figures, b: Figures): Figures => each((name) => a[name] - b[name]);
const each = (make: (name: keyof Figures) => number): Figures => ({
  spend: make('spend'),
  impressions: make('impressions'),
  clicks: make('clicks'),
  reach: make('reach'),
});
