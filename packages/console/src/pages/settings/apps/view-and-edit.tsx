// View and edit: the permissions of one app to be taken back, and the Pages it may use to be chosen again.
import { Button, Checkbox, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { alwaysGranted } from '@hallpass/protocol';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { readList } from '../../../graph/read-list.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { Moment } from '../../../parts/moment.tsx';
import { type ConnectedApp, secondsOf } from './connected-app.ts';

interface Choice {
  id: string;
  name: string;
  chosen: boolean;
}

interface ViewAndEditProps {
  app: ConnectedApp;
  onClose: () => void;
  onRemove: () => void;
}

export function ViewAndEdit(props: ViewAndEditProps) {
  const { id: app_id, page_choice: choice } = props.app;
  const { data: pages } = useQuery({
    queryKey: ['app-pages', app_id],
    queryFn: () => readList<Choice>('/me/app_pages', { app_id }),
    enabled: choice !== undefined,
    staleTime: 0,
  });
  const { data: words } = useQuery({
    queryKey: ['permission-words'],
    queryFn: async () => (await import('../../../graph/permission-words.ts')).permissionWords,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!words || (choice !== undefined && !pages)) return <Skeleton h={240} aria-label="What the app may do" />;
  return <Editing {...props} pages={pages ?? []} wordsOf={new Map(words.map((word) => [word.name, word]))} />;
}

const ALL = 'all';
const SOME = 'some';

function Editing({
  app,
  pages,
  wordsOf,
  onClose,
  onRemove,
}: ViewAndEditProps & {
  pages: readonly Choice[];
  wordsOf: ReadonlyMap<string, { title: string; words: string }>;
}) {
  const client = useQueryClient();
  const { id: app_id, name, permissions = [], page_choice: choice, connected_time: connected } = app;
  const names = permissions.map(({ permission }) => permission);
  const form = useForm({
    queryKey: ['connected-app', app_id],
    read: () => ({
      permissions: names as readonly string[],
      scope: choice === 'all' ? ALL : SOME,
      pages: pages.filter(({ chosen }) => chosen).map(({ id }) => id) as readonly string[],
    }),
    write: async (changed, values) => {
      const taken = changed.permissions ? names.filter((one) => !changed.permissions?.includes(one)) : [];
      const rechosen = changed.scope !== undefined || changed.pages !== undefined;
      const pageParams =
        values.scope === ALL ? { app_id, all_pages: true } : { app_id, page_ids: values.pages.join(',') };
      return confirmAct({
        title: `Change what ${name} may do?`,
        children:
          taken.length > 0
            ? `${name} loses ${taken.join(', ')}. Only a new log-in gives ${taken.length === 1 ? 'it' : 'them'} back.`
            : `${name} can use the Pages you chose, and no others.`,
        reach: async () =>
          [
            ...(
              await Promise.all(
                taken.map((permission) => whatEnds('DELETE', '/me/app_permissions', { app_id, permission })),
              )
            ).flat(),
            ...(rechosen ? await whatEnds('POST', '/me/app_pages', pageParams) : []),
          ].filter((line, index, lines) => lines.indexOf(line) === index),
        confirm: 'Save',
        act: async () => {
          if (rechosen) await call('POST', '/me/app_pages', pageParams);
          for (const permission of taken) await call('DELETE', '/me/app_permissions', { app_id, permission });
        },
      });
    },
    labels: { permissions: 'Permissions', scope: 'Which Pages', pages: 'Pages' },
    saved: `Your choices for ${name} have been saved.`,
    forgets: true,
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['my-connected-apps'] });
      void client.invalidateQueries({ queryKey: ['app-pages', app_id] });
      onClose();
    },
  });
  return (
    <FormView
      form={form}
      label={`What ${name} may do`}
      actions={
        <Button variant="subtle" color="danger" onClick={onRemove}>
          Remove
        </Button>
      }
    >
      {({ values, set }) => (
        <Stack gap="md">
          {connected !== undefined && (
            <Text size="sm" c="dimmed">
              Added <Moment at={secondsOf(connected)} now={serverNow()} />
            </Text>
          )}
          <Checkbox.Group
            label="Permissions"
            description="Untick anything the app should no longer do. It can ask again at your next log-in."
            value={[...values.permissions]}
            onChange={(next) =>
              set(
                'permissions',
                names.filter((one) => next.includes(one)),
              )
            }
          >
            <Stack gap="xs" mt="xs">
              {permissions.map(({ permission, pages: limited, more_pages: more = 0 }) => (
                <Checkbox
                  key={permission}
                  value={permission}
                  disabled={permission === alwaysGranted}
                  label={
                    <>
                      {wordsOf.get(permission)?.title ?? permission}{' '}
                      <Text span size="xs" c="dimmed" className="mono">
                        {permission}
                      </Text>
                    </>
                  }
                  description={
                    limited === undefined
                      ? wordsOf.get(permission)?.words
                      : `For ${limited.length === 0 ? 'no Page' : limited.map((page) => page.name).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
          {choice !== undefined && (
            <>
              <Radio.Group
                label="Which Pages the app may use"
                value={values.scope}
                onChange={(value) => set('scope', value)}
              >
                <Stack gap="xs" mt={4}>
                  <Radio value={ALL} label="All current and future Pages" />
                  <Radio value={SOME} label="Only these Pages" />
                </Stack>
              </Radio.Group>
              {values.scope === SOME && (
                <Checkbox.Group label="Pages" value={[...values.pages]} onChange={(next) => set('pages', next)}>
                  <Stack
                    gap="xs"
                    mt={4}
                    className="scrolls permission-list"
                    tabIndex={0}
                    role="group"
                    aria-label="Your Pages"
                  >
                    {pages.length === 0 && (
                      <Text size="sm" c="dimmed">
                        You have no Pages.
                      </Text>
                    )}
                    {pages.map((page) => (
                      <Checkbox
                        key={page.id}
                        value={page.id}
                        label={<bdi>{page.name}</bdi>}
                        description={<span className="mono">{page.id}</span>}
                      />
                    ))}
                  </Stack>
                </Checkbox.Group>
              )}
            </>
          )}
        </Stack>
      )}
    </FormView>
  );
}
