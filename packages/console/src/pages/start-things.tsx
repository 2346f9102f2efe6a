// The first page offers five things to try in a fresh emulator, each a step further.
import { Anchor, Code, CopyButton, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shellQuoted } from '../graph/curl.ts';
import type { Start } from '../graph/start.ts';
import { Card } from '../parts/card.tsx';

export function ThingsToTry({ graph, demo: { people, apps } }: { graph: string; demo: NonNullable<Start['demo']> }) {
  const [app] = apps;
  const developer = people.find(({ about }) => about.some((one) => one.includes(' of the app '))) ?? people[0];
  const appToken =
    app &&
    `curl -s ${shellQuoted(`${graph}/oauth/access_token`)} -d client_id=${app.id} -d client_secret=${app.secret} -d grant_type=client_credentials`;
  const things: readonly { key: string; what: ReactNode }[] = [
    {
      key: 'explorer',
      what: (
        <>
          Log in as {developer?.name ?? 'a developer'}, open the <Link to="/tools/explorer">Graph API Explorer</Link>,
          press <b>Generate Access Token</b> and then <b>Submit</b>.
        </>
      ),
    },
    {
      key: 'permission',
      what: (
        <>
          Add the permission <Code>pages_show_list</Code> there and call <Code>me/accounts</Code>: your Pages appear,
          each with a token of its own.
        </>
      ),
    },
    {
      key: 'debugger',
      what: (
        <>
          Look at the token in the <Link to="/tools/debug/accesstoken">Access Token Debugger</Link>, and extend it to 60
          days.
        </>
      ),
    },
    {
      key: 'password',
      what: (
        <>
          <Anchor href="/settings/password">Change the password</Anchor>, call again, and read why the token stopped
          working.
        </>
      ),
    },
    {
      key: 'curl',
      what: (
        <>
          Get an app token from a shell:{' '}
          {appToken === undefined ? null : (
            <CopyButton value={appToken}>
              {({ copied, copy }) => (
                <Anchor component="button" type="button" onClick={copy}>
                  {copied ? 'copied' : 'copy the command'}
                </Anchor>
              )}
            </CopyButton>
          )}
        </>
      ),
    },
  ];
  return (
    <Card title="Five things to try">
      <List type="ordered" spacing="xs">
        {things.map(({ key, what }) => (
          <List.Item key={key}>
            <Text span>{what}</Text>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
