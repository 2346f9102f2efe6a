// Access Token Tool.
import { Page } from '../../parts/page.tsx';

export function TokenToolPage() {
  return <Page title="Access Token Tool">{null}</Page>;
}
