/** Builds the workflows' script into its cache, so that no worker of this image spends its first seconds on it. */
import { bundleWorkflows } from './workflow-bundle.ts';

const { buildId } = await bundleWorkflows();
process.stdout.write(`The workflows are built: version ${buildId}.\n`);
