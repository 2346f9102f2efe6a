// This hook makes a form that loses nothing: what is typed stays over a refusal, the end of the session and a look at
// another page, and what another window has saved meanwhile isn't overwritten in silence.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { saysChangedMeanwhile } from '../../graph/door.ts';
import { toastDone } from '../failure.tsx';
import {
  changedNames,
  type Conflict,
  conflictsOf,
  type Edits,
  type FieldValues,
  keepMine,
  sameValue,
  shownValues,
  takeTheirs,
} from './edits.ts';
import { type FieldMessages, type Fields, fieldsOf, refusedFields } from './fields.ts';
import { useKeptEdits, useLeaveQuestion } from './kept-edits.ts';

export interface FormOptions<V extends FieldValues> {
  /** Names the thing that is edited, in the memory of answers. */
  queryKey: readonly string[];
  /** Reads what the server has; for something new, what the form begins with. */
  read(): V | Promise<V>;
  /**
   * Sends the fields that were changed.
   * @param changed those alone
   * @param values all of them, as the form shows them
   * @param read the same fields as the server had them a moment ago, for the parameter `unchanged` of the call: then what
   *   another window saves in between isn't overwritten
   * @returns false where the person changed their mind, e.g. closed the question for the password
   */
  write(changed: Partial<V>, values: V, read: Partial<V>): Promise<unknown>;
  /** By field, as the form and its messages call it. */
  labels: Readonly<Record<keyof V & string, string>>;
  check?(values: V): FieldMessages<V>;
  /** Said when it's saved. */
  saved?: string;
  /** Called with what `write` gave, once it's saved. */
  onSaved?(answer: unknown): void;
  /** For something new: pressing the button with nothing changed is fine, and the form is empty afterwards. */
  isNew?: boolean;
  /** True when the typed text must not outlive the form, like a password. */
  forgets?: boolean;
}

export interface Form<V extends FieldValues> {
  /** Undefined while the server hasn't answered. */
  fields: Fields<V> | undefined;
  loadError: unknown;
  reload(): void;
  labels: Readonly<Record<keyof V & string, string>>;
  /** Names of the changed fields. */
  changed: readonly string[];
  conflicts: readonly Conflict[];
  keepMine(name: string): void;
  takeTheirs(name: string): void;
  /** The reason why the last try to save failed. */
  failure: unknown;
  saving: boolean;
  isNew: boolean;
  save(): void;
  discard(): void;
}

export function useForm<V extends FieldValues>(options: FormOptions<V>): Form<V> {
  const { queryKey, read, write, labels, check, saved = 'Saved.', isNew = false, forgets = false } = options;
  const client = useQueryClient();
  const query = { queryKey: ['form', ...queryKey], queryFn: async () => read() };
  const { data: server, error: loadError, refetch } = useQuery(query);
  const [edits, change] = useKeptEdits(forgets ? undefined : queryKey.join(' '));
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: async (sent: Edits) => {
      // The form reads once more what the server has: another window may have saved since.
      const now = await client.query({ ...query, staleTime: 0 });
      if (conflictsOf(sent, now).length > 0) return;
      const names = changedNames(sent, now);
      const values = shownValues(now, sent);
      const changed: Partial<V> = {};
      const before: Partial<V> = {};
      for (const name of names as (keyof V & string)[]) {
        changed[name] = values[name];
        before[name] = now[name];
      }
      let answer: unknown;
      try {
        if (names.length > 0 || isNew) answer = await write(changed, values, before);
      } catch (error) {
        if (!saysChangedMeanwhile(error)) throw error;
        // The other window was quicker by a moment. What it saved is read, and the form asks.
        await client.query({ ...query, staleTime: 0 });
        return;
      }
      if (answer === false) return;
      change((later) => withoutSaved(later, sent));
      setTried(false);
      await client.invalidateQueries({ queryKey: query.queryKey });
      if (saved !== '') toastDone(saved);
      options.onSaved?.(answer);
    },
  });
  const changed = server ? changedNames(edits, server) : [];
  useLeaveQuestion(changed.length > 0);
  const values = server && shownValues(server, edits);
  const wrong = values && check ? check(values) : {};
  const messages = { ...refusedFields<V>(saving.error, Object.keys(labels)), ...(tried ? wrong : {}) };
  return {
    fields: server && fieldsOf({ server, edits, labels, messages, change }),
    loadError,
    reload: () => void refetch(),
    labels,
    changed,
    conflicts: server ? conflictsOf(edits, server) : [],
    keepMine: (name) => change((before) => (server ? keepMine(before, server, name) : before)),
    takeTheirs: (name) => change((before) => takeTheirs(before, name)),
    failure: saving.error,
    saving: saving.isPending,
    isNew,
    save() {
      setTried(true);
      if (Object.keys(wrong).length === 0) saving.mutate(edits);
    },
    discard() {
      change(() => ({}));
      setTried(false);
      saving.reset();
    },
  };
}

/** Drops what was saved; what was typed while it was on its way stays. */
function withoutSaved(later: Edits, sent: Edits): Edits {
  return Object.fromEntries(
    Object.entries(later).filter(([name, { mine }]) => !sent[name] || !sameValue(mine, sent[name].mine)),
  );
}
