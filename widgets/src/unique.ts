/** Return a name that nobody else makes, in this page or in another that shows the same. */
export function unique(): string {
  return Math.random().toString(36).slice(2);
}
