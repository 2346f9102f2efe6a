// A case is one thing that is checked: documented statements, what we do about them, and how to see it from outside.
// Cases are plain values, so that the fidelity page can be written without running them.
import type { AppSettings, WorldSeed } from '@hallpass/server/testing';
import { type DocumentKey, isDocument, type SourceKey } from './sources.ts';
import { type AnswerKey, type SentenceKey, statementOf, type TestedKey } from './statements/index.ts';
import { compareWhole, type WholeAnswer } from './whole-answer.ts';
import type { ConformanceWorld, WorldOptions } from './stage/world.ts';

export interface Case {
  source: SourceKey;
  /** Statements of the five documents that it shows; empty where another document is cited by `sentence` alone. */
  statements: readonly TestedKey[];
  /** The statement of the document: a short quotation, or its content in our words. */
  sentence: string;
  /** Our behaviour, as a sentence; also the name of the test. */
  behaviour: string;
  /** The difference between the sentence and our behaviour, and its reason. */
  difference?: string;
  /** Changes of the world: settings of the server. */
  settings?: WorldOptions['settings'];
  /** Settings of the app Shop that differ from the cast. */
  shop?: Partial<AppSettings>;
  /** A world that differs from the cast in more than settings. */
  seed?: WorldSeed;
  /** The whole answer is compared with what the document prints. */
  comparesAnswer?: true;
  check?: (world: ConformanceWorld) => Promise<void>;
}

type Check = (world: ConformanceWorld) => Promise<void>;
type More = Pick<Case, 'difference' | 'settings' | 'shop' | 'seed'>;
/** A key that ours has besides those of the document is a difference, and needs its reason. */
type MoreOfAnswer = More & ({ besides?: undefined } | { besides: readonly string[]; difference: string });

/** One case for each row of a table. */
const each = <Row>(rows: readonly Row[], make: (row: Row) => Case): Case[] => rows.map(make);

interface StatementCases {
  /**
   * The statements, what we do, and how it is seen. A statement that prints an answer is not accepted here: see
   * `answered`.
   */
  documented: (cited: SentenceKey | readonly SentenceKey[], behaviour: string, check: Check, more?: More) => Case;
  /** The statements print an answer: the case asks, and gives the whole answer that it expects. */
  answered: (
    cited: AnswerKey | readonly AnswerKey[],
    behaviour: string,
    ask: (world: ConformanceWorld) => Promise<WholeAnswer>,
    more?: MoreOfAnswer,
  ) => Case;
  each: typeof each;
}

interface SentenceCases {
  /** Makes a case of the document's statement, our behaviour, and how it is seen. */
  documented: (sentence: string, behaviour: string, check: Check, more?: More) => Case;
  /** Said by the document and no call: advice to holders, or about other programs. */
  advice: (sentence: string, behaviour: string) => Case;
  each: typeof each;
}

const listOf = <Key extends string>(cited: Key | readonly Key[]): readonly Key[] =>
  typeof cited === 'string' ? [cited] : cited;

function ofStatements(source: SourceKey): StatementCases {
  const cite = (statements: readonly TestedKey[]) => ({
    source,
    statements,
    sentence: statements.map((key) => statementOf(key).says).join(' '),
  });
  return {
    documented: (cited, behaviour, check, more = {}) => ({ ...cite(listOf(cited)), behaviour, check, ...more }),
    answered: (cited, behaviour, ask, { besides = [], ...more } = {}) => {
      const keys = listOf(cited);
      const printed = keys.flatMap((key) => statementOf(key).shows ?? []);
      return {
        ...cite(keys),
        behaviour,
        comparesAnswer: true,
        check: async (world) => compareWhole(await ask(world), printed, besides),
        ...more,
      };
    },
    each,
  };
}

function ofSentences(source: SourceKey): SentenceCases {
  return {
    documented: (sentence, behaviour, check, more = {}) => ({
      source,
      statements: [],
      sentence,
      behaviour,
      check,
      ...more,
    }),
    advice: (sentence, behaviour) => ({ source, statements: [], sentence, behaviour }),
    each,
  };
}

/** The words for the cases of one document: of the five by the keys of its statements, of another by sentences. */
export function citing(source: DocumentKey): StatementCases;
export function citing(source: Exclude<SourceKey, DocumentKey>): SentenceCases;
export function citing(source: SourceKey): StatementCases | SentenceCases {
  return isDocument(source) ? ofStatements(source) : ofSentences(source);
}
