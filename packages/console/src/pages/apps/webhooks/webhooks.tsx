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
      lead="Calls to the server of the app: signed requests when people leave, and notices of what changes."
    >
      {(app) =>
        may(app, 'change_settings') ? (
          <>
            <Deliveries app={app} />
            <Subscriptions app={app} />
            <Callbacks app={app} />
          </>
        ) : (
          <Text>Administrators and developers of the app set webhooks up.</Text>
        )
      }
    </AppPage>
  );
}
