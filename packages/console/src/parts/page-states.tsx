// These parts stand in for a page while its file is loaded, and when it fails.
import { Button, Skeleton, Stack } from '@mantine/core';
import { FailureBox } from './failure.tsx';

export function PageLoading() {
  return (
    <Stack aria-busy aria-label="Loading">
      <Skeleton h={34} w={260} />
      <Skeleton h={18} w="60%" />
      <Skeleton h={180} />
    </Stack>
  );
}

export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <Stack>
      <FailureBox error={error} />
      <div>
        <Button variant="default" onClick={() => (reset ? reset() : location.reload())}>
          Try again
        </Button>
      </div>
    </Stack>
  );
}
