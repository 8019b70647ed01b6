/** What is wrong with what somebody typed: said at once, and told of the field or cell it is about. */
export function Flaw(props: { id: string; text: string; isQuiet?: boolean }) {
  return (
    <p class="jj-flaw" id={props.id} role={props.isQuiet ? undefined : 'alert'}>
      {props.text}
    </p>
  );
}

/** The attributes of what has a flaw, if it has one. */
export function flawed(id: string, text: unknown) {
  return text
    ? { 'aria-invalid': 'true' as const, 'aria-describedby': id }
    : {};
}
