import { html, type Fragment, type Html } from '#lib/http/html';

export interface Bar {
  readonly label: Fragment;
  readonly value: number;
  /** In place of the bare number. */
  readonly text?: string;
}

/**
 * Bars that are a table at the same time, so that whoever sees none of them reads the same.
 * @param most what fills the whole width; the largest value where it is omitted.
 */
export function barTable(
  caption: string,
  [labelHead, valueHead]: readonly [string, string],
  bars: readonly Bar[],
  most = Math.max(1, ...bars.map(({ value }) => value)),
): Html {
  return html`<table class="bars">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${labelHead}</th>
        <th scope="col" class="number">${valueHead}</th>
      </tr>
    </thead>
    <tbody>
      ${bars.map(
        ({ label, value, text }) =>
          html`<tr>
            <th scope="row">
              ${label}<svg
                class="bar"
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
              >
                <rect class="track" width="100" height="6"></rect>
                <rect class="fill" width="${width(value, most)}" height="6"></rect>
              </svg>
            </th>
            <td class="number">${text ?? value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function width(value: number, most: number): string {
  return (most <= 0 ? 0 : Math.min(100, (value / most) * 100)).toFixed(2);
}

export interface Column {
  readonly label: string;
  readonly values: readonly number[];
}

const COLUMN_WIDTH = 10;
const HEIGHT = 60;

/**
 * What happened on each of some days: columns, drawn beside each other where a day has several values, and the same as a table that opens.
 * @param series the name of each value, in their order.
 */
export function columnChart(
  title: string,
  summary: string,
  series: readonly string[],
  columns: readonly Column[],
  tableTitle: string,
  dayHead: string,
): Html {
  const most = Math.max(1, ...columns.flatMap(({ values }) => values));
  const barWidth = (COLUMN_WIDTH - 2) / Math.max(1, series.length);
  const rects = columns.flatMap(({ values }, index) =>
    values.map((value, which) => {
      const height = (value / most) * HEIGHT;
      return html`<rect
        class="series-${which + 1}"
        x="${(index * COLUMN_WIDTH + 1 + which * barWidth).toFixed(2)}"
        y="${(HEIGHT - height).toFixed(2)}"
        width="${barWidth.toFixed(2)}"
        height="${height.toFixed(2)}"
      ></rect>`;
    }),
  );
  const widthOf = Math.max(1, columns.length) * COLUMN_WIDTH;
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <svg
      role="img"
      aria-label="${summary}"
      viewBox="0 0 ${widthOf} ${HEIGHT}"
      preserveAspectRatio="none"
      focusable="false"
    >
      ${rects}
      <rect class="axis" x="0" y="${HEIGHT - 0.5}" width="${widthOf}" height="0.5"></rect>
    </svg>
    <p class="ends"><span>${columns[0]?.label}</span><span>${columns.at(-1)?.label}</span></p>
    <p class="legend">
      ${series.map(
        (name, index) =>
          html`<span
            ><svg class="key" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
              <rect class="series-${index + 1}" width="10" height="10" rx="2"></rect></svg
            >${name}</span
          >`,
      )}
    </p>
    <details>
      <summary>${tableTitle}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${dayHead}</th>
            ${series.map((name) => html`<th scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${columns.map(
            ({ label, values }) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${values.map((value) => html`<td class="number">${value}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </figure>`;
}
