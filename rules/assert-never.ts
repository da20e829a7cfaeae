/** Makes a switch exhaustive: the compiler refuses a case that nobody handles. @throws Error if one comes at run time all the same. */
export function assertNever(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
