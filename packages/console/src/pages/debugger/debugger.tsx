// The Access Token Debugger is for anything that looks like a token: paste anything and see what it is. What is pasted
// stays in the memory of this page: it enters no address, no title, no history and no storage.
import { Alert, Button, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Bug } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { takeCarriedToken } from '../../graph/carried-token.ts';
import { GraphFailure } from '../../graph/door.ts';
import { useSession } from '../../graph/session.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LogInLink } from '../../parts/log-in/log-in-link.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';
import { inspect, type Inspection } from './inspection.ts';
import { ReadHereBox } from './read-here.tsx';
import { type PastedText, recognise } from './recognise.ts';
import { TokenActs } from './token-acts.tsx';
import { TokenCalls } from './token-calls.tsx';
import { TokenEnd } from './token-end.tsx';
import { TokenFamily } from './token-family.tsx';
import { TokenInfo } from './token-info.tsx';

const UNAUTHORIZED = 401;
const ENTER = 'Enter';

export function DebuggerPage() {
  const session = useSession();
  const [text, setText] = useState('');
  const [pasted, setPasted] = useState<PastedText>({ is: 'nothing' });
  const asked = useMutation({ mutationFn: inspect, gcTime: 0 });
  const { mutate, reset } = asked;
  const debug = (given: string) => {
    const next = recognise(given);
    setText(next.is === 'ours' ? next.text : given);
    setPasted(next);
    reset();
    if (next.is === 'ours') mutate(next.text);
  };
  const debugNow = useRef(debug);
  useEffect(() => {
    const carried = takeCarriedToken();
    if (carried !== undefined) debugNow.current(carried);
  }, []);
  return (
    <Page
      title="Access Token Debugger"
      lead="Paste an access token to see what it is, what it may do, and why it ended."
    >
      {session === null && (
        <Alert color="note" variant="light" title="Log in to look at tokens">
          <Text size="sm">
            Only people with a role on the token’s app, and the person it acts for, can see what it is. <LogInLink />
          </Text>
        </Alert>
      )}
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            debug(text);
          }}
        >
          <Stack gap="sm">
            <Textarea
              label="Access token"
              description="App tokens, codes, signed requests and ID tokens work too."
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== ENTER || event.shiftKey) return;
                event.preventDefault();
                debug(text);
              }}
              rows={3}
              classNames={{ input: 'mono' }}
              autoComplete="off"
              autoCorrect="off"
              autoCapitalize="off"
              spellCheck={false}
              data-autofocus
            />
            <Group gap="xs">
              <Button
                type="submit"
                leftSection={<Bug size={16} />}
                loading={asked.isPending}
                disabled={text.trim() === ''}
              >
                Debug
              </Button>
              {text !== '' && (
                <Button
                  variant="default"
                  onClick={() => {
                    setText('');
                    setPasted({ is: 'nothing' });
                    reset();
                  }}
                >
                  Clear
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      </Card>
      <div aria-live="polite">
        {pasted.is === 'nothing' && (
          <Empty icon={Bug} title="No token yet">
            Paste a token above and press Debug. Tokens come from the Graph API Explorer or from a log-in to your app.
          </Empty>
        )}
        {pasted.is !== 'nothing' && pasted.is !== 'ours' && <ReadHereBox pasted={pasted} />}
        {asked.isPending && <Skeleton h={280} aria-label="Checking the token" />}
        {asked.error && <Refused error={asked.error} onRetry={() => debug(text)} />}
      </div>
      {pasted.is === 'ours' && asked.data && <Told told={asked.data} token={pasted.text} onDebug={debug} />}
    </Page>
  );
}

/** Pasted text stays in the box, also when the session ended meanwhile. */
function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!(error instanceof GraphFailure) || error.status !== UNAUTHORIZED)
    return <FailureBox error={error} onRetry={onRetry} />;
  return (
    <Alert color="warn" variant="light" title="You’re logged out">
      <Text size="sm">
        <LogInLink />, then press Debug again. Your text is still here.
      </Text>
    </Alert>
  );
}

function Told({ told, token, onDebug }: { told: Inspection; token: string; onDebug: (token: string) => void }) {
  return (
    <Stack gap="lg">
      {told.ended && <TokenEnd ended={told.ended} now={told.now} />}
      <TokenInfo told={told} />
      {told.calls.length > 0 && <TokenCalls calls={told.calls} token={token} />}
      {told.family && <TokenFamily family={told.family} type={told.data.type ?? 'USER'} />}
      <TokenActs key={token} token={token} told={told} onDebug={onDebug} />
    </Stack>
  );
}
