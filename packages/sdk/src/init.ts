// FB.init starts the SDK for one app. Source: FB.init of the documentation, section 6.4 of the protocol reference.
import { AppEvents, sendEventsOnLogIn } from './app-events.ts';
import { keepWords, parse } from './button.ts';
import { followTabs } from './identity.ts';
import { warn } from './log.ts';
import { takeAnswer } from './login.ts';
import { answerInAddress } from './redirect-login.ts';
import { keepAlive } from './renewal.ts';
import { forgetSession } from './session.ts';
import { readSettings, setSettings, settings } from './settings.ts';
import { getLoginStatus } from './status.ts';

function whenRead(act: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act, { once: true });
  else act();
}

/** @throws Error for options that are missing or wrong, as the documentation says */
export function init(given: unknown): void {
  const before = settings();
  const next = readSettings(given);
  if (before) warn('FB.init has already been called - this could indicate a problem');
  // What is known about one app says nothing about another.
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
  if (options.get('status') === true) getLoginStatus();
  if (options.get('xfbml') === true) whenRead(parse);
  if (options.get('autoLogAppEvents') === true) AppEvents.logPageView();
}
