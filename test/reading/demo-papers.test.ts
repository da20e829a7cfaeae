import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { admit } from '../../reading/admit.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';

afterAll(stopReader);

async function read(name: string, kind: string) {
  const bytes = readFileSync(`demo/papers/${name}`);
  const admitted = await admit(bytes, name);
  if (admitted.refused) throw new Error(admitted.message);
  const reading = await readInWorker(bytes, admitted, { kind });
  return { ...reading, doubtful: reading.fields.filter(({ confidence }) => confidence < 0.6).map(({ path }) => path) };
}

describe('the papers of the demo are read as its story tells', () => {
  it.each([
    ['packing-list.xlsx', '1260'],
    ['packing-list-corrected.xlsx', '1620'],
  ])('%s: %s kg gross, 1500 kg net', async (name, grossWeightKg) => {
    const { kind, facts, doubtful } = await read(name, 'packing-list');
    expect({ kind, doubtful, lines: facts.lines }).toMatchObject({
      ...{ kind: 'packing-list', doubtful: [] },
      lines: [{ nameZh: '四位密码锁', quantity: '6000', unit: '把', netWeightKg: '1500', grossWeightKg }],
    });
  });

  it.each([
    ['purchase-contract.pdf', '套'],
    ['purchase-contract-reissued.pdf', '个'],
  ])('%s: 1500 %s', async (name, unit) => {
    const { kind, facts, doubtful } = await read(name, 'purchase-contract');
    expect({ kind, doubtful, ...facts }).toMatchObject({
      ...{ kind: 'purchase-contract', doubtful: [], number: 'PC-26-0415', supplierPlace: '泉州' },
      lines: [{ nameZh: '双肩登山包', quantity: '1500', unit, total: '60000.00' }],
    });
  });

  it('the supplier’s invoice: cartons are taken for the quantity, and the reader says that it guesses', async () => {
    const { facts, doubtful } = await read('supplier-invoice.pdf', 'supplier-invoice');
    expect(facts).toMatchObject({
      ...{ number: 'WF-260428', contractNumber: 'PC-26-0428', total: '45000.00' },
      lines: [{ quantity: '50', unit: '个', unitPrice: '22.50', total: '45000.00' }],
    });
    expect(doubtful).toContain('lines[0].quantity');
  });

  it.each(['forwarder-invoice', 'freight-invoice'])('the forwarder’s invoice, handed in as %s', async (kind) => {
    const { facts } = await read('forwarder-invoice.pdf', kind);
    expect(facts).toMatchObject({ number: 'FF-26-0881', currency: 'USD', freight: '1420.00' });
  });
});
