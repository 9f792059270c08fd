import type { Button, Card, OutboundContent } from '../../text/message.ts';

/** The body of one content for one customer. `asHumanAgent`: a person wrote it, and only therefore may it leave now. */
export function toMetaBody(
  recipientId: string,
  content: OutboundContent,
  asHumanAgent: boolean,
): Record<string, unknown> {
  return {
    recipient: { id: recipientId },
    ...(asHumanAgent ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
    message: toMessage(content),
  };
}

function toMessage(content: OutboundContent): Record<string, unknown> {
  switch (content.kind) {
    case 'text':
      return { text: content.text };
    case 'image':
    case 'video':
    case 'audio':
      return { attachment: { type: content.kind, payload: { url: content.url } } };
    case 'quick_replies':
      return {
        text: content.text,
        quick_replies: content.quickReplies.map((reply) => ({ content_type: 'text', ...reply })),
      };
    case 'buttons':
      return template({ template_type: 'button', text: content.text, buttons: content.buttons.map(toButton) });
    case 'cards':
      return template({ template_type: 'generic', elements: content.cards.map(toElement) });
  }
}

function template(payload: Record<string, unknown>): Record<string, unknown> {
  return { attachment: { type: 'template', payload } };
}

function toButton({ type, title, url, payload }: Button): Record<string, unknown> {
  return type === 'web_url' ? { type, title, url } : { type, title, payload };
}

function toElement({ title, subtitle, imageUrl, buttons = [] }: Card): Record<string, unknown> {
  const link = buttons.find(({ type }) => type === 'web_url')?.url;
  return {
    title,
    ...(subtitle ? { subtitle } : {}),
    ...(imageUrl ? { image_url: imageUrl } : {}),
    ...(link ? { default_action: { type: 'web_url', url: link } } : {}),
    ...(buttons.length > 0 ? { buttons: buttons.map(toButton) } : {}),
  };
}
