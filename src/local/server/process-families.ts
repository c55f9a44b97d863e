import { readdirSync } from 'node:fs';
import { type Family, gauge } from '../../platform/metrics/family.ts';

const START_MS = performance.timeOrigin;

/**
 * What Prometheus' own clients say of a process, by their names. Of prom-client's further ones some
 * break the naming rules (prometheus/client_js#283).
 */
export function processFamilies(): Family[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  const files = openFiles();
  return [
    counter('process_cpu_seconds_total', 'User and system CPU time.', (user + system) / 1e6),
    gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    gauge('process_start_time_seconds', 'Start of the process since the epoch.', START_MS / 1000),
    ...(files === undefined ? [] : [gauge('process_open_fds', 'Open file descriptors.', files)]),
    gauge('nodejs_heap_used_bytes', 'Heap of JavaScript that is used.', heapUsed),
    gauge('nodejs_heap_size_bytes', 'Heap of JavaScript that is reserved.', heapTotal),
  ];
}

function counter(name: string, help: string, value: number): Family {
  return { kind: 'counter', name, help, samples: [{ labels: {}, value }] };
}

/** Where the system has a folder for it. */
function openFiles(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}
