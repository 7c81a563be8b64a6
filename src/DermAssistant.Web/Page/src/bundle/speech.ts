// Stands where Web Chat imports the speech services. The page never asks it to listen or speak.
export const createAdapters = undefined;
export const createSpeechServicesPonyfill = undefined;
export const AudioConfig = undefined;
export default undefined;
