export const FOLDERS: readonly string[];
export const FEATURES: readonly string[];
export const KNOWN: readonly { from: string; to: string; reason: string }[];
declare const config: { forbidden: readonly { name: string }[] };
export default config;
