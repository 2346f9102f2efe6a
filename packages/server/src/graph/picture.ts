// Pictures of people and Pages: `{ data: { url, is_silhouette, height, width } }` as a field, and an edge that leads to the
// image. There is always a picture, for clients read `picture.data.url` unguarded. Source: the picture edge.
import type { Requirement } from '@hallpass/protocol';
import { avatarPath, largestPicture } from '../accounts/avatar.ts';
import { addressesFor } from '../hosts.ts';
import type { Context } from './context.ts';
import { param, readParams } from './params.ts';
import { Redirect } from './redirect.ts';
import { type Edge, edge, type Field } from './schema.ts';

/** Pixels of the named sizes. */
const sizes: Readonly<Record<string, number>> = { small: 50, square: 50, album: 50, normal: 100, large: 200 };

const sizeParams = {
  height: param.int('Height in pixels.', { min: 1, max: largestPicture }),
  width: param.int('Width in pixels.', { min: 1, max: largestPicture }),
  type: param.text('A named size, where neither height nor width is given.', { oneOf: Object.keys(sizes) }),
};

interface Size {
  height: number | undefined;
  width: number | undefined;
  type: string | undefined;
}

function pictureData({ call, installation }: Context, seed: string, asked: Size) {
  const named = sizes[asked.type ?? 'square'] ?? 50;
  const width = asked.width ?? asked.height ?? named;
  const height = asked.height ?? asked.width ?? named;
  const { www } = addressesFor(call.base, installation.settings);
  return { data: { height, is_silhouette: true, url: `${www}${avatarPath(seed, width, height)}`, width } };
}

type IdOf<Row> = (context: Context, row: Row) => string | Promise<string>;

/** The field. @param idOf the id by which the caller knows the row */
export function pictureField<Row>(needs: Requirement | undefined, idOf: IdOf<Row>): Field<Row> {
  return {
    doc: 'The picture, with its address; the size by the modifiers height, width and type.',
    type: 'ProfilePictureSource',
    show: 'asked',
    ...(needs ? { needs } : {}),
    load: (context, rows, modifiers) => {
      const asked = readParams(sizeParams, modifiers);
      return Promise.all(rows.map(async (row) => pictureData(context, await idOf(context, row), asked)));
    },
  };
}

/** The edge: the image itself, or with redirect=false what the field says. */
export function pictureEdge<Row>(needs: Requirement, idOf: IdOf<Row>): Edge<Row> {
  return edge('GET', 'picture', {
    doc: 'Leads to the image; with redirect=false its address and size.',
    needs,
    params: { ...sizeParams, redirect: param.bool('false or 0 answers the address instead of leading to it.') },
    async run(context, row: Row, { redirect, ...asked }) {
      const answer = pictureData(context, await idOf(context, row), asked);
      if (redirect === false) return answer;
      return new Redirect(answer.data.url, 'image/svg+xml');
    },
  });
}
