/** A person at a map, without the map: what she does, and what she would see. */
import type { Host } from '../src/map/host';
import { dump } from '../src/store/document';
import type { Op } from '../src/store/patches';
import {
  added,
  duplicated,
  moved,
  removed,
  withField,
  withCell
} from '../src/store/structure';
import type { Journey, Value } from '../src/store/types';
import type { View } from './unseen';

type Axis = 'stages' | 'lanes';
type Spot = [lane: number, stage: number, value: Value];

export class MapPage {
  readonly host: Host;
  /** What the map showed when an editor opened. */
  private opened: Journey | null = null;

  constructor(private readonly view: View<Host>) {
    this.host = view.host;
  }

  act(name: string, said: unknown[]): void {
    const { host } = this;
    const document = this.opened ?? this.view.state.document;
    switch (name) {
      case 'begin':
        this.opened = document;
        return;
      case 'type':
        this.opened = null;
        return host.send(this.typed(document, said as Spot[]));
      case 'undo':
      case 'redo':
        return host[name]?.();
      case 'look':
        return host.look?.({ bands: said[0] === 1 });
      default: {
        const [axis, which, beside] = said as [Axis, number, number];
        const ids = (document[axis] ?? []).map(({ id }) => id);
        if (ids.length) {
          const at = (place: number) => ids[place % ids.length];
          host.send(changed(name, document, axis, at(which), at(beside)));
        }
      }
    }
  }

  shown(): object {
    const { document, revision, status, refusal } = this.view.state;
    return {
      text: dump(document),
      revision,
      status,
      refusal,
      look: this.host.looks?.()
    };
  }

  private typed(document: Journey, spots: Spot[]): Op[] {
    const lanes = (document.lanes ?? []).filter(({ kind }) => kind === 'text');
    const stages = document.stages ?? [];
    return spots.flatMap(([lane, stage, value]) => {
      const [row, column] = [
        lanes[lane % lanes.length],
        stages[stage % stages.length]
      ];
      const place = {
        lane_id: row?.id,
        stage_id: column?.id,
        persona_id: null
      };
      return row && column ? withCell(document, place, 'value', value) : [];
    });
  }
}

function changed(
  name: string,
  document: Journey,
  axis: Axis,
  id: string,
  beside: string
): Op[] {
  const count = document[axis]?.length ?? 0;
  const fresh = `new ${Math.random()}`;
  switch (name) {
    case 'move':
      return moved(document, axis, id, beside);
    case 'rename':
      return withField(document, axis, id, 'name', fresh);
    case 'remove':
      return count > 1 ? removed(document, axis, id) : [];
    case 'duplicate':
      return count < 9 ? duplicated(document, axis, id).ops : [];
    case 'add': {
      const kind = axis === 'lanes' ? { kind: 'text' } : {};
      const row = { ...kind, name: fresh };
      return count < 9 ? added(document, axis, row, count).ops : [];
    }
    default:
      throw new Error(`nobody can ${name}`);
  }
}
