// A check plays stories against a command, and says what it does wrong.
export { type CallRecorder, type CheckedCall, recordCalls } from './check-call.ts';
export { checkRules, type CheckRule, type CheckRuleId } from './check-rules.ts';
export {
  brokenIn,
  type CheckModule,
  type CheckReport,
  countStates,
  type Condition,
  moduleStates,
  type ModuleState,
  type RunFacts,
  severities,
  type Severity,
} from './check-report.ts';
export {
  checkStories,
  type CheckOptions,
  type HandedValues,
  type RunEnd,
  runOnce,
  type RunOptions,
} from './check-stories.ts';
export { type ScopesReport, scopesOf } from './scopes.ts';
export { type SunsetReport, sunsetOf } from './sunset.ts';
