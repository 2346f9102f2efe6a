// FB.AppEvents reports what happens in the app. Events wait until somebody is logged in, as a page has no other token to
// report them with, and are sent together. Source: FB.AppEvents of the documentation; `/{app-id}/activities` of the mobile
// SDKs.
import { written } from '../session/auth-response.ts';
import { subscribe } from '../page/events.ts';
import { complain, warn } from '../page/log.ts';
import { server } from '../page/server.ts';
import { authResponse } from '../session/session.ts';
import { settings } from '../page/settings.ts';

type AppEvent = Record<string, unknown>;

/** More are not kept: a page that nobody logs in to would hold them for ever. */
const MOST = 200;
/** Milliseconds in which events are gathered. */
const GATHER = 1000;
const nameForm = /^[\w][\w -]{0,39}$/;

const waiting: AppEvent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let appVersion: string | undefined;
let userId: string | undefined;

const report = async (address: string, body: URLSearchParams): Promise<unknown> =>
  (await fetch(address, { method: 'POST', body, keepalive: true })).text();

function send(): void {
  timer = undefined;
  const page = settings();
  const token = authResponse()?.accessToken;
  if (!page || token === undefined || waiting.length === 0) return;
  const events = waiting.splice(0);
  const body = new URLSearchParams({
    event: 'CUSTOM_APP_EVENTS',
    custom_events: JSON.stringify(events),
    access_token: token,
    ...(userId === undefined ? {} : { app_user_id: userId }),
  });
  void report(`${server.graph}/${page.version}/${page.appId}/activities`, body).catch(() =>
    waiting.unshift(...events.slice(0, MOST - waiting.length)),
  );
}

function soon(): void {
  timer ??= setTimeout(send, GATHER);
}

function logEvent(name: unknown, value?: unknown, parameters?: unknown): void {
  if (typeof name !== 'string' || !nameForm.test(name))
    return complain('FB.AppEvents.logEvent() takes a name of up to 40 letters, digits, spaces, "_" and "-" first.');
  if (value !== undefined && value !== null && !Number.isFinite(value))
    return complain('FB.AppEvents.logEvent() takes a number as the value to sum.');
  if (waiting.length === MOST) warn(`Only the last ${MOST} app events wait for a log-in.`);
  waiting.splice(0, waiting.length + 1 - MOST);
  waiting.push({
    _eventName: name,
    _logTime: Math.floor(Date.now() / 1000),
    ...(typeof value === 'number' ? { _valueToSum: value } : {}),
    ...(appVersion === undefined ? {} : { _appVersion: appVersion }),
    ...(typeof parameters === 'object' ? parameters : {}),
  });
  soon();
}

/** Names of events and parameters, as the documentation lists them. */
const EventNames = {
  ACHIEVED_LEVEL: 'fb_mobile_level_achieved',
  ADDED_PAYMENT_INFO: 'fb_mobile_add_payment_info',
  ADDED_TO_CART: 'fb_mobile_add_to_cart',
  ADDED_TO_WISHLIST: 'fb_mobile_add_to_wishlist',
  COMPLETED_REGISTRATION: 'fb_mobile_complete_registration',
  COMPLETED_TUTORIAL: 'fb_mobile_tutorial_completion',
  INITIATED_CHECKOUT: 'fb_mobile_initiated_checkout',
  PAGE_VIEW: 'fb_page_view',
  RATED: 'fb_mobile_rate',
  SEARCHED: 'fb_mobile_search',
  SPENT_CREDITS: 'fb_mobile_spent_credits',
  UNLOCKED_ACHIEVEMENT: 'fb_mobile_achievement_unlocked',
  VIEWED_CONTENT: 'fb_mobile_content_view',
};
const ParameterNames = {
  APP_USER_ID: '_app_user_id',
  APP_VERSION: '_appVersion',
  CONTENT_ID: 'fb_content_id',
  CONTENT_TYPE: 'fb_content_type',
  CURRENCY: 'fb_currency',
  DESCRIPTION: 'fb_description',
  LEVEL: 'fb_level',
  MAX_RATING_VALUE: 'fb_max_rating_value',
  NUM_ITEMS: 'fb_num_items',
  PAYMENT_INFO_AVAILABLE: 'fb_payment_info_available',
  REGISTRATION_METHOD: 'fb_registration_method',
  SEARCH_STRING: 'fb_search_string',
  SUCCESS: 'fb_success',
};

const textOrNone = (value: unknown): string | undefined => (value === undefined ? undefined : written(value));

export const AppEvents = {
  EventNames,
  ParameterNames,
  logEvent,
  logPurchase(amount: unknown, currency: unknown, parameters?: object): void {
    if (typeof currency !== 'string') return complain('FB.AppEvents.logPurchase() takes a currency, such as "EUR".');
    logEvent('fb_mobile_purchase', amount, { ...parameters, [ParameterNames.CURRENCY]: currency });
  },
  logPageView: (): void => logEvent(EventNames.PAGE_VIEW),
  activateApp: (): void => logEvent('fb_mobile_activate_app'),
  setAppVersion: (version?: unknown): void => void (appVersion = textOrNone(version)),
  getAppVersion: (): string | undefined => appVersion,
  clearAppVersion: (): void => void (appVersion = undefined),
  setUserID: (id?: unknown): void => void (userId = textOrNone(id)),
  getUserID: (): string | undefined => userId,
  clearUserID: (): void => void (userId = undefined),
  /** Properties of people are not kept here: nothing is sent. */
  updateUserProperties(): void {
    warn('FB.AppEvents.updateUserProperties() is not available on this platform.');
  },
};

/** Sends what waits once somebody logs in. */
export const sendEventsOnLogIn = (): void => subscribe('auth.login', soon);
