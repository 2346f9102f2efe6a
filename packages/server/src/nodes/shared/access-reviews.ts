// Reviewers decide about advanced access. Ours: the real platform does it behind its dashboard.
import { all, dashboard, platformRole, type Requirement } from '@hallpass/protocol';

export const reviewsAccess: Requirement = all(dashboard, platformRole('reviewer'));
