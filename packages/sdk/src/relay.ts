// This script runs on the relay page.
export {};
