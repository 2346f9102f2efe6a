// API Upgrade Tool.
import { Page } from '../../parts/page.tsx';

export function VersionsPage() {
  return <Page title="API Upgrade Tool">{null}</Page>;
}
