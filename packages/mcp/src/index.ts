// An agent asks a vault about its tokens, over the Model Context Protocol.
// The client comes from here, too: a refusal is told by its class, which a bundled copy of the client has of its own.
export { createVaultClient } from '@hallpass/vault/client';
export { createVaultMcp, type McpOptions, serveOnStdio, type VaultMcp } from './server.ts';
export { KeyRefused } from './tool.ts';
