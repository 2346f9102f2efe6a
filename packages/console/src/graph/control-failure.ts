// A refusal of the control interface of an emulator.
/** The emulator does not do what a page asked of it. The message is its own sentence. */
export class ControlFailure extends Error {
  override readonly name = 'ControlFailure';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
