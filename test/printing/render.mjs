/**
 * Reads PDFs in a process of its own, since pdfjs is an ES module only. Takes on its standard input a list of
 * `{ base64, pictures? }`; writes for each its pages, each with its texts and where they stand (points, from the left
 * bottom), and with `pictures` (dots per inch) each page as a PNG in base64.
 */
import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { greyPicture } from './grey-picture.mjs';

async function readPage(page, dotsPerInch) {
  const { items } = await page.getTextContent();
  const [, , width, height] = page.view;
  const texts = items
    .filter((item) => item.str !== undefined)
    .map(({ str, transform, width, hasEOL }) => ({
      text: str,
      x: transform[4],
      y: transform[5],
      size: transform[3],
      width,
      endsLine: hasEOL,
    }));
  return { width, height, texts, ...(dotsPerInch ? { picture: await pictureOf(page, dotsPerInch) } : {}) };
}

async function pictureOf(page, dotsPerInch) {
  const viewport = page.getViewport({ scale: dotsPerInch / 72 });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const context = canvas.getContext('2d');
  await page.render({ canvas, canvasContext: context, viewport }).promise;
  return greyPicture(context.getImageData(0, 0, canvas.width, canvas.height)).toString('base64');
}

async function read({ base64, pictures }) {
  const task = getDocument({
    data: new Uint8Array(Buffer.from(base64, 'base64')),
    verbosity: 0,
    isEvalSupported: false,
  });
  const document = await task.promise;
  const pages = [];
  for (let number = 1; number <= document.numPages; number++)
    pages.push(await readPage(await document.getPage(number), pictures));
  const { info } = await document.getMetadata();
  await task.destroy();
  return { pages, info };
}

const parts = [];
for await (const part of process.stdin) parts.push(part);
const answers = [];
for (const each of JSON.parse(Buffer.concat(parts).toString('utf8'))) answers.push(await read(each));
process.stdout.write(JSON.stringify(answers));
