// These answers are about the apps in whose name tokens are asked for and extended.
import { keysOf } from '@hallpass/protocol';
import { services } from '../../kinds.ts';
import { flag, object, oneOf, optional, text, type ValueOf } from '../schemas.ts';

export const app = object(
  {
    appId: text(),
    service: oneOf(keysOf(services)),
    graphBase: text(),
    dialogBase: text(),
    version: optional(text()),
    hasSecret: flag('without its secret nothing can be extended in its name'),
  },
  'an app as it may be shown',
);
export type App = ValueOf<typeof app>;
