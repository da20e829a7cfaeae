/** `npm run schema`: migrates an empty embedded database and writes store/schema.sql from its catalogue. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
