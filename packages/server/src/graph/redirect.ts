// An edge that answers with another address instead of JSON (pictures without redirect=false).

export class Redirect {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }
}
