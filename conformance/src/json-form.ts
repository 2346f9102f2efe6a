// The form of an answer, as a program reads it: a kind of value, or the form of each key.

export type JsonForm = 'string' | 'number' | 'boolean' | 'list' | 'object' | { readonly [key: string]: JsonForm };

/** Says where a value does not have this form; undefined where it has. More keys are no fault. */
export function formFault(value: unknown, form: JsonForm, at = 'the answer'): string | undefined {
  if (typeof form !== 'string') {
    if (typeof value !== 'object' || value === null) return `${at} is no object`;
    const entries = new Map(Object.entries(value));
    return Object.entries(form)
      .map(([key, inner]) => formFault(entries.get(key), inner, `${at}.${key}`))
      .find((fault) => fault !== undefined);
  }
  const kind = Array.isArray(value) ? 'list' : typeof value;
  return kind === form && value !== null ? undefined : `${at} is no ${form}`;
}
