/** A window above a grid: its help, or whatever else it has to show by itself. */
import type { ComponentChildren } from 'preact';

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
  return (
    <dialog
      ref={open}
      class={`${look}-dialog`}
      aria-label={title}
      onClose={onClose}
      onKeyDown={event => event.stopPropagation()}
    >
      <h2 class={`${look}-title`}>{title}</h2>
      {children}
      <button
        class={`${look}-button`}
        onClick={event => event.currentTarget.closest('dialog')?.close()}
      >
        {close}
      </button>
    </dialog>
  );
}

/** Always the same function: it is called once, when the window is there. */
function open(box: HTMLDialogElement | null): void {
  box?.showModal();
}

type Rows = readonly (readonly [name: string, what: string])[];

type HelpProps = Omit<DialogProps, 'children'> & { keys: Rows };

/** All keys, and what each does. */
export function Help({ keys, ...dialog }: HelpProps) {
  return (
    <Dialog {...dialog}>
      <Facts look={dialog.look} rows={keys} />
    </Dialog>
  );
}

/** Names, and beside each what is to be said of it. */
export function Facts({ look, rows }: { look: string; rows: Rows }) {
  return (
    <table class={`${look}-help`}>
      <tbody>
        {rows.map(([name, what]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
