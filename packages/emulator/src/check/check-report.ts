// The report of a check is data: modules, one for each story, with the conditions that were looked at in each.
import type { StoryCard } from '../stories/play-story.ts';

/** A broken condition costs the people of an app this, the worst first. */
export const severities = {
  critical: 'Someone else could act as the people of the app.',
  error: 'The app loses people, does harm, or keeps trying in vain.',
  warning: 'The app works, but worse than it could.',
} as const;

export type Severity = keyof typeof severities;

export interface Condition {
  /** The id of the rule. */
  rule: string;
  severity: Severity;
  /** The condition in words, as something that holds. */
  words: string;
  met: boolean;
  /** The thing that was seen, where the condition does not hold. */
  seen: string | undefined;
  /** The place that says more about it, below the root of the repository. */
  link: string;
}

/** Calls that a command made in one run. */
export interface RunFacts {
  exit: string;
  ms: number;
  calls: number;
  /** `GET /me → 190/460`, each once, with how often. */
  asked: { call: string; answer: string; times: number }[];
}

export const moduleStates = {
  passed: 'Every condition holds.',
  warned: 'A condition with the severity warning does not hold.',
  failed: 'A condition with the severity error or critical does not hold.',
  untouched: 'The command made no call that the story affects, so nothing can be checked.',
  unchecked: "The story couldn't be played, or the command fails without it.",
} as const;

export type ModuleState = keyof typeof moduleStates;

export interface CheckModule extends Pick<StoryCard, 'story' | 'doc' | 'answer' | 'expect' | 'strikes' | 'leaves'> {
  state: ModuleState;
  /** The reason for which nothing could be checked. */
  reason: string | undefined;
  /** The acts of the story, in words. */
  did: string[];
  before: RunFacts | undefined;
  after: RunFacts | undefined;
  /** The run when the story was undone or over. */
  later: RunFacts | undefined;
  conditions: Condition[];
  /** The last words of the command in the story, without credentials. */
  output: string;
}

export interface CheckReport {
  command: string[];
  /** The name in the seed file. */
  world: string;
  app: string;
  /** ISO 8601. */
  made: string;
  ms: number;
  modules: CheckModule[];
}

/** The number of modules in each state. */
export const countStates = (modules: readonly Pick<CheckModule, 'state'>[]): Record<ModuleState, number> => {
  const counts = { passed: 0, warned: 0, failed: 0, untouched: 0, unchecked: 0 };
  for (const { state } of modules) counts[state]++;
  return counts;
};

export const brokenIn = ({ conditions }: Pick<CheckModule, 'conditions'>): Condition[] =>
  conditions.filter(({ met }) => !met);
