// This is the JavaScript SDK: what a page of an app loads.
export {};
