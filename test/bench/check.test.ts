import { describe, expect, it } from '@jest/globals';
import { orderToCheck, pastDeclarations, tariffTable } from '../../bench/check-order.ts';
import { consolidatedFile, type ListFile, listedParties, sdnFiles } from '../../bench/listed-parties.ts';
import { cslImporter } from '../../reference/importing/csl.ts';
import { declarationsImporter } from '../../reference/importing/declarations.ts';
import { sdnImporter } from '../../reference/importing/sdn.ts';
import { tariffImporter } from '../../reference/importing/tariff.ts';
import { checkOrder } from '../../rules/compliance/check.ts';
import { buildNameIndex } from '../../rules/screening/name-index.ts';
import { screeningOf } from '../../rules/screening/screen.ts';
import { reference, settings } from '../rules/orders.ts';

const asFiles = (files: readonly ListFile[]) =>
  files.map(({ name, content }) => ({ name, content: Buffer.from(content) }));

const parties = listedParties(400);
const order = orderToCheck({ exportOn: '2026-12-11', endUser: parties[5]?.names[0] ?? '' });

describe('a list that nobody published', () => {
  it('is the same at every run, and another by another seed', () => {
    expect(listedParties(400)).toEqual(parties);
    expect(listedParties(400, 2)).not.toEqual(parties);
    expect(listedParties(40)).toEqual(parties.slice(0, 40));
  });

  it.each(['chinese', 'latin', 'arabic', 'cyrillic'])('has a quarter of %s names, persons and companies', (kind) => {
    const own = parties.filter((party) => party.kind === kind);
    expect(own).toHaveLength(100);
    expect(new Set(own.map(({ type }) => type))).toEqual(new Set(['individual', 'entity', 'vessel']));
  });

  it('writes names in their own script beside the Latin letters', () => {
    const all = parties.flatMap(({ names }) => names).join();
    for (const script of [/\p{Script=Han}/u, /\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u]) expect(all).toMatch(script);
    for (const { names } of parties) expect(names[0]).toMatch(/^[\x20-\x7e]+$/);
  });

  it('is read whole by the importers of the real lists, with every name and country', async () => {
    const sdn = await sdnImporter.read(asFiles(sdnFiles(parties)));
    const csl = await cslImporter.read(asFiles([consolidatedFile(parties)]));
    for (const { entries, unread } of [sdn, csl]) {
      expect(unread).toEqual([]);
      expect(entries).toHaveLength(400);
      for (const [nth, entry] of entries.entries()) {
        expect(entry.names).toEqual([...new Set(parties[nth]?.names)]);
        expect(entry.countries).toHaveLength(1);
      }
    }
  });
});

describe('the order that is checked', () => {
  it('has as many lines as an order may have, with codes and names that differ', () => {
    expect(order.lines).toHaveLength(50);
    expect(new Set(order.lines.map(({ hsCode }) => hsCode)).size).toBe(25);
    expect(order.lines.filter(({ attributes }) => Object.keys(attributes).length > 10)).toHaveLength(45);
  });

  it('comes with a past and a table that are read whole', async () => {
    const past = await declarationsImporter().read(asFiles([pastDeclarations(order, 3)]));
    const codes = await tariffImporter().read(asFiles([tariffTable(order)]));
    expect([past.unread, codes.unread]).toEqual([[], []]);
    expect([past.entries.length, codes.entries.length]).toEqual([150, 25]);
  });

  it('gives every room something to find, among them a party like one of the list', async () => {
    const { entries } = await sdnImporter.read(asFiles(sdnFiles(parties)));
    const list = { list: 'sdn', version: '1', entries: 400, importedAt: '2026-11-24T08:00:00Z' };
    const { findings } = checkOrder({
      ...{ order, documents: [], asOf: '2026-11-24T08:00:00Z', reference },
      records: {
        screening: screeningOf(order, [buildNameIndex(entries, list)], [], settings.screening),
        declaredLines: (await declarationsImporter().read(asFiles([pastDeclarations(order, 3)]))).entries,
        tariffCodes: (await tariffImporter().read(asFiles([tariffTable(order)]))).entries,
        papers: null,
      },
    });
    const kinds = new Set(findings.map(({ kind }) => kind));
    for (const kind of ['screening', 'value', 'certificate', 'trade-remedy', 'field']) expect(kinds).toContain(kind);
    expect(findings.length).toBeGreaterThan(100);
  });
});
