// The site tells every page of the console these things before anybody has logged in: addresses, versions, the log-in
// form, and in an emulator its demo people and apps.
import { useQuery } from '@tanstack/react-query';
import { heardNow } from './clock.ts';
import { createStore } from './store.ts';

/** A form of the site that a page may send: its address and the hidden fields that show where it came from. */
export interface SiteForm {
  action: string;
  hidden: Readonly<Record<string, string>>;
}

export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  password: string;
  /** The roles of the person on apps, Pages and businesses, in words. */
  about: readonly string[];
}

export interface DemoApp {
  id: string;
  name: string;
  secret: string;
  mode: 'live' | 'development';
  description: string;
}

export interface Start {
  /** The name of this installation. */
  platform: string;
  /** Epoch seconds. */
  now: number;
  /** Base address of the Graph, without a final slash. */
  graph: string;
  /** Base address of the pages, without a final slash. */
  www: string;
  versions: { newest: string; default: string };
  /** True when people may make an account themselves. */
  sign_up: boolean;
  log_in: SiteForm;
  log_out?: SiteForm;
  /** Logs out and leads through the log-in of somebody else to the page in its field `next`. */
  switch_person?: SiteForm;
  /** Only an emulator has it. */
  demo?: { people: readonly DemoPerson[]; apps: readonly DemoApp[] };
}

/** The name of the installation, which stands in the title of every page: its server tells it with its first answer. */
export const platformName = createStore('Hallpass');

async function askStart(): Promise<Start> {
  const response = await fetch('/console/start', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  const start = (await response.json()) as Start;
  heardNow(start.now);
  platformName.set(start.platform);
  return start;
}

export const startQuery = { queryKey: ['start'], queryFn: askStart, staleTime: 5 * 60_000 };

export const useStart = () => useQuery(startQuery);

/** Sends a form of the site as if it stood on this page: the browser goes where the answer leads. */
export function sendForm({ action, hidden }: SiteForm, fields: Readonly<Record<string, string>> = {}): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = action;
  form.hidden = true;
  for (const [name, value] of Object.entries({ ...hidden, ...fields })) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
