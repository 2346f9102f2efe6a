// An act in a business is done by somebody, through an app.
import type { Actor } from '../liveness/change.ts';
import type { AppId, BusinessId } from '../store/ids.ts';

export interface BusinessAct {
  businessId: BusinessId;
  by: Actor;
  /** The app by whose token it is asked for; absent in the dashboard, and where nobody's token is used. */
  through?: AppId | undefined;
  /** Epoch seconds. */
  now: number;
}
