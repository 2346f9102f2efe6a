// This panel shows pasted text that isn't sent to the server: its kind, and its content where that is in the open.
import { Alert, Code, ScrollArea, Stack, Text } from '@mantine/core';
import { Info } from 'lucide-react';
import type { PastedText } from './recognise.ts';

type ReadHere = Exclude<PastedText, { is: 'nothing' | 'ours' }>;

const titles: Readonly<Record<ReadHere['is'], string>> = {
  too_long: 'That’s too long to be a token',
  foreign: 'This isn’t a token of this platform',
  code: 'This is an authorization code',
  signed_request: 'This is a signed request',
  id_token: 'This is an ID token',
  unknown: 'This isn’t a token',
};

export function ReadHereBox({ pasted }: { pasted: ReadHere }) {
  return (
    <Alert color="note" variant="light" icon={<Info size={18} />} title={titles[pasted.is]}>
      <Stack gap="xs">
        <Text size="sm">{wordsOf(pasted)}</Text>
        {pasted.is === 'signed_request' && <Json label="Payload" value={pasted.payload} />}
        {pasted.is === 'id_token' && <Json label="Header" value={pasted.header} />}
        {pasted.is === 'id_token' && <Json label="Claims" value={pasted.payload} />}
      </Stack>
    </Alert>
  );
}

function wordsOf(pasted: ReadHere): string {
  switch (pasted.is) {
    case 'too_long':
      return `It has ${pasted.length.toLocaleString('en')} characters. Copy only the token.`;
    case 'foreign':
      return `It begins with ${pasted.prefix} and has ${pasted.length} characters, as access tokens of Meta’s own Graph API do. It wasn’t sent anywhere. Hallpass can’t tell more about it.`;
    case 'code':
      return 'The app’s server exchanges it for an access token, once and within ten minutes. It wasn’t sent anywhere; paste the token instead.';
    case 'signed_request':
      return 'Its content was decoded in this browser. Only a server with the app secret can check its signature.';
    case 'id_token':
      return 'Its content was decoded in this browser. Its signature has to be checked with the platform’s keys.';
    case 'unknown':
      return `It has ${pasted.length.toLocaleString('en')} characters and doesn’t look like anything this platform issues. It wasn’t sent anywhere.`;
  }
}

function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <ScrollArea.Autosize mah={320}>
        <Code block className="breaks">
          {JSON.stringify(value, null, 2)}
        </Code>
      </ScrollArea.Autosize>
    </Stack>
  );
}
