// This link is the way back in for a page that people have typed into: the log-in opens in another tab, and this page
// stays as it is.
import { Anchor } from '@mantine/core';
import { logInAddress } from '../../graph/session.ts';

export function LogInLink() {
  return (
    <Anchor href={logInAddress()} target="_blank" inherit>
      Log in in another tab
    </Anchor>
  );
}
