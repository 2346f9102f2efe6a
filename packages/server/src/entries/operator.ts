// This entry offers what an operator does to an installation: people, apps, keys, the audit trail, the fence, the first
// administrator.
export {
  createAppFor,
  decideAccessRequest,
  giveRoleOnApp,
  listAccessRequests,
  listAppRoles,
  listApps,
  takeRoleOnApp,
} from '../operator/operator-apps.ts';
export { missingForLive } from '../apps/app-rules.ts';
export type { Operator } from '../liveness/change.ts';
export type { AppId, PersonId } from '../store/ids.ts';
export { type AppSettingText, appSettingTexts, readAppSettings, setAppSettings } from '../operator/app-settings.ts';
export { categoryOf, createPage, pagesOfPerson } from '../pages/create-page.ts';
export { createPersonFor } from '../operator/create-person.ts';
export { emailOf, nameOf } from '../people/people.ts';
export type { App } from '../store/apps/apps.ts';
export type { Person } from '../store/people/people.ts';
export { appActs, appNamed, listPeople, type OperatorAct, personActs, personNamed } from '../operator/operator.ts';
export { fence, type FenceMark, markOf, standsAt } from '../liveness/fence.ts';
export { followsFrom, sealAudit, verifyAudit } from '../liveness/audit-trail.ts';
export { KeyRefused, listKeys, type ListedKey, rotateKeys, withdrawKey } from '../liveness/keys/key-ring.ts';
export { createAdministratorLink, hasAdministrator } from '../site/index.ts';
