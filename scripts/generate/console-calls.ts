// This module writes the reference page of what the console calls: every edge that the dashboard may call, with the
// page that calls it or the reason why none does. An edge without either, or a reason that has become wrong, stops the
// writing.
import { type ConsoleCall, consolePages } from './console-source.ts';
import { type DashboardEdge, dashboardEdges } from './dashboard-edges.ts';
import { edgesWithoutPage } from './edges-without-page.ts';
import { code, grouped, table } from './markdown.ts';

const nodesCalledMe: ReadonlySet<string> = new Set(['user']);

function isCallOf({ node, edge }: DashboardEdge, call: ConsoleCall): boolean {
  if (call.method !== edge.method) return false;
  if (call.node === 'me' ? !nodesCalledMe.has(node) : call.node !== node) return false;
  if (call.rest === edge.name) return true;
  return edge.tail !== undefined && call.rest.startsWith(`${edge.name}/\${`);
}

/** @throws Error naming every edge that has neither page nor reason, and every reason that no edge needs */
export function consoleCallPage(): string {
  const pages = consolePages();
  const callers = new Map(
    dashboardEdges.map((one) => [
      one.call,
      [...new Set(pages.filter(({ calls }) => calls.some((call) => isCallOf(one, call))).map(({ name }) => name))],
    ]),
  );
  const without = dashboardEdges.filter(({ call }) => callers.get(call)?.length === 0);
  const unexplained = without.filter(({ call }) => edgesWithoutPage[call] === undefined).map(({ call }) => call);
  const needless = Object.keys(edgesWithoutPage).filter((call) => !without.some((one) => one.call === call));
  if (unexplained.length > 0 || needless.length > 0)
    throw new Error(
      [
        ...unexplained.map(
          (call) => `${call}: no page of the console calls it, and edges-without-page.ts has no reason.`,
        ),
        ...needless.map((call) => `${call}: it has a reason in edges-without-page.ts and needs none.`),
      ].join('\n'),
    );
  return [
    '# What the console calls',
    'Every edge that somebody may call who is logged in with a web session ([decision 0021](../decisions/0021-the-door-of-the-dashboard.md)), and the pages that call it. Where none does, the reason stands in its place.',
    ...grouped(dashboardEdges, ({ node }) => node).map(
      ([node, edges]) =>
        `## ${node}\n\n${table(
          ['call', 'pages'],
          edges.map(({ call }) => {
            const names = callers.get(call) ?? [];
            return [code(call), names.length > 0 ? names.map(code).join(', ') : edgesWithoutPage[call]];
          }),
        )}`,
    ),
  ].join('\n\n');
}
