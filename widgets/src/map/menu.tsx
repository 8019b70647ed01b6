/** A menu in the page's top layer: arrow keys walk through it, Escape and a click beside it close. */
import { Component, createRef } from 'preact';

export interface Entry {
  label: string;
  act?: () => void;
  /** A menu of its own, shown in place of this one. */
  entries?: Entry[];
  /** Where one of several holds, or something is on: whether it is this. */
  isChecked?: boolean;
  isDisabled?: boolean;
  isApart?: boolean;
  keys?: string;
}

export interface MenuProps {
  label: string;
  entries: Entry[];
  x: number;
  y: number;
  onClose: () => void;
}

interface Walked {
  /** Which entries led to the menu that is shown, from one menu to the next. */
  path: Entry[];
  active: number;
}

export class Menu extends Component<MenuProps, Walked> {
  override state: Walked = { path: [], active: 0 };
  readonly #list = createRef<HTMLDivElement>();

  override componentDidMount() {
    this.#list.current?.showPopover?.();
    this.componentDidUpdate();
    window.addEventListener('pointerdown', this.#away, true);
  }

  override componentWillUnmount() {
    window.removeEventListener('pointerdown', this.#away, true);
  }

  override componentDidUpdate() {
    const element = this.#list.current as HTMLDivElement;
    const { offsetWidth, offsetHeight, style } = element;
    style.left = within(this.props.x, window.innerWidth - offsetWidth);
    style.top = within(this.props.y, window.innerHeight - offsetHeight);
    element
      .querySelectorAll<HTMLElement>('[role^=menuitem]')
      [this.state.active]?.focus();
  }

  readonly #away = (event: Event) => {
    if (!event.composedPath().includes(this.#list.current as EventTarget)) {
      this.props.onClose();
    }
  };

  override render() {
    const { props } = this;
    const { path, active } = this.state;
    const entries = path.at(-1)?.entries ?? props.entries;
    const choose = (entry: Entry) => {
      if (entry.isDisabled) {
        return;
      }
      if (entry.entries) {
        const checked = entry.entries.findIndex(it => it.isChecked);
        this.setState({
          path: [...path, entry],
          active: Math.max(0, checked)
        });
        return;
      }
      props.onClose();
      entry.act?.();
    };
    const back = () => {
      if (path.length) {
        this.setState({ path: path.slice(0, -1), active: 0 });
      } else {
        props.onClose();
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const to = targetOf(event.key, active, entries);
      event.stopPropagation();
      if (to !== null) {
        this.setState({ active: to });
      } else if (
        ['Enter', ' '].includes(event.key) ||
        (event.key === 'ArrowRight' && entries[active].entries)
      ) {
        choose(entries[active]);
      } else if (event.key === 'Escape' || event.key === 'ArrowLeft') {
        back();
      } else if (event.key === 'Tab') {
        props.onClose();
      } else {
        return;
      }
      event.preventDefault();
    };
    return (
      <div
        ref={this.#list}
        role="menu"
        popover="manual"
        class="jj-menu"
        aria-label={path.at(-1)?.label ?? props.label}
        onKeyDown={onKeyDown}
        onContextMenu={event => event.preventDefault()}
      >
        {entries.map((entry, index) => (
          <div
            key={entry.label}
            role={entry.isChecked === undefined ? 'menuitem' : 'menuitemradio'}
            class={entry.isApart ? 'jj-item jj-apart' : 'jj-item'}
            tabIndex={index === active ? 0 : -1}
            aria-checked={entry.isChecked}
            aria-disabled={entry.isDisabled}
            aria-haspopup={entry.entries ? 'menu' : undefined}
            onPointerEnter={() => this.setState({ active: index })}
            onClick={() => choose(entry)}
          >
            <span class="jj-tick" aria-hidden="true">
              {entry.isChecked && '✓'}
            </span>
            <span>{entry.label}</span>
            <span class="jj-keys" aria-hidden="true">
              {entry.entries ? '›' : entry.keys}
            </span>
          </div>
        ))}
      </div>
    );
  }
}

/** As near to where it was asked for as the window has room. */
function within(at: number, room: number): string {
  return `${Math.max(4, Math.min(at, room - 4))}px`;
}

function targetOf(
  key: string,
  active: number,
  entries: Entry[]
): number | null {
  const count = entries.length;
  const way = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: -1 };
  const to: number | undefined = way[key as 'Home'];
  if (to !== undefined) {
    return (to + count) % count;
  }
  // A letter leads to the next entry that begins with it.
  const isLetter = key.length === 1 && key !== ' ';
  const begins = ({ label }: Entry) =>
    isLetter && label.toLowerCase().startsWith(key.toLowerCase());
  const after = entries.findIndex((it, at) => at > active && begins(it));
  const found = after < 0 ? entries.findIndex(begins) : after;
  return found < 0 ? null : found;
}
