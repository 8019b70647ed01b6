/** The map's look. Jupyter's theme variables come first, then our own colours, light and dark. */
import { theme } from '../generated/theme';

type Colours = typeof theme.light | typeof theme.dark;

function colours(own: Colours): string {
  const chips = own.chips.map(
    (chip, index) =>
      `--jj-chip${index}: ${chip.fill}; --jj-chip${index}-text: ${chip.text};`
  );
  return `
  --jj-surface: var(--jp-layout-color1, ${own.surface});
  --jj-text: var(--jp-content-font-color0, ${own.text});
  --jj-band: ${own.band};
  --jj-border: ${own.line};
  --jj-muted: ${own.muted};
  --jj-accent: ${own.accent};
  --jj-soft: ${own.accent_soft};
  --jj-good: ${own.good};
  --jj-bad: ${own.bad};
  --jj-proposed: ${own.proposed};
  --jj-fill: ${own.curve_fill};
  ${chips.join('\n  ')}`;
}

const { sizes } = theme;

const chips = theme.light.chips
  .map(
    (_, index) =>
      `.jj-chip[data-colour='${index}'] { background: var(--jj-chip${index}); color: var(--jj-chip${index}-text); }`
  )
  .join('\n');

export const style = `
.jj-map { ${colours(theme.light)}
  box-sizing: border-box; container-type: inline-size; display: flex; flex-direction: column; height: 100%; max-height: var(--jj-height, 90vh);
  padding: 20px 0 8px; color: var(--jj-text); background: var(--jj-surface);
  font: 400 ${sizes.text}px/1.42 var(--jp-ui-font-family, ${theme.font}); color-scheme: light;
}
.jj-map[data-theme='dark'] { ${colours(theme.dark)}
  color-scheme: dark;
}
.jj-map *, .jj-map *::before { box-sizing: border-box; }
.jj-map p, .jj-map ul { margin: 0; padding: 0; }
.jj-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.jj-header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; padding: 0 20px 14px; }
.jj-map .jj-title { font-size: ${sizes.title - 4}px; font-weight: 650; line-height: 1.2; letter-spacing: -0.015em; }
.jj-subtitle { color: var(--jj-muted); font-size: ${sizes.subtitle}px; }
.jj-map .jj-notice { margin-inline-start: auto; padding: 1px 10px; border-radius: 10px; background: var(--jj-band); color: var(--jj-muted); font-size: 12px; }

.jj-scroll { flex: 1 1 auto; min-height: 0; overflow: auto; padding: 0 20px 12px 0; scroll-padding: 84px 20px 20px 190px; }
.jj-grid { --jj-lane: clamp(152px, 13cqi, ${sizes.lane}px); min-width: calc(var(--jj-lane) + var(--jj-count) * ${sizes.column_min}px); }
.jj-row { position: relative; display: grid; grid-template-columns: var(--jj-lane) repeat(var(--jj-count), minmax(0, 1fr)); }

.jj-head { position: sticky; top: 0; z-index: 3; background: var(--jj-surface); padding-bottom: 6px; }
.jj-corner, .jj-name { position: sticky; left: 0; z-index: 2; background: var(--jj-surface); }
.jj-group { margin: 0 6px 6px 0; padding: 0 0 4px 14px; border-bottom: 2px solid var(--jj-soft); color: var(--jj-muted); font-size: ${sizes.small}px; font-weight: 600; letter-spacing: 0.07em; text-transform: uppercase; }
.jj-stage { --jj-tip: 11px; display: flex; align-items: center; min-height: 42px; margin-right: calc(5px - var(--jj-tip)); padding: 7px 16px 7px 24px; background: var(--jj-soft); color: var(--jj-accent); font-size: ${sizes.stage - 1}px; font-weight: 650; line-height: 1.2; overflow-wrap: break-word;
  clip-path: polygon(0 0, calc(100% - var(--jj-tip)) 0, 100% 50%, calc(100% - var(--jj-tip)) 100%, 0 100%, var(--jj-tip) 50%); }
.jj-corner + .jj-stage { padding-left: 16px; clip-path: polygon(0 0, calc(100% - var(--jj-tip)) 0, 100% 50%, calc(100% - var(--jj-tip)) 100%, 0 100%); border-radius: 8px 0 0 8px; }
.jj-stage:last-child { margin-right: 0; }

.jj-lane { min-height: ${sizes.row_min}px; }
.jj-lane + .jj-lane, .jj-border + .jj-lane { border-top: 1px solid var(--jj-border); }
.jj-name { display: flex; gap: 10px; padding: 13px 10px 12px 20px; font-weight: 600; overflow-wrap: break-word; }
.jj-icon { flex: none; width: 18px; height: 18px; fill: none; stroke: var(--jj-accent); stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
[data-tone='bad'] .jj-icon { stroke: var(--jj-bad); }
[data-tone='good'] .jj-icon { stroke: var(--jj-good); }
.jj-prompt { display: block; margin-top: 2px; color: var(--jj-muted); font-size: ${sizes.small}px; font-weight: 400; line-height: 1.35; }

.jj-cell { position: relative; min-width: 0; margin: 3px; padding: 9px 9px 9px 11px; border-radius: 8px; outline: none; overflow-wrap: anywhere; cursor: default; }
.jj-cell:hover { background: color-mix(in srgb, var(--jj-band) 70%, transparent); }
.jj-cell:focus { box-shadow: 0 0 0 2px var(--jj-accent); }
.jj-cell:has(.jj-field) { z-index: 1; padding: 0; }
.jj-text { white-space: pre-wrap; }
.jj-quoted { font-style: italic; color: var(--jj-muted); }
.jj-map .jj-list { list-style: none; }
.jj-list li { position: relative; padding-left: 13px; }
.jj-list li + li { margin-top: 4px; }
.jj-list li::before { content: ''; position: absolute; left: 1px; top: 0.58em; width: 5px; height: 5px; border-radius: 50%; background: var(--jj-muted); opacity: 0.75; }
[data-tone='bad'] .jj-list li::before { background: var(--jj-bad); opacity: 1; }
[data-tone='good'] .jj-list li::before { background: var(--jj-good); opacity: 1; }
.jj-chips { display: flex; flex-wrap: wrap; gap: 5px; }
.jj-chip, .jj-choice { padding: 1px 9px; border-radius: 11px; background: var(--jj-soft); color: var(--jj-accent); font-size: 12px; line-height: 20px; font-weight: 500; }
${chips}
.jj-references { display: grid; gap: 4px; justify-items: start; }
.jj-reference { padding: 1px 8px; border: 1px solid var(--jj-border); border-radius: 6px; font-size: 12px; line-height: 19px; }

.jj-kind-score { min-height: ${sizes.curve + 20}px; }
.jj-curve { position: absolute; top: 0; left: var(--jj-lane); width: calc(100% - var(--jj-lane)); height: 100%; pointer-events: none; }
.jj-area { fill: var(--jj-fill); }
.jj-neutral { stroke: var(--jj-border); stroke-width: 1; vector-effect: non-scaling-stroke; }
.jj-line { fill: none; stroke: var(--jj-accent); stroke-width: 2.5; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.jj-line.jj-measured { stroke: var(--jj-good); stroke-width: 2; stroke-dasharray: 7 5; }
.jj-line.jj-target { stroke: var(--jj-proposed); stroke-width: 2; stroke-dasharray: 1 5; }
.jj-kind-score .jj-cell { margin: 0; background: none; }
.jj-point, .jj-mark { position: absolute; left: 50%; transform: translate(-50%, -50%); }
.jj-face { display: block; width: 24px; height: 24px; stroke: var(--jj-accent); stroke-width: 1.8; stroke-linecap: round; fill: none; }
.jj-face circle { fill: var(--jj-surface); }
.jj-feeling { position: absolute; left: 50%; transform: translateX(-50%); padding: 0 3px; border-radius: 4px; background: color-mix(in srgb, var(--jj-surface) 80%, transparent); color: var(--jj-muted); font-size: ${sizes.small}px; line-height: 15px; white-space: nowrap; }
.jj-feeling b { color: var(--jj-text); font-weight: 650; }
.jj-above .jj-feeling { bottom: 27px; } .jj-below .jj-feeling { top: 27px; }
.jj-mark { width: 9px; height: 9px; border: 2px solid var(--jj-surface); }
.jj-mark.jj-measured { background: var(--jj-good); transform: translate(-50%, -50%) rotate(45deg); }
.jj-mark.jj-target { width: 10px; height: 10px; border-color: var(--jj-proposed); border-radius: 50%; background: var(--jj-surface); }
.jj-key { display: block; color: var(--jj-muted); font-size: ${sizes.small}px; font-weight: 400; }
.jj-key::before { content: ''; display: inline-block; width: 16px; margin-right: 6px; vertical-align: middle; border-top: 2px solid var(--jj-accent); }
.jj-key.jj-measured::before { border-top: 2px dashed var(--jj-good); }
.jj-key.jj-target::before { border-top: 2px dotted var(--jj-proposed); }

.jj-value { font-size: ${sizes.value}px; font-weight: 650; line-height: 1.15; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.jj-unit { margin-left: 4px; color: var(--jj-muted); font-size: 12px; }
.jj-map .jj-small { display: block; color: var(--jj-muted); font-size: ${sizes.small}px; line-height: 1.4; }
.jj-n { display: block; }
.jj-whisker { display: block; width: 100%; max-width: 140px; height: 10px; margin: 4px 0 2px; fill: none; stroke: var(--jj-accent); stroke-width: 1.5; }
.jj-whisker path { vector-effect: non-scaling-stroke; }
.jj-axis { stroke: var(--jj-border); }
.jj-whisker .jj-dot { stroke-width: 7; stroke-linecap: round; }

.jj-border { margin: 2px 0; border: 0; }
.jj-border > div { grid-column: 1 / -1; position: relative; padding-left: 20px; color: var(--jj-muted); font-size: ${sizes.small}px; font-weight: 600; letter-spacing: 0.03em; }
.jj-border > div::after { content: ''; position: absolute; left: 20px; right: 0; top: 50%; border-top: 1.5px dashed var(--jj-muted); opacity: 0.6; }
.jj-border span { position: sticky; left: 20px; z-index: 1; padding-right: 8px; background: var(--jj-surface); }
.jj-border + .jj-lane { border-top: 0; }

.jj-editor { display: flex; flex-direction: column; height: 100%; min-height: 44px; }
.jj-map .jj-field { flex: 1 1 auto; width: 100%; margin: 0; padding: 8px 8px 8px 10px; border: 1px solid var(--jj-accent); border-radius: 8px; outline: 2px solid var(--jj-accent); outline-offset: -1px; background: var(--jj-surface); color: var(--jj-text); font: inherit; resize: none; field-sizing: content; }
.jj-field[aria-invalid] { border-color: var(--jj-bad); outline-color: var(--jj-bad); }
.jj-field::placeholder { color: var(--jj-muted); opacity: 1; }
.jj-map .jj-flaw { margin-top: 4px; padding: 3px 8px; border-left: 3px solid var(--jj-bad); background: var(--jj-surface); color: var(--jj-bad); font-size: 12px; line-height: 1.35; position: relative; }
.jj-draft { text-decoration: underline wavy var(--jj-bad); text-underline-offset: 3px; }
@container (max-width: 1420px) { .jj-stage { padding-inline: 19px 12px; font-size: 13px; } .jj-corner + .jj-stage { padding-left: 13px; } }
.jj-cell:empty:not([aria-readonly='true']):hover::before { content: '+'; color: var(--jj-muted); font-size: 16px; }
@media (prefers-reduced-motion: no-preference) { .jj-cell { transition: background 0.12s; } }
@media (forced-colors: active) {
  .jj-cell:focus { outline: 2px solid Highlight; }
  .jj-line, .jj-face, .jj-icon, .jj-whisker { stroke: CanvasText; }
  .jj-chip, .jj-stage { border: 1px solid; }
  .jj-stage { clip-path: none; }
  .jj-list li::before { forced-color-adjust: none; background: CanvasText; opacity: 1; }
  .jj-area { fill: none; }
}
`;
