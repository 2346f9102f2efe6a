// The bar at the top says which call is made: method, host, version, path with completion, Submit.
import { Autocomplete, Button, Group, Select, Text, VisuallyHidden } from '@mantine/core';
import { Play } from 'lucide-react';
import { useMemo } from 'react';
import type { Schema } from '../../../graph/schema.ts';
import type { Start } from '../../../graph/start.ts';
import { suggestions } from './completion.ts';
import { type Method, methods } from './shared-call.ts';
import { setExplorer, useExplorer } from '../state.ts';
import { submit } from './submit.ts';

/** Versions that the select offers, newest first. */
export function offeredVersions(newest: string): string[] {
  const major = Number(/\d+/.exec(newest)?.[0] ?? 0);
  return Array.from({ length: Math.min(major, 8) }, (_, index) => `v${major - index}.0`);
}

export function RequestBar({
  start,
  schema,
  nodeName,
}: {
  start: Start;
  schema: Schema | undefined;
  nodeName: string | undefined;
}) {
  const { method, version, path, busy } = useExplorer();
  const chosen = version ?? start.versions.default;
  const versions = useMemo(
    () => [...new Set([chosen, ...offeredVersions(start.versions.newest)])].toSorted().toReversed(),
    [chosen, start],
  );
  const data = useMemo(() => suggestions(path, schema, nodeName, method), [path, schema, nodeName, method]);
  return (
    <form
      className="request-bar"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(start);
      }}
    >
      <Group gap={0} wrap="nowrap" className="request-parts">
        <Select
          aria-label="Method"
          data={[...methods]}
          value={method}
          onChange={(value) => value && setExplorer({ method: value as Method })}
          allowDeselect={false}
          w={104}
          className="request-method"
        />
        <Text size="sm" className="request-host mono" visibleFrom="sm" title={start.graph}>
          <VisuallyHidden>Host </VisuallyHidden>
          {start.graph.replace(/^https?:\/\//, '')}/
        </Text>
        <Select
          aria-label="Version"
          data={versions}
          value={chosen}
          onChange={(value) => value && setExplorer({ version: value })}
          allowDeselect={false}
          w={96}
          className="request-version"
        />
      </Group>
      <Autocomplete
        aria-label="Path"
        className="request-path"
        data={data}
        filter={({ options }) => options}
        value={path}
        onChange={(value) => setExplorer({ path: value })}
        placeholder="me?fields=id,name"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        maxDropdownHeight={280}
        selectFirstOptionOnChange={false}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(start);
        }}
      />
      <Button type="submit" loading={busy} leftSection={<Play size={16} />}>
        Submit
      </Button>
    </form>
  );
}
