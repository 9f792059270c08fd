import type { Button, Card, OutboundContent } from '../../text/message.ts';

export interface DirectamCall {
  path: string;
  body: Record<string, unknown>;
}

/** The endpoint and body of one content. Each field that the gateway knows by two names is written under both. */
export function toDirectamCall(receiverId: string, content: OutboundContent): DirectamCall {
  const receiver = { receiver_id: receiverId, id_receiver: receiverId };
  switch (content.kind) {
    case 'text':
      return { path: '/send/text', body: { ...receiver, text: content.text } };
    case 'image':
      return { path: '/send/photo', body: { ...receiver, image_url: content.url, url_image: content.url } };
    case 'video':
      return { path: '/send/video', body: { ...receiver, video_url: content.url, url_video: content.url } };
    case 'audio':
      return { path: '/send/audio', body: { ...receiver, audio_url: content.url, url_audio: content.url } };
    case 'buttons':
      return {
        path: '/send/button-text',
        body: { ...receiver, text: content.text, buttons: content.buttons.map(toButton) },
      };
    case 'quick_replies':
      return {
        path: '/send/quick-reply',
        body: { ...receiver, text: content.text, quick_replies: content.quickReplies },
      };
    case 'cards':
      return { path: '/send/generic-template', body: { ...receiver, elements: content.cards.map(toElement) } };
  }
}

function toButton(button: Button): Record<string, unknown> {
  return button.type === 'web_url'
    ? { type: 'web_url', title: button.title, url: button.url }
    : { type: 'postback', title: button.title, payload: button.payload };
}

function toElement(card: Card): Record<string, unknown> {
  return {
    title: card.title,
    ...(card.subtitle ? { subtitle: card.subtitle } : {}),
    ...(card.imageUrl ? { image_url: card.imageUrl } : {}),
    buttons: (card.buttons ?? []).map(toButton),
  };
}
