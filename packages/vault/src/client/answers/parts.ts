// These parts are in several answers. Moments are epoch seconds.
import { keysOf } from '@hallpass/protocol';
import { eventKinds } from '../../event-kinds.ts';
import { tokenKinds } from '../../kinds.ts';
import { holderStates } from '../../states.ts';
import { object, oneOf, text } from '../schemas.ts';

export const kind = oneOf(keysOf(tokenKinds), 'the kind of the token; absent until its server has said what it is');

export const state = oneOf(keysOf(holderStates), 'how the token stands');

export const eventKind = oneOf(keysOf(eventKinds));

export const problem = object({ key: text('a word for programs'), words: text('a sentence') });
