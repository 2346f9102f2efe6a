// The buttons of one connection: look now, edit, hand over, show the token, remove. Each is there for a key with its right.
import { Button, Group, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ConnectionDetails } from '@hallpass/vault/client';
import { Ellipsis, Eye, Pencil, RefreshCw, Trash2, UserRoundPen } from 'lucide-react';
import { confirmAct } from '../../../parts/confirm.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { ask } from '../../../vault/ask.ts';
import { HOME } from '../../../vault/places.ts';
import { useRight } from '../../../vault/session.ts';
import { useAct, useReadAgain } from '../../../vault/use-vault.ts';
import { AskButton } from '../ask-again/ask-button.tsx';
import { EditForm } from './edit-form.tsx';
import { HandOver } from './hand-over.tsx';
import { revealToken } from './reveal.tsx';

export function Acts({ connection }: { connection: ConnectionDetails }) {
  const { id, name, hasToken } = connection;
  const [mayOperate, mayConnect, mayManage, mayReveal] = [
    useRight('operate'),
    useRight('connect'),
    useRight('manage'),
    useRight('reveal'),
  ];
  const checking = useAct();
  const readAgain = useReadAgain();
  const navigate = useNavigate();
  const remove = async () => {
    if (!(await removed(connection))) return;
    await navigate({ to: HOME });
    await readAgain();
  };
  return (
    <Group gap="xs">
      {mayOperate && (
        <Button
          variant="default"
          leftSection={<RefreshCw size={16} />}
          loading={checking.isPending}
          onClick={() => checking.mutate({ run: (vault) => vault.check({ id }), done: 'It was checked.' })}
        >
          Check now
        </Button>
      )}
      {mayConnect && <AskButton ids={[id]} words="Ask again" />}
      {mayManage && (
        <Button
          variant="default"
          leftSection={<UserRoundPen size={16} />}
          onClick={() => {
            const close = openWindow({
              title: `Hand over ${name}`,
              size: 'lg',
              children: <HandOver connection={connection} onDone={() => close()} />,
            });
          }}
        >
          Hand over
        </Button>
      )}
      {(mayManage || mayReveal) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<Ellipsis size={16} />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {mayManage && (
              <Menu.Item
                leftSection={<Pencil size={16} />}
                onClick={() => {
                  const close = openWindow({
                    title: `Edit ${name}`,
                    size: 'lg',
                    children: <EditForm id={id} onDone={() => close()} />,
                  });
                }}
              >
                Edit
              </Menu.Item>
            )}
            {mayReveal && hasToken && (
              <Menu.Item
                leftSection={<Eye size={16} />}
                onClick={() => void revealToken(connection).then(() => readAgain())}
              >
                Show the token
              </Menu.Item>
            )}
            {mayManage && (
              <Menu.Item color="danger" leftSection={<Trash2 size={16} />} onClick={() => void remove()}>
                Remove
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}

/** Asks, and takes the connection out with those that hang on it. @returns whether it was done */
function removed({ id, name, dependentConnections, dependents }: ConnectionDetails): Promise<boolean> {
  const more = dependents - dependentConnections.length;
  return confirmAct({
    title: `Remove ${name}?`,
    children: 'The vault deletes its token. Its history stays.',
    reach: [
      'Programs that use it no longer get a token.',
      ...dependentConnections.map((child) => `Removes ${child.name} too, whose token was obtained with it.`),
      ...(more > 0 ? [`Removes ${more.toLocaleString('en')} more.`] : []),
    ],
    isFinal: true,
    confirm: 'Remove it',
    act: () => ask((vault) => vault.remove({ id, ...(dependents > 0 && { children: 'remove' }) })),
    done: `${name} was removed.`,
  });
}
