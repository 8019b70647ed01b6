/** A window above the map: the help, or the card of what a cell refers to. */
import type { ComponentChildren } from 'preact';

import * as shared from '../keys/dialog';
import type { Collection, Row } from '../store/types';
import { rowsOf } from '../store/types';
import type { View } from './view';
import { calledIn } from './view';
import type { Words } from './words';

interface DialogProps {
  title: string;
  words: Words;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ words, ...props }: DialogProps) {
  return <shared.Dialog look="jj" close={words.close} {...props} />;
}

export function Help({
  words,
  onClose
}: Pick<DialogProps, 'words' | 'onClose'>) {
  return (
    <Dialog title={words.help} {...{ words, onClose }}>
      <shared.Facts look="jj" rows={words.keys_help} />
    </Dialog>
  );
}

interface CardProps {
  view: View;
  kind: Collection;
  id: string;
  onClose: () => void;
}

/** What is known of a touchpoint, persona, milestone or goal. */
export function Card({ view, kind, id, onClose }: CardProps) {
  const { words, document } = view;
  const record = rowsOf(document, kind).find(it => it.id === id);
  const fields = record ? fieldsOf(record, view) : [];
  return (
    <Dialog title={String(record?.name ?? id)} {...{ words, onClose }}>
      {fields.length ? (
        <shared.Facts look="jj" rows={fields} />
      ) : (
        <p>{words.no_details}</p>
      )}
    </Dialog>
  );
}

function fieldsOf(record: Row, { words, document }: View): [string, string][] {
  const labels: Record<string, string> = {
    ...words.fields,
    stage_id: words.stage
  };
  const nameIn = (kind: Collection, id: string) =>
    rowsOf(document, kind).find(row => row.id === id)?.name;
  const named: Record<string, ((id: string) => unknown) | undefined> = {
    stage_id: id => nameIn('stages', id),
    next: id => nameIn('touchpoints', id) ?? calledIn(words, id),
    contact: id => calledIn(words, id)
  };
  return Object.entries(record).flatMap(([field, value]) => {
    const label = labels[field];
    // What has parts of its own stands elsewhere.
    const items = [value].flat().filter(it => typeof it !== 'object');
    const text = items
      .map(String)
      .map(named[field] ?? String)
      .join(words.apart);
    return label && text && field !== 'name' ? [[label, text]] : [];
  });
}
