// An agent asks a vault about its tokens, over the Model Context Protocol.
export { createVaultMcp, type McpOptions, serveOnStdio, type VaultMcp } from './server.ts';
export { KeyRefused } from './tool.ts';
