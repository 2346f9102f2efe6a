// These are the differences between versions of the Graph that are served here, each once: the server answers by them, and the
// API Upgrade Tool tells them. Only what a source reports is in the list.
import { compareVersions, type Version } from './versions.ts';

export interface VersionChange {
  /** The first version that has it. */
  readonly from: Version;
  /** One sentence: what is different from then on. */
  readonly what: string;
  /** One sentence: what a caller does instead. */
  readonly instead: string;
  /** Names of fields, parameters or edges; a call that has one of them may be touched. Empty for what no call can be told by. */
  readonly words: readonly string[];
  /** The method of the calls that are touched; absent for all. */
  readonly method?: 'POST';
  readonly source: string;
}

// biome-ignore format: it is read as a table
export const versionChanges = {
  username: { from: 'v2.0', what: 'The field username of a person is refused.', instead: 'Use the id of the person.', words: ['username'], source: 'thephpleague/oauth2-facebook#29' },
  unsupported_words: { from: 'v2.1', what: 'The error about an unsupported request has a different wording.', instead: 'Tell errors apart by code and subcode, not by their wording.', words: [], source: 'rizen/Facebook-Graph#49' },
  oauth_device: { from: 'v2.6', what: 'POST oauth/device is refused.', instead: 'Use device/login and device/login_status.', words: ['oauth/device'], source: 'restfb/restfb#445, #726' },
  bio: { from: 'v2.8', what: 'The field bio of a person is refused.', instead: 'Leave it out of fields.', words: ['bio'], source: 'thephpleague/oauth2-facebook#29, mautic/mautic#4042' },
  ended_words: { from: 'v2.9', what: 'The errors about a changed password and a lost role on a Page have a different wording.', instead: 'Tell errors apart by code and subcode, not by their wording.', words: [], source: 'Charca/bootbot#154' },
  post_attachments: { from: 'v3.3', what: 'The fields caption, description, link, name, object_id, source and type of a post are refused.', instead: 'Read them from its attachments.', words: ['caption', 'object_id'], source: 'restfb/restfb#990' },
  insights_fields: { from: 'v19.0', what: 'Eight fields of figures about advertisements are refused, among them location and labels.', instead: 'Leave them out of fields.', words: ['age_targeting', 'gender_targeting', 'estimated_ad_recall_rate_lower_bound', 'estimated_ad_recall_rate_upper_bound', 'estimated_ad_recallers_lower_bound', 'estimated_ad_recallers_upper_bound'], source: 'airbytehq/airbyte#35334' },
  budget_sharing: { from: 'v24.0', what: 'A campaign without a budget must say whether its ad sets share theirs.', instead: 'Send is_adset_budget_sharing_enabled.', words: ['campaigns'], method: 'POST', source: 'bikeindex/bike_index#3693' },
  ids_at_root: { from: 'v26.0', what: 'The root no longer accepts ids.', instead: 'Read each id in its own call, or many in a batch.', words: ['ids'], source: 'restfb/restfb#1692' },
} as const satisfies Record<string, VersionChange>;

export type VersionChangeName = keyof typeof versionChanges;

/** Tells whether a call in this version meets the change. */
export const meetsChange = (version: Version, name: VersionChangeName): boolean =>
  compareVersions(version, versionChanges[name].from) >= 0;

/** The parts of a call by which a change is recognised. */
export interface CallWords {
  method: string;
  /** True for the name of one of its fields, parameters or path segments, and for the path as a whole. */
  has(word: string): boolean;
}

/**
 * The changes that come between two versions, oldest first.
 * @param call only the changes that may touch this call
 */
export function changesBetween(older: Version, newer: Version, call?: CallWords): readonly VersionChange[] {
  const between = allBetween(older, newer);
  if (call === undefined || between.length === 0) return between;
  return between.filter(
    ({ words, method = call.method }) => method === call.method && words.some((word) => call.has(word)),
  );
}

/** The lists that were made once, by their two versions. */
const lists = new Map<string, readonly VersionChange[]>();

function allBetween(older: Version, newer: Version): readonly VersionChange[] {
  const name = `${older} ${newer}`;
  const known = lists.get(name);
  if (known) return known;
  const between = Object.values<VersionChange>(versionChanges).filter(
    ({ from }) => compareVersions(from, older) > 0 && compareVersions(from, newer) <= 0,
  );
  lists.set(name, between);
  return between;
}
