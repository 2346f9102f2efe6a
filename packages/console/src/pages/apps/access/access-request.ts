// A request of an app for advanced access to a permission, and how its states look.
export interface AccessRequest {
  id: string;
  app: { id: string; name: string };
  permission: string;
  use_case: string;
  status: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  created_time: string;
  decided_time?: string;
  reason?: string;
}

export const requestLook = {
  pending: { label: 'Waiting', colour: 'warn' },
  approved: { label: 'Approved', colour: 'brand' },
  rejected: { label: 'Rejected', colour: 'danger' },
  withdrawn: { label: 'Withdrawn', colour: 'note' },
} as const satisfies Record<AccessRequest['status'], { label: string; colour: string }>;
