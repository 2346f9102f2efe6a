// Reads `a=1&b=2`: the query and urlencoded bodies. One pass; what needs no decoding is only sliced. Source: the
// transport notes of the protocol reference (nested names `key[sub]` and `key[0]` come from the Android SDK).
import { graphError } from '../errors/refusal.ts';
import { count, type GatheredParams, put } from './gather.ts';
import { knownName } from './known-names.ts';
import { limits } from './limits.ts';
import { NestedNames } from './nested-names.ts';

/** Takes in every pair of `text`. */
export function readForm(text: string, place: 'query' | 'body', into: GatheredParams): void {
  const plain = text.indexOf('%') < 0 && text.indexOf('+') < 0;
  const end = text.length;
  let nested: NestedNames | undefined;
  let equals = -1;
  for (let at = 0; at < end; ) {
    let stop = text.indexOf('&', at);
    if (stop < 0) stop = end;
    if (stop > at) {
      // `equals` is the first `=` at or after `at`; looking for it again only when it was passed keeps this linear.
      if (equals < at) {
        equals = text.indexOf('=', at);
        if (equals < 0) equals = end;
      }
      let name = knownName(text.slice(at, equals < stop ? equals : stop));
      let value = equals < stop ? text.slice(equals + 1, stop) : '';
      count(into);
      if (!plain) {
        name = decode(name, name);
        value = decode(value, name);
      }
      // A token has a limit and an error of its own (parse.ts).
      if (value.length > limits.value && name !== 'access_token') throw graphError('param.too_large');
      if (name.indexOf('[') > 0 && NestedNames.fits(name)) {
        nested ??= new NestedNames();
        nested.add(name, value);
      } else put(into, name, value, place);
    }
    at = stop + 1;
  }
  if (nested) for (const [name, value] of nested.values()) put(into, name, value, place);
}

/** `+` is a space; an escape that is not UTF-8 is refused, never replaced (threats IV-06). */
function decode(text: string, name: string): string {
  const spaced = text.indexOf('+') < 0 ? text : text.replaceAll('+', ' ');
  if (spaced.indexOf('%') < 0) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw graphError('param.invalid', { name });
  }
}
