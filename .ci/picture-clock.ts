/**
 * For `node --import`: the clock of a process goes PICTURE_AHEAD_MS before that of the machine, so
 * that the pictures of docs/pictures are of the same day whenever they are made.
 */
const aheadMs = Number(process.env.PICTURE_AHEAD_MS ?? 0);
const RealDate = Date;

class PictureDate extends RealDate {
  constructor(...parts: readonly unknown[]) {
    if (parts.length === 0) super(RealDate.now() + aheadMs);
    else super(...(parts as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}

globalThis.Date = Object.assign(PictureDate, {
  parse: RealDate.parse,
  UTC: RealDate.UTC,
}) as unknown as DateConstructor;
