// Some edges answer with another address instead of JSON (pictures without redirect=false).

export class Redirect {
  readonly url: string;
  /** The media type of what is found there. */
  readonly type: string;

  constructor(url: string, type: string) {
    this.url = url;
    this.type = type;
  }
}
