import { loseWhatIsTooMuch } from '../platform/log.ts';

/**
 * Preloaded into each child that runs Node: when the supervisor is gone, however it went, so is the
 * child.
 */
process.on('disconnect', () => process.exit(0));

for (const stream of [process.stdout, process.stderr]) loseWhatIsTooMuch(stream);
