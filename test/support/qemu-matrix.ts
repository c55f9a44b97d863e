import type { ImageFormat } from '../../src/formats/image.ts';

/** What `qemu-img convert` can make: the driver, its options, and what the file is. */
export interface QemuCase {
  readonly format: ImageFormat;
  readonly driver: string;
  readonly options: readonly string[];
  /** Of `convert`: `-c` compresses. */
  readonly flags?: readonly string[];
}

const options = (name: string, values: readonly string[]) => values.map((value) => `${name}=${value}`);
const each = (format: ImageFormat, driver: string, lists: readonly (readonly string[])[], flags?: readonly string[]) =>
  lists.map((list): QemuCase => ({ format, driver, options: list, ...(flags && { flags }) }));

const CLUSTERS = ['512', '4k', '64k', '2M'];
const qcow2 = (lists: readonly (readonly string[])[], flags?: readonly string[]) =>
  each('qcow2', 'qcow2', lists, flags);

/** One of each kind. */
export const SHORT_MATRIX: readonly QemuCase[] = [
  ...qcow2([[], ['compat=0.10'], ['cluster_size=512'], ['cluster_size=2M'], ['extended_l2=on']]),
  ...qcow2([[], ['compression_type=zstd'], ['cluster_size=512'], ['extended_l2=on']], ['-c']),
  ...each('vmdk', 'vmdk', [
    [],
    ['zeroed_grain=on'],
    ['subformat=streamOptimized'],
    ['subformat=monolithicFlat'],
    ['subformat=twoGbMaxExtentSparse'],
    ['subformat=twoGbMaxExtentFlat'],
  ]),
  ...each('vhd', 'vpc', [[], ['subformat=fixed'], ['force_size=on']]),
  ...each('vhdx', 'vhdx', [[], ['subformat=fixed'], ['block_size=1M']]),
];

/** Every option that says how bytes are stored, and combinations of those that meet. */
export const LONG_MATRIX: readonly QemuCase[] = [
  ...qcow2(CLUSTERS.map((size) => [`cluster_size=${size}`, 'compat=0.10'])),
  ...qcow2([...options('preallocation', ['metadata', 'falloc', 'full']).map((one) => [one]), ['lazy_refcounts=on']]),
  ...qcow2(options('refcount_bits', ['1', '2', '4', '8', '32', '64']).map((one) => [one])),
  ...qcow2(
    ['16k', '64k', '2M'].flatMap((size) => [
      [`cluster_size=${size}`, 'extended_l2=on'],
      [`cluster_size=${size}`, 'extended_l2=on', 'preallocation=metadata'],
    ]),
  ),
  ...['zlib', 'zstd'].flatMap((type) =>
    qcow2(
      [...CLUSTERS, '16k', '1M'].map((size) => [`cluster_size=${size}`, `compression_type=${type}`]),
      ['-c'],
    ),
  ),
  ...qcow2([['compat=0.10']], ['-c']),
  ...qcow2([['cluster_size=16k', 'extended_l2=on', 'compression_type=zstd']], ['-c']),
  ...each(
    'vmdk',
    'vmdk',
    ['monolithicSparse', 'monolithicFlat', 'twoGbMaxExtentSparse', 'twoGbMaxExtentFlat', 'streamOptimized'].flatMap(
      (subformat) => [
        [`subformat=${subformat}`],
        [`subformat=${subformat}`, 'compat6=on', 'adapter_type=lsilogic'],
        ...(subformat.endsWith('Flat') ? [] : [[`subformat=${subformat}`, 'zeroed_grain=on']]),
      ],
    ),
  ),
  ...each('vmdk', 'vmdk', [['hwversion=14', 'toolsversion=2147483647']]),
  ...each(
    'vhd',
    'vpc',
    ['dynamic', 'fixed'].flatMap((subformat) => [
      [`subformat=${subformat}`],
      [`subformat=${subformat}`, 'force_size=on'],
    ]),
  ),
  ...each('vhd', 'vpc', [['subformat=fixed', 'preallocation=full']]),
  ...each(
    'vhdx',
    'vhdx',
    ['dynamic', 'fixed'].flatMap((subformat) => [
      [`subformat=${subformat}`],
      ...['1M', '32M', '256M'].map((size) => [`subformat=${subformat}`, `block_size=${size}`]),
    ]),
  ),
  ...each('vhdx', 'vhdx', [['log_size=4M'], ['block_state_zero=on']]),
];

export function nameOf({ driver, options: list, flags = [] }: QemuCase): string {
  return [driver, ...flags, ...list].join(' ');
}

/** Arguments of `qemu-img convert` before the names of its two files. */
export function convertArguments({ driver, options: list, flags = [] }: QemuCase): string[] {
  return [...flags, '-O', driver, ...list.flatMap((option) => ['-o', option])];
}
