// The messages themselves.
import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

export { notifications } from '@mantine/notifications';

export const ToastLayer = () => <Notifications position="bottom-left" />;
