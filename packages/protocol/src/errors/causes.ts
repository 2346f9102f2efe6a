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
  token_missing: { doc: 'The call brings no access token.', repair: 'Send an access token with the call.' },
  token_unreadable: { doc: 'The text is no token of this platform: cut off, changed, or from somewhere else.', repair: 'Copy the whole token again, or get a new one.' },
  token_dead: { doc: 'The token has ended.', repair: 'Send the person through the dialog again; a new token does not bring the old one back.' },
  app_in_development: { doc: 'The app is in development mode, and the person has no role on it.', repair: 'Give the person a role on the app, or make the app live.' },
  proof_wrong: { doc: 'The proof of the app secret is missing or wrong.', repair: 'Compute appsecret_proof with the present secret of the app, over exactly this token.' },
  wrong_kind: { doc: 'The call wants another kind of token.', repair: 'Use a token of a kind that the call takes.' },
  wrong_app: { doc: 'The token belongs to another app.', repair: 'Use a token of the app that the call is about.' },
  wrong_person: { doc: 'The token speaks for somebody else than the one who is asked about.', repair: 'Check whom the token speaks for, and log in as the right person.' },
  scope_not_granted: { doc: 'The permission was not asked of the person, so it was not granted.', repair: 'Ask for the permission in the dialog, and use the new token.' },
  scope_declined: { doc: 'The person declined the permission.', repair: 'Explain why the app needs it, and ask again with auth_type=rerequest.' },
  no_advanced_access: { doc: 'The app has no advanced access to the permission, so only people with a role on the app may grant it.', repair: 'Ask for advanced access, or try with a person who has a role on the app.' },
  data_access_ended: { doc: 'The person has not used the app for 90 days, so its access to their data has ended.', repair: 'Send the person through the dialog with auth_type=reauthorize.' },
  not_chosen: { doc: 'The person did not choose this object for the app in the dialog.', repair: 'Send the person through the dialog again to choose it: auth_type=rerequest.' },
  no_task: { doc: 'The person has no task for this on the object.', repair: 'Have somebody with full control of it give the person the task.' },
  through_business_only: { doc: 'The person has the object only through a business, and the token lacks business_management.', repair: 'Ask for business_management too, or read the object by its id.' },
  second_factor_missing: { doc: 'A business asks for a second factor, and the person has none.', repair: 'Have the person turn on two-factor authentication.' },
  no_role: { doc: 'The person has no role for this.', repair: 'Have an administrator give the person the role.' },
  dashboard_only: { doc: 'The call is made in the dashboard by people themselves, and by no access token.', repair: 'Do it in the dashboard.' },
  condition_unmet: { doc: 'What the call is made for, or how it is sent, is not as the call needs it.', repair: 'Compare the call with its rule in the reference.' },
  not_there: { doc: 'There is nothing by that name that this token may know of. Whether it does not exist or may not be seen is told to nobody.', repair: 'Check the id and the name of the edge or field, and whom the token speaks for.' },
  nothing_there: { doc: 'There is nothing to list: the call itself is allowed.', repair: 'Check whom the token speaks for: another person may have what is missing.' },
  limit_reached: { doc: 'A limit on the number of calls has been reached.', repair: 'Wait, and call less often.' },
  call_wrong: { doc: 'The call itself is not as it has to be: a parameter, a field or the method.', repair: 'Compare the call with the reference.' },
  fault_ordered: { doc: 'The error was ordered of the emulator; the call itself would have been answered.', repair: 'Take the order back: DELETE faults of the control interface.' },
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
