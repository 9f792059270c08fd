/** Fails its workflow task for ever, with words that no log may hold. */
export async function failing(): Promise<void> {
  throw new Error('no way to +989121234567 with access_token=s3cret');
}
