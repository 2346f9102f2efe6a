// This module lists the edges that somebody may call who is logged in with a web session, out of what each declaration
// needs.
import type { Requirement } from '@hallpass/protocol';
import { type Edge, graph } from '@hallpass/server/declarations';

/**
 * True when somebody with every right, but without any token, could meet a requirement behind the door of the
 * dashboard.
 */
function isOpen(needs: Requirement): boolean {
  switch (needs.is) {
    case 'token':
      return needs.kinds.includes('user');
    // The session stands for an app that is built in: nothing belongs to it, and there is no token to present.
    case 'own_app':
    case 'presented':
      return false;
    case 'on':
      return isOpen(needs.needs);
    case 'given':
      return isOpen(needs.present) || isOpen(needs.absent);
    case 'all':
      return needs.of.every(isOpen);
    case 'any':
      return needs.of.some(isOpen);
    default:
      return true;
  }
}

export interface DashboardEdge {
  node: string;
  edge: Edge<unknown>;
  /** Such as `GET /{app}/roles`. */
  call: string;
}

export const dashboardEdges: readonly DashboardEdge[] = [...graph.nodes.values()].flatMap((node) =>
  (node.edges as readonly Edge<unknown>[])
    .filter((edge) => isOpen(node.needs) && isOpen(edge.needs))
    .map((edge) => ({
      node: node.name,
      edge,
      call: `${edge.method} /{${node.name}}${edge.name === '' ? '' : `/${edge.name}`}`,
    })),
);
