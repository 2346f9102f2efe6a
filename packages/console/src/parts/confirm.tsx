// The question before an act that ends something: it names what else ends with it, and stays open until the act is done or the
// Graph has said why it isn't.
import type { ReactNode } from 'react';
import { createStore } from '../graph/store.ts';

export interface Confirmation {
  /** A question, e.g. "Delete Fern Scheduler?" */
  title: string;
  /** The act, in a sentence or two. */
  children: ReactNode;
  /**
   * The things that end or change with it, one line each, e.g. "ends 4 Page tokens of 2 apps". A function reads it from
   * the Graph while the window is open. Every question has it: where nothing ends, it says so.
   */
  reach: readonly string[] | (() => Promise<readonly string[]>);
  /** Words of the button that does it. */
  confirm: string;
  /** Words of the button that leaves everything as it is. */
  cancel?: string;
  /** Said where it's true that nothing brings it back. */
  isFinal?: boolean;
  /** A name that has to be typed before the button works, for what would hurt most. */
  typed?: string;
  /** The reason why the password is asked for; absent where the act needs none. */
  password?: string;
  act(): Promise<unknown>;
  /** Said when it's done. */
  done?: string;
}

export interface ConfirmQuestion extends Confirmation {
  answered(done: boolean): void;
}

/** The question that is open. */
export const confirmQuestion = createStore<ConfirmQuestion | undefined>(undefined);

/** Asks, acts, and shows a refusal in the same window. @returns whether it was done */
export async function confirmAct(confirmation: Confirmation): Promise<boolean> {
  confirmQuestion.get()?.answered(false);
  return new Promise((answered) => confirmQuestion.set({ ...confirmation, answered }));
}
