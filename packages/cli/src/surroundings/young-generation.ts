// V8 doubles the room for new objects whenever many of them stay alive, and does not give it back. Loading a thousand
// modules is such a moment, and makes a process that then waits for calls larger by 30 MB than it need be.
import { setFlagsFromString } from 'node:v8';

/** Keeps the room for new objects as it is, while modules are loaded. */
export function holdYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets it grow from now on: a server under load needs the room, or it copies what its calls are working with. */
export function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
