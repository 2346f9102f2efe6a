// Callbacks and webhooks: what the app's server is told and where, a test of each, and the log of deliveries.
import { Text } from '@mantine/core';
import { may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { Callbacks } from './callbacks.tsx';
import { Deliveries } from './deliveries.tsx';
import { Subscriptions } from './subscriptions.tsx';

export function WebhooksPage() {
  return (
    <AppPage
      section="/webhooks"
      title="Webhooks"
      lead="Calls to the app’s server: signed requests when people leave, and notifications of changes."
    >
      {(app) =>
        may(app, 'change_settings') ? (
          <>
            <Deliveries app={app} />
            <Subscriptions app={app} />
            <Callbacks app={app} />
          </>
        ) : (
          <Text>Only administrators and developers of the app set up webhooks.</Text>
        )
      }
    </AppPage>
  );
}
