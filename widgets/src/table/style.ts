/** The table's look. Jupyter's theme variables come first, then our own colours, light and dark. */
import * as theme from '../generated/theme';

type Colours = typeof theme.light | typeof theme.dark;

function colours(own: Colours): string {
  const chips = own.chips.map(
    ({ fill, text }, at) =>
      `--jf-chip${at}: ${fill}; --jf-chip${at}-text: ${text};`
  );
  return `
  --jf-surface: var(--jp-layout-color1, ${own.surface});
  --jf-text: var(--jp-content-font-color0, ${own.text});
  --jf-band: ${own.band}; --jf-line: ${own.line}; --jf-muted: ${own.muted};
  --jf-accent: ${own.accent}; --jf-soft: ${own.accent_soft}; --jf-bad: ${own.bad};
  ${chips.join(' ')}`;
}

const chips = theme.light.chips
  .map(
    (_, at) =>
      `.jf-chip[data-colour='${at}'] { background: var(--jf-chip${at}); color: var(--jf-chip${at}-text); }`
  )
  .join('\n');

export const style = `
.jf { ${colours(theme.light)}
  position: relative; box-sizing: border-box; color: var(--jf-text); background: var(--jf-surface);
  font: 400 13px/1.4 var(--jp-ui-font-family, ${theme.font}); color-scheme: light;
}
.jf[data-theme='dark'] { ${colours(theme.dark)}
  color-scheme: dark;
}
:where(.jf-host) { flex-grow: 1; min-width: 0; } /* in a row of widgets; their layout may say otherwise */
.jf *, .jf *::before { box-sizing: border-box; }
.jf-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.jf-bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; min-height: 38px; padding: 4px 2px 6px; }
.jf button { padding: 3px 10px; border: 1px solid var(--jf-line); border-radius: 6px; background: var(--jf-surface); color: var(--jf-text); font: inherit; cursor: pointer; }
.jf button:hover:not(:disabled) { background: var(--jf-soft); }
.jf button:disabled { color: var(--jf-muted); cursor: default; }
.jf button:focus-visible, .jf input:focus-visible { outline: 2px solid var(--jf-accent); outline-offset: 1px; }
.jf-count { margin-inline-start: 6px; color: var(--jf-muted); font-variant-numeric: tabular-nums; }
.jf-said { flex: 1 1 120px; min-width: 0; color: var(--jf-muted); overflow: hidden; text-overflow: ellipsis; }
.jf-notice { color: var(--jf-muted); }
.jf-notice[data-status='disconnected'] { color: var(--jf-bad); font-weight: 600; }

.jf-scroll { position: relative; max-height: var(--jf-height, 480px); overflow: auto; border: 1px solid var(--jf-line); border-radius: 8px; scroll-padding: 36px 8px 8px var(--jf-covered); overflow-anchor: none; }
.jf-row { display: grid; grid-template-columns: var(--jf-columns); height: 32px; }
.jf-head { position: sticky; top: 0; z-index: 3; }
.jf-head .jf-row { height: 34px; border-bottom: 1px solid var(--jf-line); background: var(--jf-band); }
.jf-body { position: relative; }
.jf-line { position: absolute; top: 0; left: 0; width: 100%; border-bottom: 1px solid var(--jf-line); contain: layout style; }
/* Never by :has(): the whole page's style would be worked out anew with each edit. */
.jf-line[data-open] { z-index: 2; contain: none; }
.jf-line:hover { background: color-mix(in srgb, var(--jf-band) 75%, transparent); }
.jf [data-at] { outline: none; }
.jf [data-at]:focus { box-shadow: inset 0 0 0 2px var(--jf-accent); }

.jf-corner, .jf-key { grid-column: 1; position: relative; z-index: 2; padding: 6px 10px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; background: var(--jf-band); color: var(--jf-muted); border-inline-end: 1px solid var(--jf-line); font-variant-numeric: tabular-nums; }
.jf-corner { padding-block: 8px; font-weight: 600; }
.jf-lock { width: 9px; height: 11px; margin-inline-start: 5px; fill: currentColor; }
.jf-name { display: flex; align-items: center; gap: 5px; position: relative; padding: 0 4px 0 10px; font-weight: 600; cursor: pointer; user-select: none; }
.jf-name.jf-number .jf-label, .jf-name.jf-integer .jf-label { margin-inline-start: auto; }
.jf-filtered { flex: none; fill: currentColor; }
.jf-label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
/* Each that sticks is a layer of its own, and each row with it: only where there's a need. */
.jf-scroll[data-scrolled] :is(.jf-corner, .jf-key, [data-frozen]) { position: sticky; inset-inline-start: var(--jf-at, 0); }
.jf [data-frozen] { z-index: 1; background: var(--jf-surface); }
.jf-head [data-frozen] { background: var(--jf-band); }
.jf .jf-more { margin-inline-start: auto; min-width: 24px; min-height: 24px; padding: 0 4px; border: 0; background: none; color: var(--jf-muted); line-height: 1; }
.jf-name.jf-number .jf-more, .jf-name.jf-integer .jf-more { margin-inline-start: 0; }
.jf-edge { position: absolute; inset-inline-end: -4px; top: 0; z-index: 1; width: 8px; height: 100%; cursor: col-resize; touch-action: none; }
.jf-edge:hover { background: var(--jf-accent); opacity: 0.4; }

.jf-cell { position: relative; display: flex; align-items: center; gap: 4px; min-width: 0; padding: 0 10px; overflow: hidden; white-space: nowrap; cursor: default; }
.jf-cell.jf-number, .jf-cell.jf-integer { justify-content: flex-end; font-variant-numeric: tabular-nums; }
.jf-cell.jf-date, .jf-cell.jf-datetime { font-variant-numeric: tabular-nums; }
.jf-cell.jf-other { color: var(--jf-muted); font-style: italic; }
.jf .jf-cell[aria-selected='true'], .jf-key[aria-selected='true'] { background: var(--jf-soft); }
.jf-text { overflow: hidden; text-overflow: ellipsis; }
.jf-missing { color: var(--jf-muted); }
.jf-chip { flex: none; max-width: 100%; padding: 0 8px; border-radius: 10px; overflow: hidden; text-overflow: ellipsis; background: var(--jf-chip0); color: var(--jf-chip0-text); font-size: 12px; line-height: 20px; }
${chips}
.jf-draft { color: var(--jf-bad); text-decoration: underline wavy var(--jf-bad); text-underline-offset: 3px; }
.jf [aria-invalid='true'] { box-shadow: inset 2px 0 0 var(--jf-bad); }

.jf-cell[data-open], .jf-key[data-open] { overflow: visible; padding: 0; z-index: 4; }
.jf .jf-field { width: 100%; min-width: 100%; height: 100%; min-height: 31px; margin: 0; padding: 5px 9px; border: 0; border-radius: 0; outline: 2px solid var(--jf-accent); outline-offset: -1px; background: var(--jf-surface); color: var(--jf-text); font: inherit; resize: none; field-sizing: content; }
:is(.jf-date, .jf-datetime) > .jf-field { padding-inline-end: 28px; field-sizing: fixed; }
.jf-picker { position: absolute; inset-inline-end: 1px; top: 2px; width: 26px; height: 27px; padding: 0 5px; border: 0; background: var(--jf-surface); color: var(--jf-text); font: inherit; }
.jf-picker::-webkit-datetime-edit { display: none; }
.jf-picker::-webkit-calendar-picker-indicator { margin: 0; cursor: pointer; }
textarea.jf-field { height: auto; align-self: flex-start; max-height: 180px; white-space: pre-wrap; }
.jf-field[aria-invalid='true'] { outline-color: var(--jf-bad); }
.jf-flaw { position: absolute; top: 100%; inset-inline-start: 0; z-index: 5; width: max-content; max-width: 280px; margin: 2px 0 0; padding: 4px 8px; border-radius: 4px; border-inline-start: 3px solid var(--jf-bad); background: var(--jf-surface); color: var(--jf-bad); box-shadow: 0 2px 8px rgb(0 0 0 / 20%); font-size: 12px; white-space: normal; }

.jf-popover { position: absolute; z-index: 6; display: grid; width: 250px; overflow: auto; padding: 6px; border: 1px solid var(--jf-line); border-radius: 8px; background: var(--jf-surface); box-shadow: 0 6px 24px rgb(0 0 0 / 22%); }
.jf-popover button { border: 0; text-align: start; }
.jf .jf-popover button:focus-visible { outline-offset: -2px; }
.jf[data-open] { min-height: 340px; } /* a notebook shows nothing of it beyond the table */
.jf-popover form { display: grid; gap: 4px; margin: 0 0 4px; padding: 4px 6px 8px; border-bottom: 1px solid var(--jf-line); }
.jf-popover label { display: grid; gap: 4px; color: var(--jf-muted); font-size: 12px; }
.jf-popover input { padding: 5px 8px; border: 1px solid var(--jf-muted); border-radius: 6px; background: var(--jf-surface); color: var(--jf-text); font: inherit; }
.jf-popover input::placeholder { color: var(--jf-muted); opacity: 1; }
.jf-popover small { color: var(--jf-muted); }
.jf-popover .jf-unread { color: var(--jf-bad); }
.jf-popover .jf-values { display: grid; max-height: 170px; margin: 4px 0 0; padding: 0; border: 0; overflow: auto; }
.jf-values legend { padding: 0 0 2px; color: var(--jf-muted); font-size: 12px; }
.jf-popover .jf-values label { display: flex; align-items: center; gap: 8px; min-height: 24px; color: var(--jf-text); font-size: 13px; overflow-wrap: anywhere; }
.jf-popover .jf-values input { flex: none; width: 16px; height: 16px; margin: 0; accent-color: var(--jf-accent); }
.jf-dialog { max-width: 560px; padding: 16px 20px; border: 1px solid var(--jf-line); border-radius: 10px; background: var(--jf-surface); color: var(--jf-text); }
.jf-title { margin: 0 0 8px; font-size: 16px; }
.jf-help { margin: 0 0 12px; border-collapse: collapse; }
.jf-help th, .jf-help td { padding: 4px 12px 4px 0; text-align: start; vertical-align: top; font-weight: 400; }
.jf-help th { font-weight: 600; }
@media (forced-colors: active) {
  .jf [data-at]:focus { outline: 2px solid Highlight; outline-offset: -2px; }
  .jf-chip { border: 1px solid; }
  .jf .jf-cell[aria-selected='true'] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
`;
