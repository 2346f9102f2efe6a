// A mail is this in the list of the inbox.

export interface MailLine {
  id: number;
  time: string;
  from: string;
  to: readonly string[];
  recipients: readonly string[];
  subject: string;
  links: readonly string[];
  bytes: number;
}
