/** Uploads that went wrong on their way, or were made to: valid files with bytes flipped, cut, doubled, spliced and zeroed. */
import { deflateSync } from 'node:zlib';
import { type Admitted, admit, type Refusal } from '../../reading/admit.ts';
import { readInWorker } from '../../reading/in-worker.ts';
import { type Reading, readingSchema } from '../../rules/documents/facts.ts';
import { archiveOf, partsOf } from './archives.ts';
import { pdfWithData } from './other-papers.ts';
import { packingList, pdf, purchaseContract, supplierInvoice } from './papers.ts';

/** Numbers that look random, the same for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A valid file to spoil. */
export interface Fixture {
  name: string;
  bytes: Uint8Array;
}

/** Valid files of each kind; one PDF without compression, so that what is spoilt reaches the page's own words. */
export async function fixtures(): Promise<Fixture[]> {
  return [
    { name: 'contract.pdf', bytes: await purchaseContract() },
    { name: 'invoice.pdf', bytes: await supplierInvoice() },
    {
      name: 'plain.pdf',
      bytes: await pdf(['PACKING LIST', 'Invoice No.: INV-1', 'Gross weight: 12.5 KGS'], { compress: false }),
    },
    { name: 'carrying.pdf', bytes: await pdfWithData() },
    {
      name: 'forbidding.pdf',
      bytes: await pdf(['BILL OF LADING', 'B/L No.: NG-1'], { version: '1.6', ownerPassword: 'carrier' }),
    },
    { name: 'list.xlsx', bytes: await packingList() },
    { name: 'photo.png', bytes: png() },
    {
      name: 'invoice.xml',
      bytes: Buffer.from(`<?xml version="1.0"?><Invoice>${'<Line><Qty>1</Qty></Line>'.repeat(20)}</Invoice>`),
    },
  ];
}

/** A picture of 8 by 8 points. */
export function png(): Uint8Array {
  const chunk = (kind: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(kind), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(8, 0);
  header.writeUInt32BE(8, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(72))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Random = ReturnType<typeof randomFrom>;

const spoilers: ((bytes: Buffer, random: Random, other: Uint8Array) => Buffer)[] = [
  function flip(bytes, random) {
    const spoilt = Buffer.from(bytes);
    for (let count = 1 + random(24); count > 0; count--) spoilt[random(spoilt.length)] = random(256);
    return spoilt;
  },
  function cut(bytes, random) {
    const from = random(bytes.length);
    return random(2) === 0
      ? bytes.subarray(0, from)
      : Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random(bytes.length - from))]);
  },
  function double(bytes, random) {
    const from = random(bytes.length);
    const piece = bytes.subarray(from, from + 1 + random(Math.min(4096, bytes.length - from)));
    return Buffer.concat([
      bytes.subarray(0, from),
      ...Array.from({ length: 1 + random(8) }, () => piece),
      bytes.subarray(from),
    ]);
  },
  function splice(bytes, random, other) {
    const from = random(bytes.length);
    const start = random(other.length);
    return Buffer.concat([
      bytes.subarray(0, from),
      other.subarray(start, start + random(2048)),
      bytes.subarray(from + random(512)),
    ]);
  },
  function zero(bytes, random) {
    const spoilt = Buffer.from(bytes);
    const from = random(spoilt.length);
    return spoilt.fill(0, from, Math.min(spoilt.length, from + 1 + random(200)));
  },
  function digits(bytes, random) {
    // Lengths, offsets and counts written in digits are what readers trust most.
    const places = [...bytes.toString('latin1').matchAll(/\d+/g)];
    const place = places[random(Math.max(1, places.length))];
    if (!place) return bytes;
    const number = ['0', '-1', '4294967296', '99999999999999999999', '1e308'][random(5)] ?? '0';
    return Buffer.concat([
      bytes.subarray(0, place.index),
      Buffer.from(number),
      bytes.subarray(place.index + place[0].length),
    ]);
  },
];

/** One spoilt file. Half of the workbooks are spoilt inside, in a part of an archive that is whole. */
export async function mutated(all: readonly Fixture[], seed: number): Promise<Fixture> {
  const random = randomFrom(seed);
  const fixture = all[random(all.length)];
  const other = all[random(all.length)];
  const spoil = spoilers[random(spoilers.length)];
  if (!fixture || !other || !spoil) throw new RangeError('there are no fixtures');
  const spoilt = (bytes: Uint8Array) => spoil(Buffer.from(bytes), random, other.bytes);
  if (!fixture.name.endsWith('.xlsx') || random(2) === 0) return { name: fixture.name, bytes: spoilt(fixture.bytes) };
  const parts = await partsOf(fixture.bytes);
  const names = [...parts.keys()].filter((name) => (parts.get(name)?.length ?? 0) > 0);
  const name = names[random(names.length)] ?? '';
  parts.set(name, spoilt(parts.get(name) ?? new Uint8Array()));
  return { name: fixture.name, bytes: await archiveOf(parts) };
}

/** What became of an upload: refused, or read in some way. */
export type Fate = { admission: Admitted | Refusal; reading?: Reading };

/** Takes a file as the doors do. @throws ZodError when a reading has another form than all readings */
export async function fateOf({ name, bytes }: Fixture): Promise<Fate> {
  const admission = await admit(bytes, name);
  if (admission.refused) return { admission };
  return { admission, reading: readingSchema.parse(await readInWorker(bytes, admission)) };
}

/** In one word, for counting: the refusal's code, or the reading's outcome. */
export function wordFor({ admission, reading }: Fate): string {
  return admission.refused ? `refused: ${admission.code}` : `taken: ${reading?.outcome}`;
}
