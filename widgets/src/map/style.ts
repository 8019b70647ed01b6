/** The map's look. Jupyter's theme variables come first, then our own colours, as the host tells. */
import * as theme from '../generated/theme';

const { sizes } = theme;

export const style = `
.jj-map {
  --jj-paper: var(--jp-layout-color1, var(--jj-surface)); --jj-ink: var(--jp-content-font-color0, var(--jj-text));
  box-sizing: border-box; container-type: inline-size; display: flex; flex-direction: column; height: 100%; max-height: var(--jj-height, 90vh);
  padding: 20px 0 8px; color: var(--jj-ink); background: var(--jj-paper);
  font: 400 ${sizes.text}px/1.42 var(--jp-ui-font-family, system-ui, sans-serif);
}
:where(.jj-host) { flex-grow: 1; min-width: 0; } /* in a row of widgets; their layout may say otherwise */
.jj-map *, .jj-map *::before { box-sizing: border-box; }
.jj-map :is(p, ul) { margin: 0; padding: 0; list-style: none; }
.jj-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

.jj-header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; padding: 0 20px 14px; overflow-wrap: anywhere; }
.jj-map .jj-title { font-size: ${sizes.title - 4}px; font-weight: 650; line-height: 1.2; letter-spacing: -0.02em; }
.jj-subtitle, .jj-group, .jj-evidence, .jj-prompt, .jj-key, .jj-border > div, .jj-map .jj-small { display: block; color: var(--jj-muted); font-size: ${sizes.small}px; font-weight: 400; line-height: 1.4; }
.jj-subtitle { font-size: ${sizes.subtitle}px; }
.jj-notice { background: var(--jj-band); color: var(--jj-muted); }

.jj-aside { display: flex; align-items: center; gap: 10px; margin-inline-start: auto; }
.jj-tools { display: flex; gap: 2px; }
.jj-tool, .jj-fold, .jj-dots, .jj-info { border: 0; background: none; color: inherit; font: inherit; cursor: pointer; }
.jj-tool { display: grid; place-items: center; width: 30px; height: 28px; border-radius: 6px; }
.jj-tool .jj-icon { stroke: var(--jj-muted); }
.jj-tool:hover, .jj-dots:hover, .jj-fold:hover { background: var(--jj-accent_soft); }
.jj-map button:focus-visible { outline: 2px solid var(--jj-accent); outline-offset: 1px; }
.jj-button { padding: 4px 12px; border: 1px solid var(--jj-line); border-radius: 6px; background: var(--jj-paper); color: var(--jj-ink); font: inherit; cursor: pointer; }
.jj-button:disabled { color: var(--jj-muted); cursor: default; }
.jj-button:hover:enabled { background: var(--jj-band); }

.jj-find { display: flex; align-items: center; gap: 8px; padding: 0 20px 10px; }
.jj-map .jj-find .jj-field { flex: 0 1 260px; }
.jj-map .jj-field:not(:focus) { outline: 0; }
.jj-body { display: flex; flex: 1 1 auto; min-height: 0; }
.jj-findings { flex: 0 0 250px; overflow: auto; padding: 4px 16px 12px; border-left: 1px solid var(--jj-line); font-size: 12px; }
.jj-findings button { width: 100%; margin-top: 8px; border-left: 3px solid var(--jj-muted); text-align: start; }
.jj-findings [data-level='error'] button { border-left-color: var(--jj-bad); }
.jj-findings [data-level='warning'] button { border-left-color: var(--jj-proposed); }
.jj-findings button > * { display: block; }
@container (max-width: 760px) { .jj-body { flex-direction: column; } .jj-findings { flex: 0 1 180px; border-left: 0; border-top: 1px solid var(--jj-line); } }

.jj-menu, .jj-dialog, .jj-map .jj-offers { max-height: 80vh; overflow: auto; padding: 5px; border: 1px solid var(--jj-line); border-radius: 9px; background: var(--jj-paper); color: var(--jj-ink); box-shadow: 0 8px 28px rgb(0 0 0 / 22%); }
.jj-menu { position: fixed; inset: auto; min-width: 190px; margin: 0; line-height: 1.3; }
.jj-item, .jj-offers li { position: relative; display: flex; gap: 8px; align-items: center; min-height: 28px; padding: 4px 10px 4px 6px; border-radius: 6px; cursor: default; }
.jj-item:focus, .jj-offers li:is([data-chosen], :hover) { outline: none; background: var(--jj-accent_soft); color: var(--jj-accent); }
.jj-item[aria-disabled='true'] { color: var(--jj-muted); }
.jj-apart { margin-top: 9px; }
.jj-apart::before { content: ''; position: absolute; inset: -5px 4px auto; border-top: 1px solid var(--jj-line); }
.jj-tick { width: 12px; } .jj-keys { margin-inline-start: auto; color: var(--jj-muted); font-size: 12px; }
.jj-dialog { max-width: min(620px, 92vw); padding: 20px 24px; font: inherit; }
.jj-map .jj-dialog .jj-title { margin: 0 0 12px; }
.jj-help { margin: 0 0 14px; border-collapse: collapse; }
.jj-map .jj-help :is(th, td) { padding: 4px 14px 4px 0; border: 0; border-top: 1px solid var(--jj-line); background: none; color: inherit; text-align: start; vertical-align: top; }

.jj-scroll { flex: 1 1 auto; min-height: 0; overflow: auto; padding: 0 20px 12px 0; scroll-padding: 84px 20px 20px 190px; }
.jj-grid { overflow-wrap: anywhere; hyphens: auto; hyphenate-limit-chars: 14 5; --jj-lane: clamp(152px, 22cqi, ${sizes.lane}px); min-width: calc(var(--jj-lane) + var(--jj-count) * min(19ch, 40cqi)); }
.jj-row { position: relative; display: grid; grid-template-columns: var(--jj-lane) repeat(var(--jj-count), minmax(0, 1fr)); }

.jj-head { position: sticky; top: 0; z-index: 3; background: var(--jj-paper); padding-bottom: 6px; }
.jj-corner, .jj-name { position: sticky; left: 0; z-index: 2; background: var(--jj-paper); }
.jj-group { margin: 0 6px 6px 0; padding: 0 0 4px 14px; border-bottom: 2px solid var(--jj-accent_soft); font-weight: 600; letter-spacing: 0.07em; text-transform: uppercase; }
.jj-stage { position: relative; display: flex; align-items: center; min-height: 42px; margin-right: -6px; padding: 7px 12px 7px 20px; background: var(--jj-accent_soft); color: var(--jj-accent); font-size: clamp(13px, 0.95cqi, ${sizes.stage}px); font-weight: 650; line-height: 1.2; clip-path: polygon(0 0, calc(100% - 11px) 0, 100% 50%, calc(100% - 11px) 100%, 0 100%, var(--jj-notch, 11px) 50%); }
.jj-corner + .jj-stage { --jj-notch: 0; padding-left: 14px; border-radius: 8px 0 0 8px; }
.jj-stage:last-child { margin-right: 0; }

[data-axis] { outline: none; touch-action: none; user-select: none; }
.jj-headline { flex: 1; min-width: 0; }
.jj-group:empty { border: 0; }
.jj-stage:focus { background: color-mix(in srgb, var(--jj-accent) 22%, var(--jj-accent_soft)); text-decoration: underline 2px; }
.jj-name:focus { box-shadow: inset 0 0 0 2px var(--jj-accent); border-radius: 8px; }
.jj-dots { position: absolute; right: 4px; top: calc(50% - 12px); background: var(--jj-paper); color: var(--jj-muted); line-height: 1; opacity: 0; }
.jj-name .jj-dots { top: 9px; }
.jj-stage .jj-dots { right: 12px; background: var(--jj-accent_soft); color: var(--jj-accent); }
[data-axis]:is(:hover, :focus-within) .jj-dots { opacity: 1; }
@media (hover: none) { .jj-dots { opacity: 1; } }
.jj-fold { flex: none; margin-left: -8px; color: var(--jj-accent); }
.jj-fold, .jj-dots { width: 24px; height: 24px; padding: 0; border-radius: 6px; }
.jj-step { background: color-mix(in srgb, var(--jj-accent_soft) 55%, var(--jj-paper)); }
.jj-stage[data-drop] { box-shadow: inset 16px 0 0 -1px var(--jj-accent); }
.jj-name[data-drop] { box-shadow: inset 0 3px 0 var(--jj-accent); }
[data-axis] .jj-editor { flex: 1; min-width: 0; min-height: 0; height: auto; }
[data-axis] .jj-editor .jj-field { padding: 3px 6px; font-weight: 500; }
.jj-band { margin-top: 10px; border-bottom: 1px solid var(--jj-accent_soft); }
.jj-band > div, .jj-border > div { grid-column: 1 / -1; }
.jj-band > div { padding: 8px 20px; background: var(--jj-band); font-weight: 650; }
.jj-band span, .jj-border span { position: sticky; left: 20px; }
.jj-grid:focus-within .jj-cell[aria-selected='true']:not(:focus) { background: var(--jj-accent_soft); }
.jj-cell.jj-found { box-shadow: inset 0 0 0 2px var(--jj-proposed); }
.jj-cell[data-shared] > * { opacity: 0.72; }
.jj-evidence { margin-top: 5px; }
.jj-evidence::before { content: '◌ '; } [data-evidence='observed'] > .jj-evidence::before { content: '● '; color: var(--jj-good); }
.jj-kind-score .jj-evidence { bottom: 2px; }
.jj-info::before { content: 'i'; }
.jj-info { width: 24px; height: 20px; margin-inline: -6px -8px; padding: 0; color: var(--jj-accent); font: italic 12px Georgia, serif; }
[aria-readonly='false'] > :is(.jj-point, .jj-mark.jj-target) { cursor: ns-resize; touch-action: none; }
.jj-map .jj-offers { position: absolute; z-index: 6; top: 100%; inset-inline: 0; max-height: 150px; }
.jj-offers li { padding-left: 24px; }
.jj-offers li[aria-selected='true']::before { content: '✓'; position: absolute; left: 7px; color: var(--jj-accent); }

.jj-lane { min-height: ${sizes.row_min}px; }
.jj-lane + .jj-lane { border-top: 1px solid var(--jj-line); }
.jj-name { display: flex; gap: 8px; padding: 13px 4px 12px 20px; font-weight: 600; }
.jj-icon, .jj-sign, .jj-face, .jj-whisker, .jj-line { flex: none; fill: none; stroke: var(--jj-accent); stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.jj-icon { width: 18px; height: 18px; }
[data-tone='bad'] { --jj-tone: var(--jj-bad); }
[data-tone='good'] { --jj-tone: var(--jj-good); }
[data-tone] .jj-icon { stroke: var(--jj-tone); }
.jj-prompt { margin-top: 2px; }

.jj-cell { position: relative; min-width: 0; user-select: none; margin: 3px; padding: 9px 9px 9px 11px; border-radius: 8px; outline: none; cursor: default; }
.jj-cell:hover { background: var(--jj-band); }
.jj-cell:focus { box-shadow: 0 0 0 2px var(--jj-accent); }
.jj-cell[data-open] { z-index: 4; padding: 0; }
.jj-text { white-space: pre-wrap; }
.jj-quoted { font-style: italic; font-synthesis: weight; color: var(--jj-muted); }
.jj-list li { position: relative; padding-inline-start: 13px; }
.jj-list li + li { margin-top: 4px; }
.jj-list li::before { content: ''; position: absolute; inset-inline-start: 1px; top: 0.58em; width: 5px; height: 5px; border-radius: 50%; background: var(--jj-tone, var(--jj-muted)); }
.jj-chips { display: flex; flex-wrap: wrap; gap: 5px; }
.jj-sign { width: 13px; height: 13px; margin-block-start: 3.5px; margin-inline: -2px 4px; stroke: currentColor; stroke-width: 2; }
.jj-dotted { width: 8px; stroke-width: 12; }
.jj-chip { display: inline-flex; }
.jj-chip, .jj-choice, .jj-reference, .jj-map .jj-notice { padding: 1px 9px; border-radius: 11px; font-size: 12px; line-height: 20px; }
.jj-choice { background: var(--jj-accent_soft); color: var(--jj-accent); }
.jj-references { display: grid; gap: 4px; justify-items: start; }
.jj-reference { padding-inline: 7px; border: 1px solid var(--jj-line); border-radius: 6px; }

.jj-kind-score { min-height: ${sizes.curve + 44}px; }
.jj-curve { position: absolute; top: 0; left: var(--jj-lane); width: calc(100% - var(--jj-lane)); height: 100%; pointer-events: none; }
.jj-area { fill: var(--jj-curve_fill); }
.jj-axis { stroke: var(--jj-line); }
.jj-curve path, .jj-whisker path { vector-effect: non-scaling-stroke; }
.jj-line { stroke-width: 2.5; }
.jj-line.jj-measured { stroke: var(--jj-good); stroke-dasharray: 7 5; }
.jj-line.jj-target { stroke: var(--jj-proposed); stroke-dasharray: 1 5; }
.jj-kind-score .jj-cell { margin: 0; background: none; }
.jj-point, .jj-mark { position: absolute; left: 50%; translate: -50% -50%; }
.jj-face { display: block; width: 24px; height: 24px; }
.jj-face circle { fill: var(--jj-paper); }
.jj-feeling, .jj-kind-score .jj-evidence { position: absolute; left: 50%; translate: -50%; white-space: nowrap; }
.jj-feeling { padding: 0 3px; color: var(--jj-muted); font-size: ${sizes.small}px; line-height: 15px; }
.jj-feeling b { color: var(--jj-ink); font-weight: 650; }
.jj-above .jj-feeling { bottom: 27px; } .jj-below .jj-feeling { top: 27px; }
.jj-mark { width: 9px; height: 9px; border: 2px solid var(--jj-paper); }
.jj-mark.jj-measured { background: var(--jj-good); rotate: 45deg; }
.jj-mark.jj-target { width: 10px; height: 10px; border-color: var(--jj-proposed); border-radius: 50%; background: var(--jj-paper); }
.jj-key::before { content: ''; display: inline-block; width: 16px; margin-right: 6px; vertical-align: middle; border-top: 2px solid var(--jj-accent); }
.jj-key.jj-measured::before { border-top: 2px dashed var(--jj-good); }
.jj-key.jj-target::before { border-top: 2px dotted var(--jj-proposed); }

.jj-value { font-size: ${sizes.value}px; font-weight: 650; line-height: 1.15; letter-spacing: -0.02em; }
.jj-unit { margin-left: 4px; color: var(--jj-muted); font-size: 12px; }
.jj-figure + .jj-figure { margin-top: 10px; }
.jj-computed { font-size: 12px; font-weight: 600; }
.jj-map .jj-basis { display: flex; flex-wrap: wrap; column-gap: 8px; }
.jj-map .jj-state, .jj-trend b { font-weight: 600; }
.jj-map :is([data-mood='bad'] b, [data-state]) { color: var(--jj-bad); } .jj-map :is([data-mood='good'] b, [data-state='fresh']) { color: var(--jj-good); }
.jj-map .jj-aim { margin-top: 4px; color: var(--jj-proposed); }
.jj-whisker { display: block; width: 100%; max-width: 140px; height: 10px; margin: 4px 0 2px; stroke-linecap: butt; }
.jj-whisker .jj-dot { stroke-width: 7; stroke-linecap: round; }

.jj-border { margin: 2px 0; }
.jj-border > div { position: relative; padding-left: 20px; font-weight: 600; letter-spacing: 0.07em; }
.jj-border > div::after { content: ''; position: absolute; left: 20px; right: 0; top: 50%; border-top: 1.5px dashed var(--jj-muted); opacity: 0.6; }
.jj-border span { z-index: 1; padding-right: 8px; background: var(--jj-paper); }

.jj-editor { display: flex; flex-direction: column; height: 100%; min-height: 44px; }
.jj-map .jj-field { flex: 1 1 auto; width: 100%; margin: 0; padding: 8px 8px 8px 10px; border: 1px solid var(--jj-accent); border-radius: 8px; outline: 2px solid var(--jj-accent); outline-offset: -1px; background: var(--jj-paper); color: var(--jj-ink); font: inherit; resize: none; field-sizing: content; }
.jj-field[aria-invalid] { --jj-accent: var(--jj-bad); }
.jj-field::placeholder { color: var(--jj-muted); opacity: 1; }
.jj-map .jj-flaw { margin-top: 4px; padding: 3px 8px; border-left: 3px solid var(--jj-bad); background: var(--jj-paper); color: var(--jj-bad); font-size: 12px; line-height: 1.35; position: relative; }
.jj-map .jj-choices { margin: 8px 0; }
.jj-draft { text-decoration: underline wavy var(--jj-bad); text-underline-offset: 3px; }
.jj-cell[aria-readonly='false']:empty:hover::before { content: '+'; color: var(--jj-muted); font-size: 16px; }
[data-jp-theme-name*='Contrast'] .jj-map { --jj-muted: var(--jj-ink) !important; --jj-line: var(--jj-ink) !important; }
@media (prefers-contrast: more) { .jj-map { --jj-muted: var(--jj-ink) !important; --jj-line: var(--jj-ink) !important; } .jj-cell[data-shared] > * { opacity: 1; } }
@media (forced-colors: active) {
  :is(.jj-cell, [data-axis], .jj-item):focus, .jj-offers li[data-chosen], [data-drop] { outline: 2px solid Highlight; outline-offset: -2px; }
  .jj-grid:focus-within .jj-cell[aria-selected='true']:not(:focus), .jj-found { outline: 2px dashed Highlight; outline-offset: -2px; }
  .jj-line, .jj-face, .jj-icon, .jj-whisker { stroke: CanvasText !important; }
  .jj-chip, .jj-stage { border: 1px solid; clip-path: none; }
  .jj-list li::before { forced-color-adjust: none; background: CanvasText; }
  .jj-area { fill: none; }
}
`;
