// FB.XFBML.parse turns `<fb:login-button>` and `<div class="fb-login-button">` into buttons. They are drawn by this page
// itself, so no frame is loaded and no style of an attribute is needed. Source: the log-in button of the documentation,
// section 6.5 of the protocol reference.
import { fire, subscribe } from '../page/events.ts';
import { tell, complain, isFunction } from '../page/log.ts';
import { login } from '../login/login.ts';
import { logout } from '../login/logout.ts';
import { server } from '../page/server.ts';
import { authResponse } from '../session/session.ts';

const heights: Readonly<Record<string, number>> = { small: 20, medium: 30, large: 40 };
const MEDIUM = 30;

/** The log-in is asked with these. */
const options = [
  /** Permissions, with commas. */
  'scope',
  /** See FB.login. */
  'auth_type',
  /** See FB.login. */
  'config_id',
  /** See FB.login. */
  'default_audience',
  /** See FB.login. */
  'asset_scope',
  /** See FB.login. */
  'messenger_page_id',
] as const;

/** The log-in is asked with these where they are `true`. */
const switches = [
  /** See FB.login. */
  'reset_messenger_state',
  /** See FB.login. */
  'force_confirmation',
] as const;

/** An attribute, or its `data-` spelling; empty where there is neither. */
function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? element.getAttribute(`data-${name.replaceAll('_', '-')}`) ?? '';
}

const isOn = (element: Element, name: string): boolean => ['true', '1'].includes(attribute(element, name));

function optionsOf(element: Element): Record<string, string> {
  const given = options.map((name) => [name, attribute(element, name)] as const).filter(([, value]) => value !== '');
  const on = switches.filter((name) => isOn(element, name)).map((name) => [name, 'true'] as const);
  return Object.fromEntries([...given, ...on]);
}

const logsOut = (element: Element): boolean =>
  isOn(element, 'auto_logout_link') && authResponse()?.accessToken !== undefined;

function words(element: Element): string {
  if (logsOut(element)) return 'Log out';
  if (attribute(element, 'size') === 'small') return 'Log in';
  return attribute(element, 'button_type') === 'continue_with' || isOn(element, 'use_continue_as')
    ? `Continue with ${server.name}`
    : `Log in with ${server.name}`;
}

/** `onlogin` names functions of the page, such as `checkLoginState();`. */
const callForm = /^(?:window\.)?([\w$]+(?:\.[\w$]+)*)(?:\(\))?;?$/;

/**
 * Calls what `onlogin` names. It is never run as code: markup that a page has taken from others must not become a
 * program of the page.
 */
function callOnLogin(text: string, response: unknown): void {
  if (text === '') return;
  let [owner, found]: unknown[] = [undefined, window];
  for (const name of callForm.exec(text.replace(/\s/g, ''))?.[1]?.split('.') ?? ['']) {
    owner = found;
    found = Object(found)[name];
  }
  if (!isFunction(found)) return complain(`onlogin="${text}" names no function of the page.`);
  tell(found.bind(owner), response);
}

function style(button: HTMLButtonElement, element: Element): void {
  const height = heights[attribute(element, 'size')] ?? MEDIUM;
  const width = Number.parseInt(attribute(element, 'width'), 10);
  const look: Partial<CSSStyleDeclaration> = {
    height: `${height}px`,
    minWidth: width > 0 ? `${Math.min(width, 1000)}px` : 'auto',
    padding: `0 ${height * 0.4}px`,
    border: '0',
    borderRadius: attribute(element, 'layout') === 'rounded' ? `${height / 2}px` : '4px',
    // White on this green has a contrast of 6.5.
    background: '#0b6b4f',
    color: '#fff',
    font: `600 ${Math.max(12, height * 0.4)}px/1 system-ui, sans-serif`,
    whiteSpace: 'nowrap',
    cursor: 'pointer',
  };
  Object.assign(button.style, look);
}

/** The buttons by the elements that they were drawn in. */
const drawn = new Map<Element, HTMLButtonElement>();

function draw(element: Element): void {
  if (drawn.get(element)?.parentNode === element) return;
  const button = document.createElement('button');
  button.type = 'button';
  style(button, element);
  button.textContent = words(element);
  button.addEventListener('click', () => {
    const told = (response: unknown): void => callOnLogin(attribute(element, 'onlogin'), response);
    if (logsOut(element)) void logout(told);
    else login(told, optionsOf(element));
  });
  element.replaceChildren(button);
  drawn.set(element, button);
  fire('xfbml.ready', { type: 'login_button', id: element.id, instance: {} });
}

/** FB.XFBML.parse. @param within only below this element @param callback is called once everything is drawn */
export function parse(within?: unknown, callback?: unknown): void {
  const root = within instanceof Element ? within : document;
  const found = root.querySelectorAll('fb\\:login-button, .fb-login-button');
  const own = root instanceof Element && root.matches('fb\\:login-button, .fb-login-button') ? [root] : [];
  for (const element of [...own, ...found]) draw(element);
  tell(isFunction(callback) ? callback : undefined);
  fire('xfbml.render');
}

/** Buttons say what they do now: those that can log out follow the session. */
export function keepWords(): void {
  subscribe('auth.statusChange', () => {
    for (const [element, button] of drawn)
      if (element.isConnected) button.textContent = words(element);
      else drawn.delete(element);
  });
}
