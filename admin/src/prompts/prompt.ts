/** A file of a prompt as the API shows it. */
export interface Prompt {
  id: string;
  name: string;
  version: string;
  language: string;
  kind: string;
  body: string;
  checksum: string;
  isCurrent: boolean;
}
