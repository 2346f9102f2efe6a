// FB.ui opens dialogs. The log-in is the one that is here; every other is refused in the way a dialog of the documentation
// reports an error, so that a page can go on.
import { tell, complain, isFunction } from '../page/log.ts';
import { login } from './login.ts';

const logIns: ReadonlySet<unknown> = new Set(['oauth', 'login', 'permissions.oauth', 'permissions.request']);

const NOT_HERE = 100;

export function ui(params: unknown, callback?: unknown): void {
  const method: unknown = new Map(Object.entries(params ?? {})).get('method');
  if (logIns.has(method)) return login(callback, params);
  const message = `The dialog "${String(method)}" is not available on this platform.`;
  complain(message);
  tell(isFunction(callback) ? callback : undefined, { error_code: NOT_HERE, error_message: message });
}
