// The keys of a seed file are read out of its shape: for suggestions, and for the reference page.
import { z } from 'zod';
import { fileShape } from './shape.ts';

/** One key of a mapping. */
export interface KeyOfFile {
  key: string;
  /** One sentence or two, with links of the reference pages. */
  doc: string;
  isNeeded: boolean;
}

/** Every mapping of a seed file, by its path without numbers (`apps.subscriptions`): its keys in their order. */
export function mappingsOfFile(): Map<string, KeyOfFile[]> {
  const found = new Map<string, KeyOfFile[]>();
  const walk = (schema: z.core.$ZodType, path: string): void => {
    const inside = withoutWrapping(schema);
    if (!(inside instanceof z.ZodObject)) return;
    const entries = Object.entries(inside.shape);
    found.set(
      path,
      entries.map(([key, check]) => ({
        key,
        doc: check.description ?? '',
        isNeeded: !check.safeParse(undefined).success,
      })),
    );
    for (const [key, check] of entries) walk(check, path === '' ? key : `${path}.${key}`);
  };
  walk(fileShape, '');
  return found;
}

/** The check of one thing, where that of a list or of a value that may be left out is given. */
function withoutWrapping(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return withoutWrapping(schema.unwrap());
  if (schema instanceof z.ZodArray) return withoutWrapping(schema.element);
  return schema instanceof z.ZodPipe ? withoutWrapping(schema.out) : schema;
}
