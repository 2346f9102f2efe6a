// Removing an app: what stops, and the request to delete what it has.
import { Alert, Button, Checkbox, Group, List, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { FailureBox, toastDone } from '../../../parts/failure.tsx';
import type { ConnectedApp } from './connected-app.ts';

export function RemoveApp({ app: { id: app_id, name }, onClose }: { app: ConnectedApp; onClose: () => void }) {
  const client = useQueryClient();
  const [deletes, setDeletes] = useState(false);
  const { data: lines, error } = useQuery({
    queryKey: ['would-end', 'remove', app_id],
    queryFn: () => whatEnds('DELETE', '/me/connected_apps', { app_id }),
    staleTime: 0,
  });
  const removing = useMutation({
    mutationFn: () => call('DELETE', '/me/connected_apps', { app_id, delete_data: deletes }),
    onSuccess: () => {
      toastDone(deletes ? `${name} has been removed and asked to delete your data.` : `${name} has been removed.`);
      void client.invalidateQueries({ queryKey: ['my-connected-apps'] });
      void client.invalidateQueries({ queryKey: ['my-deletions'] });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        removing.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" className="breaks" dir="auto">
          {name} can no longer act or post for you. It may keep the data it got before.
        </Text>
        {error && <FailureBox error={error} />}
        {!lines && !error && <Skeleton h={60} aria-label="Checking what stops" />}
        {lines && (
          <Alert color="warn" variant="light" title="What stops">
            <List size="sm" spacing={4}>
              {lines.map((line) => (
                <List.Item key={line} className="breaks">
                  <bdi>{line}</bdi>
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Checkbox
          checked={deletes}
          onChange={({ currentTarget }) => setDeletes(currentTarget.checked)}
          label="Ask the app to delete the data it has about me"
          description={
            <>
              You can follow the request under <Link to="/console/settings/deletions">Data deletion</Link>.
            </>
          }
        />
        {removing.error && <FailureBox error={removing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="danger" loading={removing.isPending}>
            Remove
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
