// This is the one stylesheet of all pages, so that the content-security policy can say `style-src 'self'` and nothing
// else.
import { fingerprint } from './style/fingerprint.ts';
import { accountCss } from './style/account.ts';
import { baseCss } from './style/base.ts';
import { controlsCss } from './style/controls.ts';
import { dialogCss } from './style/dialog.ts';
import { paletteCss } from './style/palette.ts';

/** All styles. The server sends it as `text/css` at `stylesheetPath` and may let browsers keep it for ever. */
export const stylesheet: string = [paletteCss, baseCss, controlsCss, dialogCss, accountCss].join('\n');

/** Pages look for the stylesheet at this path; the query changes with its content. */
export const stylesheetPath: string = `/_/pages.css?v=${fingerprint(stylesheet)}`;
