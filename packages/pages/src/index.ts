// What people meet, as pure functions: props in, an HTML document out. The server adds headers and routes.
export type * from './props.ts';
export type { Decision } from './parts/button.ts';
export { type DoneKey, doneWords } from './parts/done.ts';
export type { NewAccountErrors, NewAccountValues } from './parts/new-account.ts';
export type { CodeError } from './parts/one-time-code.ts';
export type { PasswordError } from './parts/password-rules.ts';
export { MOST_PAGES_LISTED, pageScopeName } from './parts/page-choice.ts';
export type { PermissionRow } from './parts/permission.ts';
export { stylesheet, stylesheetPath } from './stylesheet.ts';
export { type AlreadyConnectedProps, alreadyConnected } from './views/already-connected.ts';
export {
  type AppsProps,
  apps,
  type ConnectedApp,
  type ConnectedPermission,
  type DeletionRequest,
} from './views/apps.ts';
export { type BlockedProps, blocked } from './views/blocked.ts';
export { type BlockedReason, type BlockedWords, blockedReasons } from './views/blocked-reasons.ts';
export { type ChangePasswordProps, changePassword } from './views/change-password.ts';
export { type CheckpointProps, type CheckpointReason, checkpoint } from './views/checkpoint.ts';
export type { AdAccountChoice } from './parts/ad-account-choice.ts';
export type { PageChoice } from './parts/page-choice.ts';
export { type ChoosePagesProps, choosePages } from './views/choose-pages.ts';
export {
  type BusinessChoice,
  type ChooseBusinessError,
  type ChooseBusinessProps,
  chooseBusiness,
} from './views/choose-business.ts';
export { type ConsentProps, consent } from './views/consent.ts';
export { type DeviceCodeError, type DeviceCodeProps, deviceCode } from './views/device-code.ts';
export { type DeviceConfirmError, type DeviceConfirmProps, deviceConfirm } from './views/device-confirm.ts';
export { type DeviceDoneProps, deviceDone } from './views/device-done.ts';
export { type FirstAdministratorProps, firstAdministrator } from './views/first-administrator.ts';
export { type HomeProps, home } from './views/home.ts';
export { type InvitationProps, invitation } from './views/invitation.ts';
export { type LogInError, type LogInProps, logIn } from './views/log-in.ts';
export { type LogInCodeProps, logInCode } from './views/log-in-code.ts';
export { type LoginSuccessProps, loginSuccess } from './views/login-success.ts';
export { type MessageKey, type MessageProps, message } from './views/message.ts';
export { type NativeReturnProps, nativeReturn } from './views/native-return.ts';
export {
  type PasswordProofError,
  type ProofError,
  type ReauthenticateProps,
  reauthenticate,
} from './views/reauthenticate.ts';
export { type RecoveryCodesProps, recoveryCodes } from './views/recovery-codes.ts';
export { type SecureAccountProps, secureAccount } from './views/secure-account.ts';
export { type SessionRow, type SessionsProps, sessions } from './views/sessions.ts';
export { type SignUpProps, signUp } from './views/sign-up.ts';
export { type TwoFactorProps, twoFactor } from './views/two-factor.ts';
export { type TwoFactorSetUpProps, twoFactorSetUp } from './views/two-factor-set-up.ts';
export {
  type LinkUnavailableProps,
  linkUnavailable,
  type NotFoundProps,
  notFound,
  serverAway,
  tooManyRequests,
  type WaitProps,
} from './views/unavailable.ts';
export { type UnconfirmedProps, unconfirmed } from './views/unconfirmed.ts';
