// This is the one way to write HTML here: a tagged template that escapes every value. Built on hono/html.
import { html as template, raw } from 'hono/html';

/** A piece of finished HTML. Only `html`, `flag` and `markup` make one; a plain string is always escaped. */
export type Html = ReturnType<typeof raw>;

/**
 * Writes HTML; every value in it is escaped unless it is `Html` already. Values must not be promises: a view has all
 * its data.
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  return template(strings, ...values) as Html;
}

/** A boolean attribute, with the space before it: `<input${flag('checked', ticked)}>`. */
export function flag(
  name: 'checked' | 'required' | 'readonly' | 'autofocus' | 'formnovalidate' | 'open',
  on: boolean | undefined,
): Html | '' {
  return on ? raw(` ${name}`) : '';
}

/**
 * Marks text of our own (an icon, the document type) as HTML. Never for anything that came from outside this package.
 */
export function markup(own: string): Html {
  return raw(own);
}
