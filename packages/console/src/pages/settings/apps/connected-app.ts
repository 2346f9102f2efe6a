// An app in the list of a person, as the Graph tells it.
export interface GivenPermission {
  permission: string;
  pages?: readonly { id: string; name: string }[];
  more_pages?: number;
}

export interface ConnectedApp {
  id: string;
  name: string;
  status: 'active' | 'expired' | 'removed';
  permissions?: readonly GivenPermission[];
  page_choice?: 'all' | 'some';
  connected_time?: string;
  /** Epoch seconds; 0 for no end. */
  data_access_expires_at?: number;
  removed_time?: string;
}

export type AppStatus = ConnectedApp['status'];

/** Epoch seconds of a moment as the Graph writes it. */
export const secondsOf = (moment: string): number => Math.floor(Date.parse(moment) / 1000);
