/** Of the one region of an installation on one machine. */
export const LOCAL_REGION = 'local';
/** Of the first key in its key file. */
export const LOCAL_KEY_ID = 'local';
/** Of its data, in the folder where it is started. */
export const DEFAULT_DATA_DIR = '.varve';
