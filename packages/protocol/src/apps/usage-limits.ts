// The answer of `usage_limits` says how much of one limit an app has used up. No document of the real service describes
// it; its dashboard shows the same.

/** The use of one limit of an app. */
export interface LimitUse {
  /** `app`, `page` for a Page that is called with tokens of people, or a use case. */
  use_case: string;
  /** The Page or ad account; absent for the app itself. */
  object_id?: string;
  calls: number;
  /** Calls in the span that are allowed. */
  allowance: number;
  /** Seconds that count. */
  span: number;
  /** Percents, as the headers of answers tell them. */
  call_count: number;
  total_cputime: number;
  total_time: number;
  /** Seconds until a call is let through again; 0 while calls are allowed. */
  regain_seconds: number;
}

/** One item of the list: its name is the use case and the object. */
export interface UsageLimit extends LimitUse {
  /** E.g. `app:` or `pages:104`. */
  name: string;
}
