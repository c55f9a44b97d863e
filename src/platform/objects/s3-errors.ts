import { isPassingName, isPassingStatus } from '../passing-trouble.ts';
import type { HttpAnswer } from './http.ts';

export function isPassingAnswer(answer: HttpAnswer): boolean {
  return isPassingStatus(answer.status) || isPassingName(s3ErrorCode(answer));
}

/** `<Code>` of an error's XML body; a HEAD has none. */
export function s3ErrorCode({ status, body }: HttpAnswer): string | undefined {
  if (status < 300) return undefined;
  return /<Code>([A-Za-z]+)<\/Code>/.exec(body.toString('utf8', 0, 4096))?.[1];
}
