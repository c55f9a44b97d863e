import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import * as metered from '../../../src/service/calls/metered.ts';
import { monitoredServer } from '../../support/monitored-server.ts';

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../docs/monitoring/${name}`, import.meta.url)), 'utf8');

interface Panel {
  readonly type: string;
  readonly title?: string;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string }[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const { panels } = JSON.parse(read('dashboard.json')) as { readonly panels: readonly Panel[] };
const rules = (
  parse(read('alerts.yml')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }
).groups.flatMap((group) => group.rules);
const cases = (parse(read('alerts.test.yml')) as { readonly tests: readonly { readonly name: string }[] }).tests;

/** Absent until there is something that they could say. */
const LATER = [
  'varve_last_backup_timestamp_seconds',
  'varve_last_catalogue_check_timestamp_seconds',
  'varve_last_catalogue_copy_timestamp_seconds',
];

/** Of Prometheus itself. */
const OF_THE_SCRAPER = ['up'];

async function knownNames(): Promise<ReadonlySet<string>> {
  await using varve = await monitoredServer();
  const body = await vi.waitFor(
    async () => {
      const scraped = await varve.scrape();
      expect(scraped.body).toContain('varve_disks{');
      expect(scraped.body).toContain('varve_event_loop_delay_seconds'); // told once it was sampled
      return scraped.body;
    },
    { timeout: 60_000 },
  );
  const figures = Object.values(metered).map(({ name }) => name);
  const types = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
  return new Set([...types, ...figures, ...LATER, ...OF_THE_SCRAPER]);
}

/** Names of figures in a query, without what a histogram adds to its own. */
function namesIn(expr: string): string[] {
  const names = [...expr.matchAll(/\b((?:varve|process|nodejs)_\w+|up(?=\{))/g)].map(([, name = '']) => name);
  return names.map((name) => name.replace(/_(bucket|sum|count)$/, ''));
}

describe('what docs/monitoring asks for', () => {
  let known: ReadonlySet<string>;
  beforeAll(async () => {
    known = await knownNames();
  });

  test('are figures that there are', () => {
    const asked = [...panels.flatMap(({ targets = [] }) => targets), ...rules].flatMap(({ expr }) => namesIn(expr));
    expect(asked.length).toBeGreaterThan(40);
    expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([]);
  });

  test('and what README.md lists are all of ours', () => {
    const readme = read('README.md');
    const ours = [...known].filter((name) => name.startsWith('varve_'));
    expect(ours.filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
    const listed = [...readme.matchAll(/`(varve_\w+)/g)].map(([, name = '']) => name);
    expect(listed.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the dashboard', () => {
  const shown = panels.filter(({ type }) => type !== 'row');
  test.each(shown.map((panel) => [panel.title ?? '', panel] as const))(
    '%s has a title, a unit and a query',
    (title, panel) => {
      expect(title).not.toBe('');
      expect(panel.fieldConfig?.defaults.unit ?? '').not.toBe('');
      expect(panel.targets?.length ?? 0).toBeGreaterThan(0);
    },
  );
});

describe('an alert', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s says how bad it is and what to do, and has a case',
    (alert, rule) => {
      expect(['info', 'warning', 'critical']).toContain(rule.labels.severity);
      expect(rule.annotations.summary).not.toBe('');
      expect(rule.annotations.description).not.toBe('');
      expect(cases.map(({ name }) => name)).toContain(alert);
    },
  );
});
