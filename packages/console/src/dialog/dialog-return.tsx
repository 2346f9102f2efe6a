// The dialog that the Explorer opened answers at this page. The answer leaves the address at once and goes to the page
// that opened this window, which has to be one of this very origin.
import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** The message to the opener: the parameters of the answer, which hold a code and never a token. */
export interface DialogAnswer {
  kind: 'hallpass.explorer.answer';
  answer: Readonly<Record<string, string>>;
}

export function DialogReturnPage() {
  const [alone, setAlone] = useState(false);
  useEffect(() => {
    const answer = Object.fromEntries(new URLSearchParams(location.search));
    history.replaceState(null, '', location.pathname);
    const opener = window.opener as Window | null;
    if (opener === null) {
      setAlone(true);
      return;
    }
    const message: DialogAnswer = { kind: 'hallpass.explorer.answer', answer };
    opener.postMessage(message, location.origin);
    window.close();
  }, []);
  return (
    <Text p="lg" role="status">
      {alone
        ? 'The Explorer that opened this window is no longer open. Close this window and generate the token again.'
        : 'Back to the Explorer…'}
    </Text>
  );
}
