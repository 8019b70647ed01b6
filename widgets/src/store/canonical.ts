/**
 * The bytes of a journey file: the twin of `model/canonical.py`. `JSON.stringify` alone won't do:
 * objects put keys that look like numbers first, whatever the order they were given in.
 */
export function stringify(value: unknown): string {
  return block(value, '\n') + '\n';
}

function block(value: unknown, newline: string): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const inner = newline + '  ';
  const isList = Array.isArray(value);
  const items = isList
    ? value.map(item => block(item, inner))
    : Object.keys(value)
        .sort()
        .map(name => {
          const item = (value as Record<string, unknown>)[name];
          return `${JSON.stringify(name)}: ${block(item, inner)}`;
        });
  const [open, close] = isList ? '[]' : '{}';
  return items.length
    ? `${open}${inner}${items.join(',' + inner)}${newline}${close}`
    : open + close;
}
