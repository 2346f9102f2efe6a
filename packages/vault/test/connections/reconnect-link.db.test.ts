// The link that leads to the reconnect page: it can't be made up, belongs to one connection, and ends.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readReconnectLink, reconnectUrl } from '../../src/connections/reconnect-link.ts';
import { onEachDatabase, openVault } from '../vaults.ts';

onEachDatabase('A link to reconnect', (newPlace) => {
  it('says which connection it is for until its day, and nothing once a letter of it is changed', async (t) => {
    const place = newPlace();
    t.after(() => place.remove());
    const { vault, world } = await openVault(place, { settings: { publicUrl: 'https://vault.example' } });
    t.after(() => vault.close());
    const row = { tenant: 'a', id: 'c1', token_version: 3 };
    const url = reconnectUrl(vault.parts, row) ?? '';
    const text = url.slice('https://vault.example/reconnect/'.length);
    assert.deepEqual(readReconnectLink(vault.parts, text), { tenant: 'a', id: 'c1', tokenVersion: 3 });
    for (const bad of [text.replace('a.c1', 'b.c1'), text.replace('.3.', '.4.'), `${text}A`, text.slice(1), '', '....'])
      assert.equal(readReconnectLink(vault.parts, bad), undefined);
    await world.clock.advance(14 * 86_400);
    assert.deepEqual(readReconnectLink(vault.parts, text)?.id, 'c1');
    await world.clock.advance(86_400);
    assert.equal(readReconnectLink(vault.parts, text), undefined);
  });
});
