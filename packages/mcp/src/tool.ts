// A tool is one question that an agent may put: its name, its fields, and the function that answers. What a tool answers
// goes through one place, where every text is made plain and every refusal becomes a sentence.
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { VaultError } from '@hallpass/vault/client';
import { z } from 'zod';
import { type Answer, plainAnswer, plainText } from './plain-text.ts';
import type { PageMarks } from './page-marks.ts';
import type { ReadingClient } from './reading-client.ts';

interface ToolParts {
  client: ReadingClient;
  marks: PageMarks;
  /** Resolves once it is known that the key may do no more than it should. @throws KeyRefused */
  allowed(): Promise<void>;
}

interface ToolDeclaration<Fields extends z.ZodRawShape> {
  name: string;
  title: string;
  description: string;
  fields: Fields;
  /** True for a tool that changes something, or asks a person. */
  writes?: true;
  answer(parts: ToolParts, input: z.output<z.ZodObject<Fields, z.core.$strict>>): Promise<Answer>;
}

/** A tool that can be added to a server. */
export type Tool = (server: McpServer, parts: ToolParts) => void;

/** The id of a connection: it holds nothing that could lead elsewhere in an address. */
export const connectionId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'is the id of a connection: letters, digits, - and _')
  .describe('the id of a connection, as find_connections gives it');

/** The key of the vault may do more, or less, than this server needs. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
}

/** The input can't be answered. */
export class ToolRefusal extends Error {
  override readonly name = 'ToolRefusal';
}

/** Says in a sentence why there is no answer. Nothing of an unforeseen error is told. */
function sentenceOf(error: unknown): string {
  if (error instanceof VaultError || error instanceof KeyRefused || error instanceof ToolRefusal)
    return plainText(error.message);
  return 'The vault can’t be reached now: try again in a moment.';
}

export function tool<Fields extends z.ZodRawShape>(declared: ToolDeclaration<Fields>): Tool {
  const { name, title, description, fields, writes = false, answer } = declared;
  const inputSchema = z.strictObject(fields);
  const annotations = { readOnlyHint: !writes, destructiveHint: false, idempotentHint: true, openWorldHint: false };
  return (server, parts) => {
    // The server has checked the input; it is parsed once more for its type.
    const run = async (input: unknown) => {
      try {
        await parts.allowed();
        const answered = plainAnswer(await answer(parts, inputSchema.parse(input ?? {})));
        return { content: [{ type: 'text' as const, text: JSON.stringify(answered) }] };
      } catch (error) {
        return { isError: true, content: [{ type: 'text' as const, text: sentenceOf(error) }] };
      }
    };
    server.registerTool(name, { title, description, inputSchema, annotations }, run);
  };
}
