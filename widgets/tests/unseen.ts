/** What hosts need of a page, where nobody looks: a view remembers what it would draw. */
interface Watched<State> {
  get(): State;
  on(listener: () => void): () => void;
}

export interface View<Host extends Watched<unknown>> {
  host: Host;
  state: ReturnType<Host['get']>;
}

export const views: View<Watched<unknown>>[] = [];

export function mount(_: unknown, host: Watched<unknown>): () => void {
  const view = { host, state: host.get() };
  views.push(view);
  return host.on(() => {
    view.state = host.get();
  });
}

export const keepKeys = () => () => undefined;
export const onTheme = () => () => undefined;
export const pageTheme = () => 'light';
