// Access Token Debugger.
import { Page } from '../../parts/page.tsx';

export function DebuggerPage() {
  return <Page title="Access Token Debugger">{null}</Page>;
}
