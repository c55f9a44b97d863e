/** Of a file or a folder, as `stat` tells it. */
interface Owned {
  readonly uid: number;
}

/** It belongs to the user of this process. So does everything where there are no users. */
export function isOwn({ uid }: Owned): boolean {
  return process.geteuid === undefined || uid === process.geteuid();
}

/** Root is nobody's adversary. */
export function isOwnOrRoots(owned: Owned): boolean {
  return owned.uid === 0 || isOwn(owned);
}

/** With sudo, the user who asked for it is trusted as well. */
export function isTrusted(
  owned: Owned,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return isOwnOrRoots(owned) || (process.geteuid?.() === 0 && owned.uid === Number(environment.SUDO_UID));
}
