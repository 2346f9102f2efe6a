// FB.init starts the SDK for one app. Source: FB.init of the documentation, section 6.4 of the protocol reference.
import { AppEvents, sendEventsOnLogIn } from './features/app-events.ts';
import { keepWords, parse } from './features/button.ts';
import { followTabs } from './session/identity.ts';
import { warn } from './page/log.ts';
import { takeAnswer } from './login/login.ts';
import { answerInAddress } from './login/redirect-login.ts';
import { keepAlive } from './session/renewal.ts';
import { forgetSession } from './session/session.ts';
import { readSettings, setSettings, settings } from './page/settings.ts';
import { getLoginStatus } from './session/status.ts';

function whenRead(act: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act, { once: true });
  else act();
}

/** Options that start something at once. */
const starts: Readonly<Record<string, () => void>> = {
  /** Finds out at once whether somebody is logged in. */
  status: () => void getLoginStatus(),
  /** Draws the buttons of the page. */
  xfbml: () => whenRead(parse),
  /** Reports a view of the page. */
  autoLogAppEvents: AppEvents.logPageView,
};

/** @throws Error for options that are missing or wrong, as the documentation says */
export function init(given: unknown): void {
  const before = settings();
  const next = readSettings(given);
  if (before) warn('FB.init has already been called - this could indicate a problem');
  // A session of one app says nothing about another.
  if (before && before.appId !== next.appId) forgetSession();
  setSettings(next);
  if (before?.appId !== next.appId) followTabs(next.appId);
  if (!before) {
    keepAlive();
    keepWords();
    sendEventsOnLogIn();
  }
  const answer = answerInAddress();
  if (answer) takeAnswer(answer);
  const options = new Map(Object.entries(given ?? {}));
  for (const [name, start] of Object.entries(starts)) if (options.get(name) === true) start();
}
