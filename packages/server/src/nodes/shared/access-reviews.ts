// Reviewers decide about advanced access. Ours: the real platform does it behind its dashboard.
import { all, dashboard, platformRole } from '@hallpass/protocol';

export const reviewsAccess = all(dashboard, platformRole('reviewer'));
