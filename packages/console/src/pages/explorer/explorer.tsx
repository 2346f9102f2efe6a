// Graph API Explorer.
import { Page } from '../../parts/page.tsx';

export function ExplorerPage() {
  return <Page title="Graph API Explorer">{null}</Page>;
}
