// A call is this, as the log of an emulator tells it.

/** The token and the secrets of the call are not in it. */
export interface LoggedCall {
  id: number;
  time: string;
  ms: number;
  method: string;
  path: string;
  params: Readonly<Record<string, string>>;
  version: string;
  status: number;
  fbtrace_id?: string;
  error?: { message: string; type?: string; code: number; error_subcode?: number };
  batch?: { calls: number; refused: number };
  token?: string;
  app?: { id: string; name: string };
  person?: { id: string; name: string };
  page?: string;
  fault?: string;
}

export const failed = ({ status, error, batch }: LoggedCall): boolean =>
  status >= 400 || error !== undefined || (batch?.refused ?? 0) > 0;
