// Browsers ask before they send Authorization or JSON to another origin. Graph answers are for every origin and never
// for cookies.
import { servedVerbs } from '@hallpass/protocol/request';

/** The answer to OPTIONS carries these besides the headers of every answer of the Graph. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  allow: servedVerbs,
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-max-age': '86400',
  vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
};
