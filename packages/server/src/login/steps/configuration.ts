// This step is about Login for Business: the configuration is one of the app, and the request fits it. What is wrong is
// shown to the person and not told to the app. Source: section 2.4 of the protocol reference (invalid config id, mobile
// surfaces, response_type of a system-user configuration).
import { isSupported } from '../../apps/login-configurations.ts';
import * as configurations from '../../store/apps/login-configurations.ts';
import type { RedirectTarget } from '../redirect/redirect-address.ts';
import type { DialogRequest } from '../request.ts';
import type { Block, Findings, VisitWith } from '../visit.ts';

const idForm = /^[1-9]\d{0,18}$/;

export async function configurationKnown({
  app,
  target,
  request,
  installation,
}: VisitWith<'app' | 'target'>): Promise<Block | Pick<Findings, 'configuration' | 'scope' | 'whole'>> {
  const whole = app.settings.loginType === 'business' && !request.limited;
  const plain = { configuration: undefined, scope: request.scope, whole };
  if (request.configId === undefined) return (whole ? scopeForBusiness(request) : undefined) ?? plain;
  // Limited Login has permissions of its own, and no configurations.
  if (request.limited) return { is: 'blocked', reason: 'config_surface' };
  const found =
    whole && idForm.test(request.configId)
      ? await configurations.byId(installation.db.read, request.configId)
      : undefined;
  if (found?.appId !== app.id) return { is: 'blocked', reason: 'config_unknown' };
  const unfit = found.tokenType === 'system_user' ? fitsSystemUser(request, target) : undefined;
  const scope = { permissions: found.permissions, openid: request.scope.openid, unknown: [] };
  return unfit ?? { configuration: found, scope, whole };
}

/** Authorization code and nothing else, in a browser on the web. */
function fitsSystemUser(request: DialogRequest, target: RedirectTarget): Block | undefined {
  if (request.touch || target.form === 'native' || target.form === 'desktop')
    return { is: 'blocked', reason: 'config_surface' };
  const codeOnly = request.fault === undefined && request.responses.length === 1 && request.responses[0] === 'code';
  // A fault of another sort is told to the app by the next step.
  if (!codeOnly && request.fault !== 'invalid_request') return { is: 'blocked', reason: 'config_response_type' };
  return undefined;
}

/** Name and e-mail address alone are not what Login for Business is for. Renewing data access asks for nothing. */
function scopeForBusiness(request: DialogRequest): Block | undefined {
  if (request.scope.permissions.some(isSupported) || request.authType.includes('reauthorize')) return undefined;
  return { is: 'blocked', reason: 'business_scope' };
}
