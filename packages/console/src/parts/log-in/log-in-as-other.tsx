// This button is for pages to which the person who is logged in has no access, and somebody else may have: it leads
// through another log-in back to the page that is open now.
import { Button } from '@mantine/core';
import { sendForm, useStart } from '../../graph/start.ts';

export function LogInAsOther() {
  const change = useStart().data?.switch_person;
  if (change === undefined) return null;
  return (
    <Button variant="default" size="compact-sm" onClick={() => sendForm(change, { next: location.pathname })}>
      Log in as someone else
    </Button>
  );
}
