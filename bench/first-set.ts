/**
 * Prints a full set of papers as the first thing that its process prints, and writes the milliseconds that it took, by the clock
 * and of CPU: what the first caller after a start waits for. A program of its own, because fonts that were loaded once stay loaded.
 */
import { printDocument } from '../printing/print-document.ts';
import { loadReference } from '../reference/load.ts';
import { orderOfPapers, ownPapersOf } from './document-papers.ts';

const reference = loadReference();
const order = orderOfPapers();
const began = performance.now();
const cpuBefore = process.cpuUsage();
for (const paper of ownPapersOf(order, '2026-11-24T08:00:00Z', reference)) await printDocument(paper);
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ ms: performance.now() - began, cpuMs: (user + system) / 1000 }));
