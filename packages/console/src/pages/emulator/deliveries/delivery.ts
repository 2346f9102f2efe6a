// A call to the server of an app is this, as an emulator tells it.

export interface Delivery {
  id: number;
  time: string;
  method: string;
  url: string;
  to: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  status?: number;
  answer?: string;
  error?: string;
  ms: number;
}
