/** Jest's global tear-down. */
export default async function stopStack() {
  const child = globalThis.quaysideTestStack;
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
}
