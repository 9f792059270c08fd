/** A column of sealed texts. Whoever adds one names it in its feature, so that `peyk rotate-keys` finds it. */
export interface EncryptedColumn {
  table: string;
  column: string;
  /** The column whose value is the row's part of the place: a UUID. */
  idColumn: string;
}
