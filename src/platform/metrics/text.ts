import type { Distribution, Family, Labels } from './family.ts';

/** The two forms in which Prometheus and its like scrape figures. */
export type TextForm = 'prometheus' | 'openmetrics';

export const CONTENT_TYPES: Readonly<Record<TextForm, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/**
 * Which form an `Accept` asks for: OpenMetrics if it is named in a version that is spoken here, and
 * no less wanted than plain text.
 */
export function chooseForm(accept: string | undefined): TextForm {
  const wanted = (accept ?? '').split(',').map(parseRange);
  const best = (isIt: (range: Range) => boolean) => Math.max(0, ...wanted.filter(isIt).map(({ quality }) => quality));
  const open = best(({ type, version }) => type === OPENMETRICS && (version === undefined || version === '1.0.0'));
  return open > 0 && open >= best(({ type }) => type === 'text/plain') ? 'openmetrics' : 'prometheus';
}

const OPENMETRICS = 'application/openmetrics-text';

interface Range {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameter = (name: string) => parameters.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const quality = Number(parameter('q') ?? 1);
  return { type, version: parameter('version'), quality: Number.isFinite(quality) ? quality : 0 };
}

/** All figures as one text. */
export function printFamilies(families: readonly Family[], form: TextForm): string {
  const text = families.filter(({ samples }) => samples.length > 0).map((family) => printFamily(family, form));
  return `${text.join('')}${form === 'openmetrics' ? '# EOF\n' : ''}`;
}

function printFamily(family: Family, form: TextForm): string {
  const { kind, name, help } = family;
  // OpenMetrics names a counter's samples with `_total`, and the counter without.
  const head = form === 'openmetrics' && kind === 'counter' ? name.replace(/_total$/, '') : name;
  const lines = [`# HELP ${head} ${escapeHelp(help, form)}`, `# TYPE ${head} ${kind}`];
  if (family.kind === 'histogram') {
    for (const { labels, value } of family.samples) lines.push(...printDistribution(name, labels, value));
  } else for (const { labels, value } of family.samples) lines.push(line(name, labels, value));
  return `${lines.join('\n')}\n`;
}

function printDistribution(name: string, labels: Labels, { bounds, atMost, count, sum }: Distribution): string[] {
  const buckets = bounds.map((bound, at) =>
    line(`${name}_bucket`, { ...labels, le: printBound(bound) }, atMost[at] ?? 0),
  );
  return [
    ...buckets,
    line(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${printNumber(value)}`;
}

/** As OpenMetrics wants bounds: they are texts, and compared as such. */
const printBound = (bound: number): string => (Number.isInteger(bound) ? `${bound}.0` : String(bound));

function printNumber(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

const escapeLabel = (text: string): string =>
  text.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));

function escapeHelp(text: string, form: TextForm): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return form === 'openmetrics' ? escaped.replace(/"/g, '\\"') : escaped;
}
