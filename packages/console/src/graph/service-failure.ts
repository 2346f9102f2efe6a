// A refusal by something that pages ask besides the Graph: the control interface of an emulator, a vault.
/** The service does not do what a page asked of it. The message is its own sentence. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
