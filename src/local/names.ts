/** Of the one region of an installation on one machine. */
export const LOCAL_REGION = 'local';
/** Of the first key in its key file. */
export const LOCAL_KEY_ID = 'local';
