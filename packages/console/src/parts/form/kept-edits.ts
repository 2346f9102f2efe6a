// Kept edits are changes that were typed and not saved yet, by the form they belong to. They stay when somebody goes to
// another page of the console and comes back; they are in memory alone, and end with the tab.
import { useCallback, useEffect, useState } from 'react';
import type { Edits } from './edits.ts';

const kept = new Map<string, Edits>();

const nothing: Edits = {};

/** @param form names the form and what it edits; undefined for one whose content must not outlive it, like a password */
export function useKeptEdits(form: string | undefined): readonly [Edits, (change: (edits: Edits) => Edits) => void] {
  const [edits, setEdits] = useState<Edits>(() => (form === undefined ? nothing : (kept.get(form) ?? nothing)));
  const change = useCallback(
    (next: (edits: Edits) => Edits) =>
      setEdits((before) => {
        const after = next(before);
        if (form !== undefined) {
          if (Object.keys(after).length === 0) kept.delete(form);
          else kept.set(form, after);
        }
        return after;
      }),
    [form],
  );
  return [edits, change];
}

/** While something isn't saved, the browser asks before it closes the window or leaves the console. */
export function useLeaveQuestion(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
