// What benchmarks/grid.py has run in the page: it watches frames being painted and messages passing.
window.bench = (() => {
  const frame = () => new Promise(requestAnimationFrame);
  let log = [];
  let acted;
  let painted;

  // By Python's clock, and finer than milliseconds.
  const now = () => performance.timeOrigin + performance.now();

  const kernel = () =>
    window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;

  // Elements of this kind, in shadow roots, too.
  function* found(selector, root = document) {
    yield* root.querySelectorAll(selector);
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) {
        yield* found(selector, element.shadowRoot);
      }
    }
  }

  // Dark points below a canvas's header and right of its labels, as one text.
  function points(canvas, left, header) {
    const width = Math.min(canvas.width, 700) - left;
    const height = Math.min(canvas.height, 220) - header;
    if (width < 100 || height < 100) {
      return '';
    }
    const { data } = canvas
      .getContext('2d')
      .getImageData(left, header, width, height);
    let [dark, sum] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 128 && data[at] + data[at + 1] + data[at + 2] < 330) {
        dark += 1;
        sum = (sum * 31 + at) % 1_000_000_007;
      }
    }
    return dark > 60 ? `${dark} ${sum}` : '';
  }

  const PLACES = {
    ours: { find: '[role=gridcell]', at: cell => cell.closest('[role=grid]') },
    said: { find: '[role=status].jf-said' },
    ipydatagrid: { find: 'canvas', header: [70, 22] },
    marimo: { find: 'canvas', header: [34, 40] }
  };
  const places = {};

  // Where an editor shows something, sought once: going through a whole page takes longer than an
  // edit, and what watches mustn't slow down what it watches.
  function placesOf(kind) {
    const { find, at = item => item } = PLACES[kind];
    if (!places[kind]?.length || !places[kind].every(item => item.isConnected)) {
      places[kind] = [...new Set([...found(find)].map(at))];
    }
    return places[kind];
  }

  function shown(kind) {
    const { header } = PLACES[kind];
    const all = placesOf(kind)
      .map(place => (header ? points(place, ...header) : place.textContent))
      .join('');
    // What shows nothing may not be the editor: a page has canvases for other ends.
    places[kind] = all ? places[kind] : undefined;
    return all;
  }

  // The moment from which the document of a page holds something else in this editor; null where it
  // is a picture, which no document holds, or isn't there yet.
  function written(kind) {
    const watched = PLACES[kind].header ? [] : placesOf(kind);
    if (!watched.length) {
      return null;
    }
    return new Promise(resolve => {
      const watch = new MutationObserver(() => {
        watch.disconnect();
        resolve(now());
      });
      for (const place of watched) {
        watch.observe(place, {
          characterData: true,
          childList: true,
          subtree: true
        });
      }
    });
  }

  // Wait until a frame is about to be painted that shows something else than `before`. Where the
  // document tells of a change, none is asked for until then: a page that is at rest paints at once,
  // one that is asked for frame after frame at the next of their ticks.
  async function changed(kind, before, seconds = 60) {
    const end = performance.now() + seconds * 1000;
    const late = () => new Promise(resolve => setTimeout(resolve, 500));
    do {
      if (performance.now() > end) {
        throw new Error('nothing was painted');
      }
      const change = written(kind);
      await (change && Promise.race([change, late()]));
      await frame();
    } while (['', before].includes(shown(kind)));
    return now();
  }

  return {
    changed,
    shown,
    written,
    listen: () => {
      kernel().anyMessage.connect((_, { direction, msg }) =>
        log.push({
          at: now(),
          sent: direction === 'send' && msg.header.msg_type === 'comm_msg',
          id: msg.header.msg_id,
          parent: msg.parent_header.msg_id,
          isAnswer: msg.header.msg_type === 'comm_msg',
          isDone: msg.content.execution_state === 'idle'
        })
      );
    },
    // Run code in the kernel and return the value of its `answer`.
    execute: async code => {
      const future = kernel().requestExecute({
        code,
        store_history: false,
        user_expressions: { answer: 'answer' }
      });
      const { content } = await future.done;
      if (content.status !== 'ok') {
        throw new Error(`${content.ename}: ${content.evalue}`);
      }
      return Number(content.user_expressions.answer.data['text/plain']);
    },
    // Note when a person's act reaches the page, and when what it changes is painted.
    expect: (kind, event) => {
      log = [];
      const before = kind && shown(kind);
      acted = new Promise(resolve =>
        window.addEventListener(event, () => resolve(now()), {
          capture: true,
          once: true
        })
      );
      painted = acted.then(
        async begin =>
          kind && (await changed(kind, before, 20)) - begin
      );
    },
    painted: () => painted,
    // How long after the act the kernel answered the first message it caused, and was done with it.
    answered: async () => {
      const begin = await acted;
      const late = performance.now() + 20_000;
      while (performance.now() < late) {
        const sent = log.find(item => item.sent);
        const its = log.filter(item => sent && item.parent === sent.id);
        const done = its.find(item => item.isDone);
        if (done) {
          const answer = its.find(item => item.isAnswer) ?? done;
          return [answer.at - begin, done.at - begin];
        }
        // Not by frames: each that is asked for would be in the way of the answer.
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      return [null, null];
    }
  };
})();
