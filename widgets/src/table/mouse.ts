/** What the mouse does: choose, drag over an area, open, sort. */
import { useRef } from 'preact/hooks';

import type { At } from './keys';

interface Mouse {
  onGo: (to: At, isExtending?: boolean) => void;
  onOpen: (to: At) => void;
  onSort: (place: number) => void;
  setAnchor: (to: At) => void;
  isEditing: boolean;
  active: At;
  last: At;
}

export function useMouse({
  onGo,
  onOpen,
  onSort,
  setAnchor,
  isEditing,
  active,
  last
}: Mouse) {
  const isDragging = useRef(false);
  const cellOf = (event: Event) =>
    (event.target as Element).closest<HTMLElement>('[data-at]');
  const onMouseDown = (event: MouseEvent) => {
    const cell = cellOf(event);
    const isControl = (event.target as Element).closest(
      'input, textarea, select, button'
    );
    if (!cell || isControl || event.button !== 0) {
      return;
    }
    const to = atOf(cell);
    isDragging.current = to.row >= 0;
    if (to.row >= 0 && to.column < 0) {
      // A row's label stands for the whole row; the focus stays on the label.
      onGo(to, event.shiftKey);
      if (!event.shiftKey) {
        setAnchor({ row: to.row, column: last.column });
      }
    } else {
      onGo(to, event.shiftKey && to.row >= 0);
    }
  };
  const onMouseOver = (event: MouseEvent) => {
    const cell = cellOf(event);
    if (isDragging.current && event.buttons === 1 && cell && !isEditing) {
      const to = atOf(cell);
      if (to.row >= 0) {
        onGo(to, true);
      }
    }
  };
  // The focus may also come by a screen reader, or from outside.
  const onFocusIn = (event: FocusEvent) => {
    const cell = event.target as HTMLElement;
    if (cell.dataset.at && !isEditing) {
      const to = atOf(cell);
      if (to.row !== active.row || to.column !== active.column) {
        onGo(to);
      }
    }
  };
  const onMouseUp = () => {
    isDragging.current = false;
  };
  const onDblClick = (event: MouseEvent) => {
    const cell = cellOf(event);
    if (cell && !isEditing && atOf(cell).row >= 0) {
      onOpen(atOf(cell));
    }
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event);
    const to = cell && atOf(cell);
    if (
      to?.row === -1 &&
      to.column >= 0 &&
      !(event.target as Element).closest('.jf-edge')
    ) {
      onSort(to.column);
    }
  };
  return {
    onMouseDown,
    onMouseOver,
    onMouseUp,
    onDblClick,
    onClick,
    onFocusIn
  };
}

export function atOf(cell: HTMLElement): At {
  const [row, column] = (cell.dataset.at ?? '').split(',').map(Number);
  return { row, column };
}
