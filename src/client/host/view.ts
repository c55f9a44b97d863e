import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

/** `major:minor`, as the kernel writes it. */
export type DeviceNumber = string;

/**
 * What the kernel shows of its files and devices. What is not there, or not for this user, is
 * undefined or empty.
 */
export interface HostView {
  text(path: string): string | undefined;
  names(folder: string): readonly string[];
  link(path: string): string | undefined;
  /** Of a block device, by the path of its file. */
  deviceOf(path: string): DeviceNumber | undefined;
  /** The same text for the same file, whatever its name. */
  fileOf(path: string): string | undefined;
}

/**
 * The one place that looks into /proc and /sys. Undefined on other systems than Linux, which have
 * neither.
 */
export function hostView(): HostView | undefined {
  if (process.platform !== 'linux') return undefined;
  return {
    text: (path) => attempt(() => readFileSync(path, 'utf8')),
    names: (folder) => attempt(() => readdirSync(folder)) ?? [],
    link: (path) => attempt(() => readlinkSync(path)),
    deviceOf: (path) =>
      attempt(() => {
        const stat = statSync(path, { bigint: true });
        return stat.isBlockDevice() ? deviceNumber(stat.rdev) : undefined;
      }),
    fileOf: (path) => attempt(() => fileIdentity(statSync(path, { bigint: true }))),
  };
}

/** As makedev(3) packs them on Linux. */
export function deviceNumber(rdev: bigint): DeviceNumber {
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xff_ff_f0_00n);
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xff_ff_ff_00n);
  return `${major}:${minor}`;
}

export function fileIdentity({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${deviceNumber(dev)} ${ino}`;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
