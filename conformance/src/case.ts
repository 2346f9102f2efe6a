// A case: one documented sentence, what we do about it, and how to see it from outside. Cases are plain values, so that the
// fidelity page can be written without running them.
import type { AppSettings } from '@hallpass/server';
import type { SourceKey } from './sources.ts';
import type { ConformanceWorld, WorldOptions } from './world.ts';

export interface Case {
  source: SourceKey;
  /** What the document says: a short quotation, or its content in our words. */
  sentence: string;
  /** What we do, as a sentence; also the name of the test. */
  behaviour: string;
  /** Where we differ from the sentence, and why. */
  difference?: string;
  /** What has to exist before there can be a test; a case with it has no `check`. */
  waitsFor?: string;
  /** Changes of the world: settings of the server. */
  settings?: WorldOptions['settings'];
  /** Settings of the app Shop that differ from the cast. */
  shop?: Partial<AppSettings>;
  check?: (world: ConformanceWorld) => Promise<void>;
}

type More = Pick<Case, 'difference' | 'settings' | 'shop'>;

/** The words for the cases of one document. */
export function citing(source: SourceKey) {
  return {
    /** What the document says, what we do, and how it is seen. */
    documented: (sentence: string, behaviour: string, check: (world: ConformanceWorld) => Promise<void>, more: More = {}): Case => ({
      source,
      sentence,
      behaviour,
      check,
      ...more,
    }),
    /** Said by the document and not here yet. */
    later: (sentence: string, waitsFor: string): Case => ({ source, sentence, behaviour: 'not yet', waitsFor }),
    /** Said by the document and no call: advice to holders, or about other programs. */
    advice: (sentence: string, behaviour: string): Case => ({ source, sentence, behaviour }),
    /** One case for each row of a table. */
    each: <Row>(rows: readonly Row[], make: (row: Row) => Case): Case[] => rows.map(make),
  };
}
