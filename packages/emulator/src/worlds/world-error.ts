// A refusal of something that was asked of a world, or of all of them.

/** A world cannot be made, found, or kept. The message says why. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}
