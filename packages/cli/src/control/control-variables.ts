// Variables that lead the commands of a person, and the programs below `hallpass exec`, to an emulator and its control
// interface.

/** Tells programs where the emulator is. */
export const EMULATOR_URL = 'HALLPASS_EMULATOR_URL';
export const CONTROL_TOKEN = 'HALLPASS_CONTROL_TOKEN';
/** Names the world of the emulator that orders are for. */
export const WORLD = 'HALLPASS_WORLD';
