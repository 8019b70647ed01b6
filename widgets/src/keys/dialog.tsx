/** A window above a grid: its help, or whatever else it has to show by itself. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface DialogProps {
  title: string;
  close: string;
  /** What its classes begin with: each grid has a style of its own. */
  look: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A window of its own in the page's top layer; Escape closes it. */
export function Dialog({ title, close, look, onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const [id] = useState(() => `${look}-${Math.random().toString(36).slice(2)}`);
  useLayoutEffect(() => box.current?.showModal(), []);
  return (
    <dialog
      ref={box}
      class={`${look}-dialog`}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={event => event.stopPropagation()}
    >
      <h2 id={id} class={`${look}-title`}>
        {title}
      </h2>
      {children}
      <button class={`${look}-button`} onClick={() => box.current?.close()}>
        {close}
      </button>
    </dialog>
  );
}

type HelpProps = Omit<DialogProps, 'children'> & {
  keys: readonly (readonly [keys: string, what: string])[];
};

/** All keys, and what each does. */
export function Help({ keys, ...dialog }: HelpProps) {
  return (
    <Dialog {...dialog}>
      <table class={`${dialog.look}-help`}>
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
