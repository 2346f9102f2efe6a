// Causes explain why a call is refused, or shows less than its caller hoped for: every cause that is looked at, in one
// sentence, and what repairs it. The explanation of a call names causes of this table alone, and each was decided by
// the rules themselves.

export interface CauseEntry {
  /** The explanation, if it is the cause. */
  doc: string;
  /** The remedy, as advice to the developer. */
  repair: string;
}

// biome-ignore format: it is read as a table
export const causes = {
  token_missing: { doc: 'The call has no access token.', repair: 'Send an access token with the call.' },
  token_unreadable: { doc: "The text isn't a token of this platform: it was cut off or changed, or comes from somewhere else.", repair: 'Copy the whole token again, or get a new one.' },
  token_dead: { doc: 'The token has ended.', repair: "Send the person through the dialog again. A new token doesn't bring the old one back." },
  app_in_development: { doc: 'The app is in development mode, and the person has no role on it.', repair: 'Give the person a role on the app, or make the app live.' },
  proof_wrong: { doc: 'The proof of the app secret is missing or wrong.', repair: 'Compute appsecret_proof with the current secret of the app, over exactly this token.' },
  wrong_kind: { doc: 'The call needs a different kind of token.', repair: 'Use a kind of token that the call accepts.' },
  wrong_app: { doc: 'The token belongs to another app.', repair: 'Use a token of the app that the call is about.' },
  wrong_person: { doc: 'The token acts for a different person from the one the call asks about.', repair: 'Check for whom the token acts, and log in as the right person.' },
  scope_not_granted: { doc: "The app didn't ask the person for the permission, so it wasn't granted.", repair: 'Ask for the permission in the dialog, and use the new token.' },
  scope_declined: { doc: 'The person declined the permission.', repair: 'Explain why the app needs it, and ask again with auth_type=rerequest.' },
  no_advanced_access: { doc: 'The app has no advanced access to the permission, so only people with a role on the app can grant it.', repair: 'Request advanced access, or try with a person who has a role on the app.' },
  data_access_ended: { doc: "The person hasn't used the app for 90 days, so its access to their data has ended.", repair: 'Send the person through the dialog with auth_type=reauthorize.' },
  not_chosen: { doc: "The person didn't choose this object for the app in the dialog.", repair: 'Send the person through the dialog again to choose it: auth_type=rerequest.' },
  no_task: { doc: "The person doesn't have the task for this on the object.", repair: 'Ask someone with full control of it to give the person the task.' },
  through_business_only: { doc: 'The person has the object only through a business, and the token lacks business_management.', repair: 'Ask for business_management too, or read the object by its id.' },
  second_factor_missing: { doc: "A business requires two-factor authentication, and the person hasn't turned it on.", repair: 'Ask the person to turn on two-factor authentication.' },
  no_role: { doc: 'The person has no role for this.', repair: 'Ask an administrator to give the person the role.' },
  dashboard_only: { doc: 'People make this call themselves in the dashboard; no access token can.', repair: 'Do it in the dashboard.' },
  condition_unmet: { doc: "The target of the call, or the way it is sent, doesn't meet the call's conditions.", repair: 'Compare the call with its rule in the reference.' },
  not_there: { doc: "This token can't see anything by that name. Nobody is told whether it doesn't exist or is hidden.", repair: 'Check the id, the name of the edge or field, and for whom the token acts.' },
  nothing_there: { doc: 'There is nothing to list: the call itself is allowed.', repair: 'Check for whom the token acts: another person may have what you are looking for.' },
  limit_reached: { doc: 'A limit on the number of calls has been reached.', repair: 'Wait, and call less often.' },
  call_wrong: { doc: 'The call itself is wrong: a parameter, a field or the method.', repair: 'Compare the call with the reference.' },
  fault_ordered: { doc: 'A fault in the emulator caused the error; the call itself would have been answered.', repair: 'Clear the fault: DELETE faults in the control interface.' },
  elsewhere: { doc: 'The call was refused for the reason that its error gives.', repair: 'Do as the error says.' },
} as const satisfies Record<string, CauseEntry>;

export type CauseName = keyof typeof causes;

/** One cause that was looked at. */
export interface CauseCheck {
  cause: CauseName;
  /**
   * `cause`: it is why. `fine`: it was looked at and isn't why. `not_told`: whether it is isn't for the one who asks to
   * know.
   */
  state: 'cause' | 'fine' | 'not_told';
  /** The finding, in a sentence. */
  message: string;
  /** The remedy, if it is or may be the cause. */
  repair?: string;
}

/** The reasons why a call is answered as it is. */
export interface Explanation {
  outcome: 'allowed' | 'refused' | 'empty' | 'incomplete';
  /** Method and path, without any parameter. */
  call: string;
  /** The error of the answer; not called `error`, because an answer with that name is one. */
  graph_error?: { message: string; code: number; error_subcode?: number };
  /** The requirement of the declaration, in words. */
  rule?: string;
  /** The part of it that decided. */
  decided_by?: string;
  checks: CauseCheck[];
}

/** @param message what was found; the sentence of the table without it */
export const checkOf = (
  cause: CauseName,
  state: CauseCheck['state'],
  message: string = causes[cause].doc,
): CauseCheck => ({
  cause,
  state,
  message,
  ...(state === 'fine' ? {} : { repair: causes[cause].repair }),
});
