/** What an exporter's papers carry beside the goods: letterhead with logo, bank details, who signs. Decided once by the organisation. */
import { z } from 'zod';

/** One line of a paper, of so many characters at most. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `at most ${most} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters');

/** 64 KB as base64: the logo stands in the settings, which every review reads. */
const MOST_LOGO_CHARACTERS = 87_384;
/** A picture that is unpacked to print it must not fill the memory. */
const MOST_LOGO_PIXELS_A_SIDE = 2000;

const firstCharacters = { 'image/png': 'iVBORw0KGgo', 'image/jpeg': '/9j/' } as const;

/** Width and height of a PNG from its first chunk; undefined where it has none. */
function pngSize(base64: string): [number, number] | undefined {
  const head = atob(base64.slice(0, 32));
  if (head.length < 24 || head.slice(12, 16) !== 'IHDR') return undefined;
  const numberAt = (from: number) => [0, 1, 2, 3].reduce((all, each) => all * 256 + head.charCodeAt(from + each), 0);
  return [numberAt(16), numberAt(20)];
}

function isPrintableSize(base64: string): boolean {
  const size = pngSize(base64);
  return size?.every((side) => side >= 1 && side <= MOST_LOGO_PIXELS_A_SIDE) ?? false;
}

/** The exporter's logo: a PNG or JPEG of at most 64 KB; a PNG of at most 2000 pixels a side. */
export const logoSchema = z
  .strictObject({
    mediaType: z.enum(['image/png', 'image/jpeg'], 'a logo is a PNG or a JPEG: give image/png or image/jpeg'),
    base64: z
      .string()
      .max(MOST_LOGO_CHARACTERS, 'the logo is larger than 64 KB: make the picture smaller')
      .regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
        error: 'not base64: write the bytes of the picture in base64, without line breaks',
        abort: true,
      }),
  })
  .refine(({ base64 }) => Object.values(firstCharacters).some((first) => base64.startsWith(first)), {
    path: ['base64'],
    message: 'this is no PNG and no JPEG, whatever its name: save the picture as one of them',
    abort: true,
  })
  .refine(({ mediaType, base64 }) => base64.startsWith(firstCharacters[mediaType]), {
    path: ['base64'],
    message: 'the picture is of another type than mediaType says',
    abort: true,
  })
  .refine(({ mediaType, base64 }) => mediaType !== 'image/png' || isPrintableSize(base64), {
    path: ['base64'],
    message: `the picture has more than ${MOST_LOGO_PIXELS_A_SIDE} pixels a side: make it smaller`,
  });
export type Logo = z.infer<typeof logoSchema>;

/** Head of our papers; the declaration draft has none, customs reads its own form. Absent fields are taken from the exporter itself. */
export const letterheadSchema = z.strictObject({
  /** Lines under the company's names: divisions, brands, a slogan. */
  lines: z.array(line(120)).max(4, 'at most 4 lines').default([]),
  /** As foreign readers need it; the exporter's own address, in Chinese, stands beside it. */
  addressEn: line(200).optional(),
  phone: line(60).optional(),
  email: line(100).optional(),
  website: line(100).optional(),
  logo: logoSchema.optional(),
});

/** Account that the buyer pays to, as printed on invoice and contract. */
export const bankDetailsSchema = z.strictObject({
  beneficiary: line(140),
  bank: line(140),
  bankAddress: line(200).optional(),
  /** ISO 9362, 8 or 11 characters. */
  swift: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'a SWIFT code has 8 or 11 capital letters and digits'),
  account: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{3,38}$/, 'an account number has 4 to 39 letters, digits, blanks or hyphens'),
});
export type BankDetails = z.infer<typeof bankDetailsSchema>;

/** Who signs for the exporter, and where the papers are signed and stamped. */
export const signatorySchema = z.strictObject({
  name: line(80).optional(),
  title: line(80).optional(),
  place: line(80).optional(),
});
export type Signatory = z.infer<typeof signatorySchema>;

/** The head as a paper carries it. The logo by its hash: seven papers a revision would each keep the picture. */
export const printedLetterheadSchema = z.strictObject({
  ...letterheadSchema.omit({ logo: true }).shape,
  /** contentHashOf the logo that belongs on the paper. */
  logoHash: z.string().optional(),
});
export type PrintedLetterhead = z.infer<typeof printedLetterheadSchema>;
