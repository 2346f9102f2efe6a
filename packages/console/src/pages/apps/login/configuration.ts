// A configuration of Login for Business is this, as the Graph lists it.

export interface LoginConfiguration {
  id: string;
  name: string;
  token_type: 'user' | 'system_user';
  token_expiration: 'never' | '60_days';
  assets: readonly string[];
  permissions: readonly string[];
}
