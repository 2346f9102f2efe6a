// These are the things of the scene that no seed makes: requests, invitations, a run of a report, a comment, a photo.
import { change } from '../../../src/liveness/change.ts';
import * as adReportRuns from '../../../src/store/ads/ad-report-runs.ts';
import * as accessRequests from '../../../src/store/apps/access-requests.ts';
import * as appInvitations from '../../../src/store/apps/app-invitations.ts';
import * as businessInvitations from '../../../src/store/businesses/business-invitations.ts';
import { BusinessId } from '../../../src/store/ids.ts';
import * as comments from '../../../src/store/pages/comments.ts';
import * as photos from '../../../src/store/pages/photos.ts';
import * as posts from '../../../src/store/pages/posts.ts';
import { cast, type TestWorld } from '../../world.ts';
import { account, lantern, walker } from './world.ts';

const { shop, bakery } = cast;

/** @returns their ids, where these are not fixed */
export async function insertRows({ server: { installation }, clock }: TestWorld) {
  const now = clock.now();
  const request = {
    permission: 'email',
    useCase: 'x',
    state: 'pending' as const,
    requestedBy: null,
    createdAt: now,
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
  const run = {
    id: '8302',
    appId: shop.id,
    accountId: account.id,
    campaignId: undefined,
    wanted: {},
    createdAt: now - 60,
  };
  const invitation = { appId: shop.id, personId: null, role: 'testers', invitedBy: null, createdAt: now };
  await change(installation, async ({ tx }) => {
    await adReportRuns.insert(tx, run);
    await accessRequests.insert(tx, { ...request, id: '7301', appId: shop.id });
    await appInvitations.insert(tx, { ...invitation, id: '7401', email: walker.email });
    await appInvitations.insert(tx, { ...invitation, id: '7402', email: 'somebody@example.com' });
    await businessInvitations.insert(tx, {
      id: BusinessId.of('7501'),
      businessId: lantern.id,
      email: 'somebody@example.com',
      role: 'EMPLOYEE',
      tasks: [],
      userType: 'FB',
      state: 'pending',
      createdBy: null,
      offeredBy: null,
      offeredThrough: null,
      createdAt: now,
      expiresAt: now + 86_400,
    });
  });
  const [post] = await posts.ofPage(installation.db.read, bakery.id, now, { limit: 1 });
  const made = { pageId: bakery.id, postId: post?.id ?? '', appId: shop.id, createdAt: now };
  const comment = { ...made, id: `${post?.id.split('_')[1]}_8501`, message: 'Thank you.', hidden: false };
  const photo = { ...made, id: '8601', url: 'https://bakery.example/bread.jpg', caption: 'Bread' };
  await change(installation, async ({ tx }) => {
    await comments.insert(tx, comment);
    await photos.insert(tx, photo);
  });
  return { run: run.id, post: made.postId, comment: comment.id, photo: photo.id };
}
