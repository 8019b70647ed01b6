/** How maps and tables fill the texts that they were told. */

/** A text for each plural form that a language has. */
export type Forms = { other: string } & Partial<
  Record<Intl.LDMLPluralRule, string>
>;

type Fields = Record<string, string | number>;

/** Put the fields into a template such as "Saved: {cell}". */
export function fill(template: string, fields: Fields): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in fields ? String(fields[name]) : whole
  );
}

/** Say how many there are, as the language does for that number. */
export function plural(
  forms: Forms,
  count: number,
  language: string,
  fields: Fields = {}
): string {
  const form = new Intl.PluralRules(language).select(count);
  return fill(forms[form] ?? forms.other, {
    n: count.toLocaleString(language),
    ...fields
  });
}
