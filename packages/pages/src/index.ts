// Views are the pages that people meet, as pure functions: props in, an HTML document out. The server adds headers and
// routes.
export type * from './props.ts';
export type { Decision } from './parts/forms/button.ts';
export { type DoneKey, doneWords } from './parts/words/done.ts';
export type { NewAccountErrors, NewAccountValues } from './parts/forms/new-account.ts';
export type { CodeError } from './parts/forms/one-time-code.ts';
export type { PasswordError } from './parts/forms/password-rules.ts';
export { MOST_PAGES_LISTED, pageScopeName } from './parts/forms/page-choice.ts';
export { filterName, type ListState, LONGEST_FILTER } from './parts/forms/tick-tools.ts';
export { tickDecisions } from './parts/forms/tick-decision.ts';
export { plainPaths } from './places.ts';
export type { PermissionRow } from './parts/forms/permission.ts';
export { stylesheet, stylesheetPath } from './stylesheet.ts';
export { type AlreadyConnectedProps, alreadyConnected } from './views/dialog/already-connected.ts';
export {
  type AppsProps,
  apps,
  type ConnectedApp,
  type ConnectedPermission,
} from './views/settings/apps.ts';
export { type BlockedProps, blocked } from './views/dialog/blocked.ts';
export { type BlockedReason, type BlockedWords, blockedReasons } from './views/dialog/blocked-reasons.ts';
export { type CheckReportProps, checkReport } from './views/check-report.ts';
export { type ChangePasswordProps, changePassword } from './views/settings/change-password.ts';
export {
  type ChangeEmailError,
  type ChangeEmailProps,
  changeEmail,
  changeEmailLabels,
} from './views/settings/change-email.ts';
export { type AccountLockedProps, accountLocked } from './views/log-in/account-locked.ts';
export { type CheckpointProps, type CheckpointReason, checkpoint } from './views/log-in/checkpoint.ts';
export type { AdAccountChoice } from './parts/forms/ad-account-choice.ts';
export type { PageChoice } from './parts/forms/page-choice.ts';
export { type ChoosePagesProps, choosePages } from './views/dialog/choose-pages.ts';
export {
  type BusinessChoice,
  type ChooseBusinessError,
  type ChooseBusinessProps,
  chooseBusiness,
  chooseBusinessLabels,
} from './views/dialog/choose-business.ts';
export { type ConsentProps, consent } from './views/dialog/consent.ts';
export { type DeletionRequest, type DeletionsProps, deletions } from './views/settings/deletions.ts';
export {
  type DeviceCodeError,
  type DeviceCodeProps,
  deviceCode,
  deviceCodeLabels,
} from './views/dialog/device-code.ts';
export { type DeviceConfirmError, type DeviceConfirmProps, deviceConfirm } from './views/dialog/device-confirm.ts';
export { type DeviceDoneProps, deviceDone } from './views/dialog/device-done.ts';
export { type FirstAdministratorProps, firstAdministrator } from './views/log-in/first-administrator.ts';
export { type HomeProps, home } from './views/settings/home.ts';
export { type InvitationProps, invitation } from './views/invitation.ts';
export { type LogInError, type LogInProps, type LogInPurpose, logIn } from './views/log-in/log-in.ts';
export { type LogInCodeProps, logInCode } from './views/log-in/log-in-code.ts';
export { type LoginSuccessProps, loginSuccess } from './views/dialog/login-success.ts';
export { type MessageKey, type MessageProps, message } from './views/message.ts';
export {
  type NewPageError,
  type NewPageProps,
  newPage,
  newPageLabels,
  type PageMadeProps,
  pageMade,
} from './views/settings/new-page.ts';
export type { OtherPerson } from './parts/who.ts';
export { type NativeReturnProps, nativeReturn } from './views/dialog/native-return.ts';
export {
  type PasswordProofError,
  type ProofError,
  type ReauthenticateProps,
  reauthenticate,
} from './views/log-in/reauthenticate.ts';
export {
  type ForgotPasswordProps,
  forgotPassword,
  type ResetMailedProps,
  resetMail,
  resetMailed,
  type ResetPasswordProps,
  resetPassword,
} from './views/log-in/reset-password.ts';
export { type RecoveryCodesProps, recoveryCodes } from './views/settings/recovery-codes.ts';
export { type SecureAccountProps, secureAccount } from './views/settings/secure-account.ts';
export { type SessionEndedProps, sessionEnded } from './views/log-in/session-ended.ts';
export { type SessionRow, type SessionsProps, sessions } from './views/settings/sessions.ts';
export { type SignUpProps, signUp } from './views/log-in/sign-up.ts';
export { type TwoFactorProps, twoFactor } from './views/settings/two-factor.ts';
export { type TwoFactorSetUpProps, twoFactorSetUp } from './views/settings/two-factor-set-up.ts';
export {
  type LinkUnavailableProps,
  linkUnavailable,
  serverAway,
  tooManyRequests,
  type WaitProps,
} from './views/unavailable.ts';
export { type UnconfirmedProps, unconfirmed } from './views/log-in/unconfirmed.ts';
export { type MailChoiceProps, mailChoice } from './views/vault/mail-choice.ts';
export { type OutcomeKey, type OutcomeProps, outcome } from './views/vault/outcome.ts';
export { type ReconnectProps, reconnect } from './views/vault/reconnect.ts';
export { type RehearsalReportProps, rehearsalReport } from './views/rehearsal-report.ts';
