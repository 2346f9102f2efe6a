// People and Pages have pictures: `{ data: { url, is_silhouette, height, width } }` as a field, and an edge that leads
// to the image. There is always a picture, for clients read `picture.data.url` unguarded. The edge needs no token:
// programs keep its address as the avatar of a person, and the `picture` claim of an id_token is such an address.
// Sources: the picture edge (of people: "requirements: App-Scoped User ID: none"); laravel/socialite#750;
// pow-auth/assent#195.
import { anyone, graphError, keysOf, type Requirement } from '@hallpass/protocol';
import { avatarPath, largestPicture } from '../../people/avatar.ts';
import { addressesFor } from '../../hosts.ts';
import { allValues, type Maybe, withValue } from '../../installation/maybe.ts';
import type { Context } from '../../graph/language/context.ts';
import { param, readParams } from '../../graph/language/params.ts';
import { Redirect } from '../../graph/rendering/redirect.ts';
import { type Edge, edge, type Field } from '../../graph/language/schema.ts';

/** Pixels of the named sizes. */
const sizes: Readonly<Record<string, number>> = { small: 50, square: 50, album: 50, normal: 100, large: 200 };

const sizeParams = {
  // Programs ask for width=9999 to get the largest there is.
  height: param.int(`Height in pixels; what is beyond ${largestPicture} counts as that.`, { min: 1 }),
  width: param.int(`Width in pixels; what is beyond ${largestPicture} counts as that.`, { min: 1 }),
  type: param.text('A named size, where neither height nor width is given.', { oneOf: keysOf(sizes) }),
};

interface Size {
  height: number | undefined;
  width: number | undefined;
  type: string | undefined;
}

/**
 * A picture can be asked for these by `fields`. A picture that was cut out of a larger one has the others; none is
 * here.
 */
const known = new Set(['height', 'is_silhouette', 'url', 'width', 'bottom', 'cache_key', 'left', 'right', 'top']);

/** The picture of an id: it depends on nothing but the id, so nobody learns by it who is there. */
function pictureData({ call, installation }: Context, seed: string, asked: Size) {
  const named = sizes[asked.type ?? 'square'] ?? 50;
  const width = Math.min(largestPicture, asked.width ?? asked.height ?? named);
  const height = Math.min(largestPicture, asked.height ?? asked.width ?? named);
  const { www } = addressesFor(call.base, installation.settings);
  return { data: { height, is_silhouette: true, url: `${www}${avatarPath(seed, width, height)}`, width } };
}

type IdOf<Row> = (context: Context, row: Row) => Maybe<string>;

/** The field. @param idOf the id by which the caller knows the row */
export function pictureField<Row>(needs: Requirement | undefined, idOf: IdOf<Row>): Field<Row> {
  return {
    doc: 'The picture, with its address; the size by the modifiers height, width and type.',
    type: 'ProfilePictureSource',
    show: 'asked',
    ...(needs ? { needs } : {}),
    load: (context, rows, modifiers) => {
      const asked = readParams(sizeParams, modifiers);
      return allValues(rows.map((row) => withValue(idOf(context, row), (id) => pictureData(context, id, asked))));
    },
  };
}

/**
 * The edge: the image itself, or with redirect=false what the field says, of it the parts that `fields` names.
 * @param idOf the id by which the caller knows the row; `me` asks for it, every other path has it already
 */
export function pictureEdge<Row>(idOf: IdOf<Row>): Edge<Row> {
  const answer = (context: Context, id: string, { redirect, ...asked }: Size & { redirect: boolean | undefined }) => {
    const { data } = pictureData(context, id, asked);
    return redirect === false ? { data: chosen(data, context) } : new Redirect(data.url, 'image/svg+xml');
  };
  return edge('GET', 'picture', {
    doc: 'Leads to the image, without a token too; with redirect=false its address and size.',
    needs: anyone,
    params: { ...sizeParams, redirect: param.bool('false or 0 answers the address instead of leading to it.') },
    forAnyId: async (context, id, args) => answer(context, id, args),
    run: async (context, row: Row, args) => answer(context, await idOf(context, row), args),
  });
}

/** @throws GraphError field.unknown */
function chosen(data: Record<string, unknown>, { call }: Context): Record<string, unknown> {
  if (!call.fields) return data;
  const unknown = call.fields.find(({ name }) => !known.has(name));
  if (unknown) throw graphError('field.unknown', { field: unknown.name, type: 'ProfilePictureSource' });
  return Object.fromEntries(
    call.fields.flatMap(({ name, alias }) => (Object.hasOwn(data, name) ? [[alias, data[name]]] : [])),
  );
}
