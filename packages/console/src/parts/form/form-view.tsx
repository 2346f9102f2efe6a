// This is the frame of a form: its fields, what is wrong, and the bar that says what isn't saved yet.
import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useContext } from 'react';
import { saysLoggedOut } from '../../graph/door.ts';
import { FailureBox } from '../failure.tsx';
import { LogInLink } from '../log-in/log-in-link.tsx';
import { WindowClose } from '../windows/window-close.ts';
import { type FieldValues, valueInWords } from './edits.ts';
import type { Fields } from './fields.ts';
import type { Form } from './use-form.ts';

interface FormViewProps<V extends FieldValues> {
  form: Form<V>;
  /** The thing that is edited, for people who hear the page, e.g. "Basic settings". */
  label: string;
  /** Words of the button. */
  submit?: string;
  /** Beside the button; Cancel by default in a window. */
  actions?: ReactNode;
  children(fields: Fields<V>): ReactNode;
}

export function FormView<V extends FieldValues>({ form, label, submit, actions, children }: FormViewProps<V>) {
  const { fields, loadError, failure } = form;
  if (!fields && loadError) return <FailureBox error={loadError} onRetry={form.reload} />;
  if (!fields) return <Skeleton h={200} aria-label={`Loading: ${label}`} />;
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <Stack gap="md">
        {children(fields)}
        <div aria-live="polite">
          <Conflicts form={form} />
          {failure !== null && failure !== undefined && !saysLoggedOut(failure) && <FailureBox error={failure} />}
          {saysLoggedOut(failure) && (
            <Alert color="warn" variant="light" title="Not saved: your session has ended">
              <Text size="sm">
                Your input is kept. <LogInLink />, then save again.
              </Text>
            </Alert>
          )}
        </div>
        <SaveBar form={form} submit={submit} actions={actions} />
      </Stack>
    </form>
  );
}

/** Shows what another window has saved in the meantime, with the choice between the two. */
function Conflicts<V extends FieldValues>({ form: { conflicts, labels, keepMine, takeTheirs } }: { form: Form<V> }) {
  if (conflicts.length === 0) return null;
  return (
    <Alert color="warn" variant="light" title="Someone else has changed this in the meantime">
      <Stack gap="sm">
        {conflicts.map(({ name, mine, theirs }) => (
          <Stack key={name} gap={4}>
            <Text size="sm" className="breaks" dir="auto">
              <b>{labels[name]}</b> is <q>{valueInWords(theirs)}</q> now. You have <q>{valueInWords(mine)}</q>.
            </Text>
            <Group gap="xs">
              <Button variant="default" size="compact-sm" onClick={() => keepMine(name)}>
                Keep mine
              </Button>
              <Button variant="default" size="compact-sm" onClick={() => takeTheirs(name)}>
                Take theirs
              </Button>
            </Group>
          </Stack>
        ))}
      </Stack>
    </Alert>
  );
}

function SaveBar<V extends FieldValues>({
  form: { changed, conflicts, labels, saving, isNew, discard },
  submit = 'Save',
  actions,
}: {
  form: Form<V>;
  submit: string | undefined;
  actions: ReactNode;
}) {
  const dirty = changed.length > 0;
  const close = useContext(WindowClose);
  return (
    <Group justify="flex-end" gap="xs" className={dirty && !isNew ? 'save-bar' : ''}>
      {dirty && !isNew && (
        <Text size="sm" c="dimmed" className="grows" role="status">
          Not saved: {changed.map((name) => labels[name]).join(', ')}
        </Text>
      )}
      {actions ??
        (close && (
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        ))}
      {dirty && !isNew && (
        <Button variant="default" onClick={discard} disabled={saving}>
          Discard
        </Button>
      )}
      <Button type="submit" loading={saving} disabled={(!dirty && !isNew) || conflicts.length > 0}>
        {submit}
      </Button>
    </Group>
  );
}
