// Made-up worlds for emulators and tests are planted here: planting what acts would have left, and the means to check
// it.
export { newPartOf } from '../operator/seed-existing.ts';
export {
  seedWorld,
  type SeedApp,
  type SeedGrant,
  type SeedPage,
  type SeedPerson,
  type WorldSeed,
} from '../operator/seed-world.ts';
export { plantToken, type PlantedToken, type SeedToken } from '../operator/seed-tokens.ts';
export type { SeedBusiness, SeedSystemUser } from '../operator/seed-businesses.ts';
export { exportWorld } from '../operator/export-world.ts';
export type { SeedAdAccount, SeedCampaign } from '../operator/seed-ads.ts';
export { checkReport } from '@hallpass/pages';
export { objectives, specialAdCategories } from '../nodes/ads/campaign-input.ts';
export { faultOf as configurationFault } from '../apps/login-configurations.ts';
export {
  AdAccountId,
  AppId,
  BusinessId,
  type IdReaders,
  MemberId,
  PageId,
  PersonId,
  ScopedId,
  SystemUserId,
} from '../store/ids.ts';
export { issueCode } from '../codes/codes.ts';
export { describeToken } from '../liveness/describe-token.ts';
export { present, rememberedTokens } from '../liveness/open-token.ts';
export { givePageRole } from '../pages/page-roles.ts';
export { change } from '../liveness/change.ts';
export { mint, newId } from '../installation/mint.ts';
export { type AppSettings, defaultSettings } from '../store/apps/apps.ts';
export { noticeFields, noticeKinds } from '../callbacks/notice-fields.ts';
export { type SettingCheck, settingKinds, type TextCheck } from '../apps/setting-kinds.ts';
export {
  HeadlessBrowser,
  navigation,
  ownForm,
  type WebRequest,
  type WebTransport,
} from '../headless/browser.ts';
export { Dashboard } from '../headless/dashboard.ts';
export {
  answerIn,
  answerOf,
  type DialogAnswer,
  type DialogChoices,
  dialogUrl,
  goThrough,
  logInOn,
  type LogInData,
} from '../headless/dialog.ts';
export { settingsPages } from '../headless/settings.ts';
export type { FilledForm, Submission, WebForm, WebPage, WebResponse } from '../headless/web-page.ts';
export { open as openSealed } from '../tokens/seal.ts';
export { codeAt } from '../people/sign-in/one-time-code.ts';
export { hashPassword, leastCost, passwordFault } from '../people/passwords.ts';
