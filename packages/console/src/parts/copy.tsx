// People carry some values elsewhere: an id that is copied with one press, and a secret that stays masked until it is
// shown.
import { ActionIcon, CopyButton, Group, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Check, Copy, Eye, EyeOff } from 'lucide-react';

/** A button that copies `value`; `what` names it for people who hear the page. */
export function CopyIcon({ value, what }: { value: string; what: string }) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`} withArrow>
          <ActionIcon variant="subtle" size="md" onClick={copy} aria-label={`Copy ${what}`}>
            {copied ? <Check size={16} /> : <Copy size={16} />}
            <VisuallyHidden aria-live="polite">{copied ? 'Copied' : ''}</VisuallyHidden>
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** An id, readable and copyable. */
export function Id({ value, what = 'id' }: { value: string; what?: string }) {
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex">
      <Text span className="mono nowrap" size="sm">
        {value}
      </Text>
      <CopyIcon value={value} what={what} />
    </Group>
  );
}

/** Shows the first letters alone until somebody asks for the rest. */
export const masked = (secret: string): string => `${secret.slice(0, 4)}${'•'.repeat(8)}`;

/** A secret or a token: masked, can be shown and copied. */
export function Secret({ value, what }: { value: string; what: string }) {
  const [shown, { toggle }] = useDisclosure();
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex" maw="100%">
      <Text span className={shown ? 'mono breaks' : 'mono nowrap'} size="sm">
        {shown ? value : masked(value)}
      </Text>
      <ActionIcon variant="subtle" size="md" onClick={toggle} aria-label={`${shown ? 'Hide' : 'Show'} ${what}`}>
        {shown ? <EyeOff size={16} /> : <Eye size={16} />}
      </ActionIcon>
      <CopyIcon value={value} what={what} />
    </Group>
  );
}
