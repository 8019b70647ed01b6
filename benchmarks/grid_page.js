// What benchmarks/grid.py has run in the page: it watches frames being painted and messages passing.
window.bench = (() => {
  const frame = () => new Promise(requestAnimationFrame);
  let log = [];
  let acted;
  let painted;

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

  const canvases = (left, header) =>
    [...found('canvas')].map(canvas => points(canvas, left, header)).join('');

  const shown = {
    ours: () =>
      [...found('[role=gridcell]')].map(cell => cell.textContent).join('|'),
    ipydatagrid: () => canvases(70, 22),
    marimo: () => canvases(34, 40)
  };

  // Wait until a frame is about to be painted that shows something else than `before`.
  async function changed(kind, before, seconds = 60) {
    const end = performance.now() + seconds * 1000;
    do {
      if (performance.now() > end) {
        throw new Error('nothing was painted');
      }
      await frame();
    } while (['', before].includes(shown[kind]()));
    return Date.now();
  }

  return {
    changed,
    shown: kind => shown[kind](),
    listen: () => {
      kernel().anyMessage.connect((_, { direction, msg }) =>
        log.push({
          at: Date.now(),
          sent: direction === 'send' && msg.header.msg_type === 'comm_msg',
          id: msg.header.msg_id,
          done:
            msg.content.execution_state === 'idle' && msg.parent_header.msg_id
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
      const before = kind && shown[kind]();
      acted = new Promise(resolve =>
        window.addEventListener(event, () => resolve(Date.now()), {
          capture: true,
          once: true
        })
      );
      painted = acted.then(
        async begin => kind && (await changed(kind, before, 20)) - begin
      );
    },
    painted: () => painted,
    // How long after the act the kernel was done with the first message it caused.
    done: async () => {
      const begin = await acted;
      const late = performance.now() + 20_000;
      while (performance.now() < late) {
        const sent = log.find(item => item.sent);
        const done = log.find(item => sent && item.done === sent.id);
        if (done) {
          return done.at - begin;
        }
        await frame();
      }
      return null;
    }
  };
})();
