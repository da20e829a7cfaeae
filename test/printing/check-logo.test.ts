import { describe, expect, it } from '@jest/globals';
import { checkLogo } from '../../printing/check-logo.ts';
import { jpegOf, solidPng } from './pictures.ts';

const check = (bytes: Buffer, mediaType: 'image/png' | 'image/jpeg') => () =>
  checkLogo({ mediaType, base64: bytes.toString('base64') });

describe('a logo', () => {
  it.each([
    ['PNG', solidPng(5, 3), 'image/png'],
    ['JPEG', jpegOf(), 'image/jpeg'],
  ] as const)('that is a whole %s can be printed', (_type, bytes, mediaType) =>
    expect(check(bytes, mediaType)).not.toThrow(),
  );

  it.each([
    ['PNG that is cut off', solidPng(5, 3).subarray(0, 50), 'image/png'],
    ['JPEG without its end', jpegOf({ end: false }), 'image/jpeg'],
    ['JPEG without a size', jpegOf({ frame: false }), 'image/jpeg'],
    ['JPEG of no width', jpegOf({ width: 0 }), 'image/jpeg'],
    ['JPEG of three bytes', jpegOf().subarray(0, 3), 'image/jpeg'],
  ] as const)('is no %s', (_type, bytes, mediaType) => {
    expect(check(bytes, mediaType)).toThrow(/cannot be printed: .*save it again/);
  });
});
