// Products of many services hold tokens of all of them in one table; those of this family are told from the others here.
import { classify } from '@hallpass/protocol';

/** Tells tokens of Facebook, Instagram and Threads by how they begin today: only used where nothing else tells. */
export const looksLikeMeta = (token: string): boolean =>
  classify(token).shape === 'sealed' || /^(?:EAA|IG|TH)[A-Za-z0-9_-]{30,}$/.test(token);
