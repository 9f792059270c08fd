import { useTranslate } from 'react-admin';

interface AuthorNameProps {
  entry: { author: string; authorName?: string | null };
}

/** Who said it; of colleagues also by name. */
export function AuthorName({ entry: { author, authorName } }: AuthorNameProps) {
  const translate = useTranslate();
  const word = translate(`peyk.author.${author}`, { _: author });
  if (!authorName) return <>{word}</>;
  return (
    <>
      {word} · <bdi>{authorName}</bdi>
    </>
  );
}
