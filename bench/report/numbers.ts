import { MIB } from '../sizes.ts';

/** Three digits that count. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const seconds = (value: number): string => `${short(value)} s`;
export const milliseconds = (value: number): string => `${short(value)} ms`;
export const mib = (value: number): string => `${short(value)} MiB`;
export const megabytes = (value: number): string => `${(value / 1e6).toFixed(1)} MB`;
export const rate = (bytesPerSecond: number): string => `${short(bytesPerSecond / MIB)} MiB/s`;
export const times = (value: number): string => `${short(value)} x`;
export const dollars = (value: number): string => `$${value.toPrecision(2)}`;
