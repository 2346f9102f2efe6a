// Asks a Graph-style token server questions.
export * from './client.ts';
export * from './errors.ts';
