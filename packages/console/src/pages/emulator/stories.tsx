// Stories: things that happen to an app sooner or later, each with what a good app does then. One is played by a press.
import { Alert, Badge, Button, Group, List, Loader, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { BookOpen, Play, Search, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { useControl, useOrder } from './control/use-control.ts';
import { WorldSelect } from './control/world-select.tsx';
import { EmulatorPage } from './frame.tsx';

interface StoryCard {
  story: string;
  doc: string;
  answer: string;
  expect: string;
  fault?: string;
}

interface StoryState {
  story: string;
  did: readonly string[];
  undoable: boolean;
}

interface Stories {
  stories: readonly StoryCard[];
  played: readonly StoryState[];
  playing?: StoryState;
}

/** Milliseconds between two looks at a story that is being played. */
const STEP = 400;

export function StoriesPage() {
  return (
    <EmulatorPage
      title="Stories"
      lead="Things that happen to every app sooner or later. Play one to make it happen now, the way it happens in real life."
    >
      <AllStories />
    </EmulatorPage>
  );
}

function AllStories() {
  const [person, setPerson] = useState<string | null>(null);
  const [app, setApp] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const [result, setResult] = useState<StoryCard & StoryState>();
  const play = useOrder<StoryCard & StoryState>(setResult);
  const undo = useOrder(() => setResult(undefined));
  const busy = play.isPending || undo.isPending;
  const { data, error, refetch } = useControl<Stories>('stories', { every: play.isPending ? STEP : false });
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={300} aria-label="Loading: Stories" />;
  const words = wanted.toLowerCase().split(/\s+/);
  const shown = data.stories.filter(({ story, doc, answer }) =>
    words.every((word) => `${story} ${doc} ${answer}`.toLowerCase().includes(word)),
  );
  return (
    <>
      <Card title="Who it happens to">
        <div className="setting-fields">
          <WorldSelect label="App" of="apps" value={app} onChange={setApp} />
          <WorldSelect
            label="Person"
            of="people"
            description="Somebody who hasn’t added the app adds it first."
            value={person}
            onChange={setPerson}
          />
        </div>
      </Card>
      <div aria-live="polite">
        {play.isPending && <Playing state={data.playing} />}
        {result && !play.isPending && <Result result={result} />}
      </div>
      {data.played.length > 0 && (
        <Played
          played={data.played}
          busy={busy}
          onUndo={() => undo.mutate({ method: 'DELETE', path: 'stories', done: 'The stories have been undone.' })}
        />
      )}
      <TextInput
        aria-label="Find a story"
        placeholder="Find a story: password, rate limit, 190…"
        leftSection={<Search size={16} aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        maw={420}
      />
      {shown.length === 0 && (
        <Empty icon={BookOpen} title="No story has that name">
          For other failures, add a fault. To move time, use the clock.
        </Empty>
      )}
      <ul className="tiles plain-list">
        {shown.map((card) => (
          <StoryTile
            key={card.story}
            card={card}
            busy={busy}
            onPlay={() => {
              setResult(undefined);
              play.mutate({
                path: 'stories',
                params: { play: card.story, person: person ?? undefined, app: app ?? undefined },
              });
            }}
          />
        ))}
      </ul>
    </>
  );
}

function StoryTile({ card, busy, onPlay }: { card: StoryCard; busy: boolean; onPlay: () => void }) {
  const { story, doc, answer, expect, fault } = card;
  return (
    <li className="tile story">
      <Group gap={6} justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600} className="breaks">
          {story}
        </Text>
        {fault !== undefined && (
          <Badge variant="light" color="note" title={fault}>
            fault
          </Badge>
        )}
      </Group>
      <Text size="sm">
        <Sentence text={doc} />
      </Text>
      <Text size="sm" c="dimmed" className="breaks">
        <b>The answer:</b> <Sentence text={answer} />
      </Text>
      <Text size="sm" c="dimmed">
        <b>A good app:</b> <Sentence text={expect} />
      </Text>
      <div className="story-act">
        <Button
          variant="light"
          size="compact-md"
          leftSection={<Play size={14} />}
          disabled={busy}
          onClick={onPlay}
          aria-label={`Play ${story}`}
        >
          Play
        </Button>
      </div>
    </li>
  );
}

function Playing({ state }: { state: StoryState | undefined }) {
  return (
    <Card title={state ? `Playing ${state.story}` : 'Playing'} actions={<Loader size="sm" aria-label="Playing" />}>
      <Acts did={state?.did ?? []} />
    </Card>
  );
}

function Result({ result: { story, did, answer, expect, undoable } }: { result: StoryCard & StoryState }) {
  return (
    <Alert color="brand" variant="light" title={`${story} has happened`}>
      <Stack gap="xs">
        <Acts did={did} />
        <Text size="sm" className="breaks">
          <b>The answer from now on:</b> <Sentence text={answer} />
        </Text>
        <Text size="sm">
          <b>A good app:</b> <Sentence text={expect} />
        </Text>
        <Text size="sm" c="dimmed">
          {undoable ? 'You can undo it below.' : 'It can’t be undone: reset the world, or restore a snapshot.'}
        </Text>
      </Stack>
    </Alert>
  );
}

function Acts({ did }: { did: readonly string[] }) {
  if (did.length === 0) return <Text size="sm">The first step is running.</Text>;
  return (
    <List size="sm" type="ordered" spacing={2}>
      {did.map((act, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- an act has no identity but its place
        <List.Item key={index} className="breaks">
          <bdi>{act}</bdi>
        </List.Item>
      ))}
    </List>
  );
}

function Played({ played, busy, onUndo }: { played: readonly StoryState[]; busy: boolean; onUndo: () => void }) {
  const undoable = played.some((one) => one.undoable);
  return (
    <Card
      title="Played in this world"
      actions={
        <Button variant="default" leftSection={<Undo2 size={16} />} disabled={busy || !undoable} onClick={onUndo}>
          Clean up
        </Button>
      }
    >
      <Group gap={6}>
        {played.map(({ story, undoable: can }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same story may have been played twice
          <Badge key={index} variant="light" color={can ? 'brand' : 'warn'}>
            {story}
            {can ? '' : ' (stays)'}
          </Badge>
        ))}
      </Group>
    </Card>
  );
}
