import { useLocation, useSearch } from 'wouter';

/**
 * Addresses: `/r/<region>/<area>/<id>/<tab>`. Filters, order, span and zoom are in the query, so
 * that the back button and a copied address know them.
 */
export function useRegion(): string {
  const [location] = useLocation();
  return regionOf(location) ?? '';
}

export function regionOf(location: string): string | undefined {
  const [, region] = /^\/r\/([^/]+)/.exec(location) ?? [];
  return region === undefined ? undefined : decodeURIComponent(region);
}

/** Writes addresses of the region that is looked at: `to('disks', id, 'snapshots')`. */
export function useTo(): (...parts: readonly string[]) => string {
  const region = useRegion();
  return (...parts) => toIn(region, ...parts);
}

export function toIn(region: string, ...parts: readonly string[]): string {
  return `/r/${[region, ...parts].map(encodeURIComponent).join('/')}`;
}

/** The query of the address. What is set to undefined goes. It replaces, unless told otherwise. */
export function useQueryState(): readonly [
  URLSearchParams,
  (changes: Readonly<Record<string, string | undefined>>, how?: { readonly replace?: boolean }) => void,
] {
  const search = useSearch();
  const [location, go] = useLocation();
  return [
    new URLSearchParams(search),
    (changes, { replace = true } = {}) => {
      const next = new URLSearchParams(search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
      }
      const query = next.toString();
      go(query === '' ? location : `${location}?${query}`, { replace });
    },
  ];
}
