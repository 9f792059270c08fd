/** The bare turns' own task queues; the second activity has one to itself, as our sends have. */
export const BARE_QUEUE = 'bare';
export const BARE_SECOND_QUEUE = 'bare-second';
