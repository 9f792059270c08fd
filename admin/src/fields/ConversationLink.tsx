import { Link, useCreatePath } from 'react-admin';

interface ConversationLinkProps {
  conversationId: string;
  name: string;
}

/** A real link, which a keyboard and a screen reader can follow, unlike a row that reacts to clicks. */
export function ConversationLink({ conversationId, name }: ConversationLinkProps) {
  const createPath = useCreatePath();
  const to = createPath({ resource: 'conversations', type: 'show', id: conversationId });
  return (
    <Link to={to}>
      <bdi>{name}</bdi>
    </Link>
  );
}
