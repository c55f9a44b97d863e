/** What the emulated AWS says of itself. */
export const LOCAL_AWS_REGION = 'us-east-1';
export const LOCAL_AWS_ACCOUNT = '000000000000';
