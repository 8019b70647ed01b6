/** A little window over the table. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface PopoverProps {
  name: string;
  at: { x: number; y: number };
  onClose: (isFocusKept: boolean) => void;
  children: ComponentChildren;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function Popover({ name, at, onClose, children }: PopoverProps) {
  const root = useRef<HTMLDivElement>(null);
  // At once, not after the next frame: the next key belongs in here.
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLElement>('button, input')?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const inside = [
      ...(root.current?.querySelectorAll<HTMLElement>('button, input') ?? [])
    ].filter(element => !element.hasAttribute('disabled'));
    const step = STEPS[event.key];
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose(true);
    } else if (step) {
      event.preventDefault();
      const shown = root.current?.getRootNode() as Document | ShadowRoot;
      const now = inside.indexOf(shown.activeElement as HTMLElement);
      inside[(now + step + inside.length) % inside.length]?.focus();
    }
  };
  return (
    <div
      ref={root}
      role="dialog"
      aria-label={name}
      class="jf-popover"
      style={{
        insetInlineStart: `${at.x}px`,
        insetBlockStart: `${at.y}px`,
        maxHeight: `calc(100% - ${at.y + 4}px)`
      }}
      onKeyDown={onKeyDown}
      onFocusOut={event => {
        const next = event.relatedTarget as Node | null;
        if (!next || !root.current?.contains(next)) {
          onClose(false);
        }
      }}
    >
      {children}
    </div>
  );
}

export type Action = readonly [label: string, run: () => void, isOff?: boolean];

export function Actions({ actions }: { actions: readonly Action[] }) {
  return (
    <>
      {actions.map(([label, run, isOff]) => (
        <button key={label} type="button" disabled={isOff} onClick={run}>
          {label}
        </button>
      ))}
    </>
  );
}
