// A verdict is the result of the redirect rules.

/** The form that an address has, or tried to have. */
export type RedirectForm = 'web' | 'localhost' | 'loopback' | 'native' | 'desktop' | 'relay' | 'explorer';

export interface RedirectVerdict {
  allow: boolean;
  form: RedirectForm;
  /** The reason, for the event log and the note to developers on the blocked page. It never contains the address. */
  why: string;
  /** The one origin that the SDK relay may post to. */
  origin?: string;
}

export function allow(form: RedirectForm, why: string): RedirectVerdict {
  return { allow: true, form, why };
}

export function deny(form: RedirectForm, why: string): RedirectVerdict {
  return { allow: false, form, why };
}
