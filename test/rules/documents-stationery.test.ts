import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractNumberOf, invoiceNumberOf, numberingSchema, paymentNumbersOf } from '../../rules/documents/numbers.ts';
import { bankDetailsSchema, logoSchema } from '../../rules/documents/stationery.ts';
import { settingsSchema } from '../../rules/settings.ts';

/** The first bytes of a PNG of so many pixels: all that its size is read from. */
function pngOf(width: number, height: number): string {
  const bytes = Buffer.alloc(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
}

describe('a logo', () => {
  const png = (base64: string) => ({ mediaType: 'image/png', base64 });
  const messageOf = (logo: unknown) => logoSchema.safeParse(logo).error?.issues[0]?.message;

  it('is a PNG of bearable size', () => {
    expect(logoSchema.safeParse(png(pngOf(2000, 1))).success).toBe(true);
    expect(messageOf(png(pngOf(2001, 1)))).toMatch('2000 pixels a side');
    expect(messageOf(png(pngOf(1, 0)))).toMatch('2000 pixels a side');
    expect(messageOf(png('iVBORw0KGgo=')))?.toMatch('2000 pixels a side');
  });
  it('is the type that it says', () => {
    expect(messageOf({ mediaType: 'image/jpeg', base64: pngOf(10, 10) })).toMatch('another type');
    expect(messageOf({ mediaType: 'image/svg+xml', base64: 'AAAA' })).toMatch('PNG or a JPEG');
  });
  it.each([
    ['a WebP', Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1')],
    ['JSON', Buffer.from('{"logo": "none"}')],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0')],
  ])('%s is said to be no PNG and no JPEG, whatever it is called', (_, bytes) => {
    for (const mediaType of ['image/png', 'image/jpeg'])
      expect(messageOf({ mediaType, base64: bytes.toString('base64') })).toMatch('no PNG and no JPEG');
  });
  it('is base64 of at most 64 KB', () => {
    expect(messageOf(png('https://example.com/logo.png'))).toMatch('not base64');
    expect(messageOf(png(pngOf(10, 10) + 'A'.repeat(87_384)))).toMatch('64 KB');
  });
});

describe('numbers of papers', () => {
  it('follow the pattern of their kind, and the usual one where none is set', () => {
    const numbering = numberingSchema.parse({ 'commercial-invoice': 'NB/{reference}-CI' });
    expect(invoiceNumberOf('LAMPS-1', numbering)).toBe('NB/LAMPS-1-CI');
    expect(contractNumberOf('LAMPS-1', numbering)).toBe('SC-LAMPS-1');
  });
  it('are found in a payment by the pattern of today and by the usual one', () => {
    const numbering = numberingSchema.parse({ 'commercial-invoice': 'NB{reference}' });
    expect(paymentNumbersOf('LAMPS-1', [numbering])).toEqual(['NBLAMPS-1', 'SC-LAMPS-1', 'INV-LAMPS-1']);
    expect(paymentNumbersOf('LAMPS-1', [numberingSchema.parse({})])).toEqual(['INV-LAMPS-1', 'SC-LAMPS-1']);
  });
  it.each(['INV', 'INV-{reference}-{reference}', 'INV {reference}', '发票{reference}', '{order}', '$&{reference}'])(
    'do not come from the pattern %s',
    (pattern) => expect(numberingSchema.safeParse({ 'packing-list': pattern }).success).toBe(false),
  );
  it('differ where the references differ', () => {
    const reference = fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/);
    const pattern = fc.stringMatching(/^[A-Za-z0-9._/-]{0,10}\{reference\}[A-Za-z0-9._/-]{0,10}$/);
    fc.assert(
      fc.property(reference, reference, pattern, (one, other, each) => {
        const numbering = numberingSchema.parse({ 'commercial-invoice': each });
        expect(invoiceNumberOf(one, numbering) === invoiceNumberOf(other, numbering)).toBe(one === other);
      }),
    );
  });
});

describe('bank details', () => {
  const bank = { beneficiary: 'Example Ltd', bank: 'Bank of Example', swift: 'BKCHCNBJ92A', account: '3901 2345 6789' };
  it('are a SWIFT code and an account that can be ones', () => {
    expect(bankDetailsSchema.safeParse(bank).success).toBe(true);
    expect(bankDetailsSchema.safeParse({ ...bank, swift: 'BKCHCNB' }).success).toBe(false);
    expect(bankDetailsSchema.safeParse({ ...bank, account: '1' }).success).toBe(false);
    expect(bankDetailsSchema.safeParse({ ...bank, bank: 'two\nlines' }).success).toBe(false);
  });
});

it('settings of an organisation that has decided nothing are complete', () => {
  const { exporter, numbering } = settingsSchema.parse({});
  expect(exporter.letterhead).toBeUndefined();
  expect(numbering['letter-of-instruction']).toBe('SI-{reference}');
});
