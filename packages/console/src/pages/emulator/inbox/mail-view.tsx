// One mail: its document in a frame that runs no script and loads nothing, its text, its source; and the links in it, to be
// opened with a press.
import { Anchor, Code, List, Skeleton, Stack, Table, Tabs, Text } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { useControl } from '../control/use-control.ts';
import type { MailLine } from './mail-line.ts';

interface Mail extends MailLine {
  text: string;
  /** The path of the document, where the mail has one. */
  frame?: string;
  source: string;
  attachments: readonly { name: string; type: string; bytes: number }[];
}

export function MailView({ id }: { id: number }) {
  const { data: mail, error } = useControl<Mail>(`inbox/mail?id=${id}`);
  if (error) return <FailureBox error={error} />;
  if (!mail) return <Skeleton h={240} aria-label="Loading: Mail" />;
  const { subject, links, text, frame, source, attachments } = mail;
  return (
    <Card title={subject === '' ? '(no subject)' : subject} className="mail">
      <Stack gap="sm">
        <Head mail={mail} />
        {links.length > 0 && (
          <section aria-label="Links in this mail">
            <Text size="sm" fw={600}>
              Links in this mail
            </Text>
            <List size="sm" spacing={2}>
              {links.map((link) => (
                <List.Item key={link} className="breaks">
                  <Anchor href={link} target="_blank" rel="noreferrer noopener" className="breaks">
                    {link}
                  </Anchor>
                </List.Item>
              ))}
            </List>
          </section>
        )}
        {attachments.length > 0 && (
          <Text size="sm" className="breaks">
            Attached:{' '}
            {attachments
              .map(({ name, type, bytes }) => `${name || type} (${bytes.toLocaleString('en')} bytes)`)
              .join(', ')}
          </Text>
        )}
        <Tabs defaultValue={frame === undefined ? 'text' : 'document'} keepMounted={false}>
          <Tabs.List aria-label="Forms of the mail">
            {frame !== undefined && <Tabs.Tab value="document">Document</Tabs.Tab>}
            <Tabs.Tab value="text">Text</Tabs.Tab>
            <Tabs.Tab value="source">Source</Tabs.Tab>
          </Tabs.List>
          {frame !== undefined && (
            <Tabs.Panel value="document" pt="sm">
              <iframe
                className="mail-frame"
                src={frame}
                title="The document of the mail"
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                referrerPolicy="no-referrer"
              />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="text" pt="sm">
            <Text component="pre" size="sm" className="wraps" m={0} dir="auto">
              {text === '' ? 'This mail has no text.' : text}
            </Text>
          </Tabs.Panel>
          <Tabs.Panel value="source" pt="sm">
            <Code block className="wraps mail-source" tabIndex={0} aria-label="Source">
              {source}
            </Code>
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Card>
  );
}

function Head({ mail: { from, to, recipients, time } }: { mail: Mail }) {
  const rows = [
    ['From', from],
    ['To', to.join(', ')],
    ['Sent to', recipients.join(', ')],
    ['Time', dated(Date.parse(time) / 1000)],
  ] as const;
  return (
    <Table className="facts" verticalSpacing={2}>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row">{label}</Table.Th>
            <Table.Td className="breaks">
              <bdi>{value}</bdi>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
