// A browser without scripts sees this of an answer: words, links and forms.
import { elementsOf, textOf } from './read-html.ts';

interface FormField {
  name: string;
  value: string;
  type: string;
  ticked: boolean;
}

export interface WebForm {
  action: string;
  fields: FormField[];
  /** Submit buttons: what they send, and the words on them. */
  buttons: { name: string | undefined; value: string; text: string }[];
}

/** A form as it is sent: names and values in order, each name as often as it has values. */
export interface FilledForm {
  action: string;
  fields: [name: string, value: string][];
}

/** An answer, before it is read. */
export interface WebResponse {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

export class WebPage {
  /** Path, query and fragment. */
  readonly url: string;
  readonly status: number;
  readonly headers: WebResponse['headers'];
  /** The body as it came. */
  readonly html: string;
  /** The `Location` of the answer, wherever it leads. */
  readonly location: string | undefined;
  /** The address outside of the platform that the browser was sent to: there the app takes over. */
  readonly left: string | undefined;

  constructor(url: string, { status, headers, text }: WebResponse, left: string | undefined) {
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.html = text;
    this.location = typeof headers.location === 'string' ? headers.location : undefined;
    this.left = left;
  }

  /** The words that are read on it, in one line. */
  get innerText(): string {
    return textOf(this.html);
  }

  /** The words of the main heading. */
  get heading(): string {
    return textOf(elementsOf(this.html, 'h1')[0]?.inner.replace(/<[^<>]*>/g, '') ?? '');
  }

  get forms(): WebForm[] {
    return formsOf(this.html);
  }

  get links(): { text: string; to: string }[] {
    return linksOf(this.html);
  }
}

const formsOf = (html: string): WebForm[] =>
  elementsOf(html, 'form').map(({ attributes: { action = '' }, inner }) => ({
    action,
    fields: elementsOf(inner, 'input').map(({ attributes: { name = '', value = '', type = 'text', checked } }) => ({
      name,
      value,
      type,
      ticked: checked !== undefined,
    })),
    buttons: elementsOf(inner, 'button').map(
      ({ attributes: { name, value = '', 'aria-label': label }, inner: words }) => ({
        name,
        value,
        text: label ?? textOf(words),
      }),
    ),
  }));

const linksOf = (html: string): { text: string; to: string }[] =>
  elementsOf(html, 'a').map(({ attributes: { href = '' }, inner }) => ({ text: textOf(inner), to: href }));

const isTick = ({ type }: FormField): boolean => type === 'checkbox' || type === 'radio';

/** Returns what a form sends when nothing is typed: its hidden fields, and the ticks as they stand. */
export const asItStands = ({ action, fields }: WebForm): FilledForm => ({
  action,
  fields: fields
    .filter((field) => field.type === 'hidden' || field.type === 'search' || (isTick(field) && field.ticked))
    .map(({ name, value }) => [name, value]),
});

export interface Submission {
  /** Words on the button; the first button when absent. */
  button?: string;
  /** Values of text fields by name. */
  fill?: Readonly<Record<string, string>>;
  /** Ticks by `name=value`; others stay as they are. */
  untick?: readonly string[];
  tick?: readonly string[];
}

/** The form as it is sent when its button is pressed. @throws Error where it has no such button */
export function filled({ action, fields, buttons }: WebForm, submission: Submission): FilledForm {
  const { button: words, fill, tick, untick } = submission;
  const button = words === undefined ? buttons[0] : buttons.find(({ text }) => text.includes(words));
  if (!button) throw new Error(`the form to ${action} has no button "${words}"`);
  const sent = fields.flatMap((field): FilledForm['fields'] => {
    const key = `${field.name}=${field.value}`;
    const off = isTick(field) && !tick?.includes(key) && !(field.ticked && !untick?.includes(key));
    return field.name === '' || off ? [] : [[field.name, fill?.[field.name] ?? field.value]];
  });
  if (button.name !== undefined) sent.push([button.name, button.value]);
  return { action, fields: sent };
}
