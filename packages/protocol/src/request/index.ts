// These modules read a request of the Graph: there is one reader for all that have to know what a request means, a server
// or a proxy before one.
export * from './authorization.ts';
export * from './batch/batch-items.ts';
export * from './batch/batch-references.ts';
export * from './body.ts';
export * from './fields/field-syntax.ts';
export * from './fields/fields.ts';
export * from './form.ts';
export * from './gather.ts';
export * from './json.ts';
export * from './limits.ts';
export * from './multipart.ts';
export * from './path.ts';
export * from './switches.ts';
export * from './values.ts';
export * from './verbs.ts';
