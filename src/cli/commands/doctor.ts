import { ClientError } from '../../client/errors.ts';
import type { Finding } from '../../local/keep/doctor/finding.ts';
import type { Inside } from '../../local/keep/doctor/look-inside.ts';
import { invokeLocal } from '../../platform/functions/local.ts';
import type { Command, Context } from '../command.ts';
import { counted } from '../sizes.ts';
import { dataDirOf, throwAsFailure } from './server.ts';

export const doctor: Command = {
  path: 'doctor',
  summary: 'Look at the data folder and its server, and say what is to be done.',
  details: [
    'It is for operators, and works while the server runs and while it is stopped. It looks ' +
      'at space, clock, owner and modes, file system, versions, backups, copies and checks of ' +
      'the catalogue, waiting work, known damage and scrubs.',
    'Each line is ok, a warning or a problem. The exit code is 0 if all is ok, 4 if there ' +
      'are warnings, and 5 if there are problems.',
  ],
  args: [],
  options: [],
  examples: [{ does: 'Is everything in order?', line: 'varve doctor --data /srv/varve' }],
  json: '`{dataDir, worst, findings: [{topic, level, found, advice}]}`. A level is `ok`, `warning` or `problem`.',
  run: async (context, input) => {
    const { examine } = await import('../../local/keep/doctor/examine.ts');
    const { worstOf } = await import('../../local/keep/doctor/finding.ts');
    const data = dataDirOf(input, context.environment);
    const findings = await examine({ data, ask: () => askServer(context) }).catch(throwAsFailure);
    const worst = worstOf(findings);
    context.console.result({ dataDir: data, worst, findings }, () => findings.flatMap(lines));
    if (worst === 'ok') return;
    const count = findings.filter(({ level }) => level === worst).length;
    throw new ClientError(worst === 'problem' ? 'DoctorProblem' : 'DoctorWarning', `${counted(count, worst)}.`, {
      count,
    });
  },
};

function lines({ level, topic, found, advice }: Finding): string[] {
  return [`${level.padEnd(7)}  ${topic}: ${found}`, ...(advice === undefined ? [] : [`         ${advice}`])];
}

async function askServer({ localFunctions, signal }: Context): Promise<Inside | undefined> {
  try {
    return (await invokeLocal(await localFunctions(), 'health', {}, signal)) as Inside;
  } catch (error) {
    if (error instanceof ClientError && error.code === 'Unreachable') return undefined;
    throw error;
  }
}
