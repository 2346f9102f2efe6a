// FB.Canvas is for pages in a frame of the platform. There are none here: its functions are there, so that a page that
// calls them goes on, and say so.
import { complain } from '../page/log.ts';

const names = [
  'getPageInfo',
  'scrollTo',
  'setAutoGrow',
  'setDoneLoading',
  'setSize',
  'setUrlHandler',
  'startTimer',
  'stopTimer',
];

export const Canvas = Object.fromEntries(
  names.map((name) => [name, () => complain(`FB.Canvas.${name}() is not available on this platform.`)]),
);
