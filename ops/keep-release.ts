/** `npm run release`: keeps today's workflows as those of a release, so that later workers can serve what began on them. */
import { bundleWorkflows, keepBundle, keptBundles, RELEASES_FOLDER } from '../worker/workflow-bundle.ts';

const bundle = await bundleWorkflows();
const isNew = !keptBundles(RELEASES_FOLDER).includes(bundle.buildId);
keepBundle(RELEASES_FOLDER, bundle);
console.log(
  isNew
    ? `Kept: releases/${bundle.buildId}.js.gz. Commit it with the release, and record its histories: npm run histories.`
    : `The workflows are those of a release that is kept: ${bundle.buildId}.`,
);
