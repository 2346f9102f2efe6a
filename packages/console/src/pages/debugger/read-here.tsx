// This panel shows pasted text that isn't sent to the server: its kind, and its content where that is in the open.
import { Alert, Code, ScrollArea, Stack, Text } from '@mantine/core';
import { Info } from 'lucide-react';
import type { Pasted } from './recognise.ts';

type ReadHere = Exclude<Pasted, { is: 'nothing' | 'ours' }>;

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
      return `It has ${pasted.length.toLocaleString('en')} characters. Copy the token alone.`;
    case 'foreign':
      return `It begins with ${pasted.prefix} and has ${pasted.length} characters, as access tokens of Meta’s own Graph API do. It wasn’t sent anywhere, and nothing more can be told of it here.`;
    case 'code':
      return 'It’s exchanged once, within ten minutes, by the server of the app for an access token. It wasn’t sent anywhere; look at the token instead.';
    case 'signed_request':
      return 'Its content is read in this browser. Whether its signature is right, only a server with the app secret can tell.';
    case 'id_token':
      return 'Its content is read in this browser. Its signature has to be checked with the keys of the platform.';
    case 'unknown':
      return `It has ${pasted.length.toLocaleString('en')} characters and looks like nothing that this platform makes. It wasn’t sent anywhere.`;
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
