import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCatalogVoice } from '../../src/catalog/catalog-reply.ts';
import { createModels, createVisionReader } from '../../src/composition.ts';
import { loadConfig } from '../../src/config.ts';
import { createSafeFetch } from '../../src/platform/safe-fetch/safe-fetch.ts';
import { createPromptStore } from '../../src/replies/prompts/prompts.ts';
import type { Card, OutboundContent } from '../../src/text/message.ts';
import { type ActivityLab, openActivityLab } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { storeSearchShop } from '../support/search-shop.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let lab: ActivityLab;
let openai: FakeOpenAi;
let pictures: Server;
let pictureUrl: string;
beforeAll(async () => {
  [lab, openai] = await Promise.all([openActivityLab(), startFakeOpenAi()]);
  await storeSearchShop(lab.db, (await lab.db.business.findFirstOrThrow()).id);
  pictures = createServer((_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(PIXEL));
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  pictureUrl = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/bag.png`;
});
afterEach(() => openai.always(null));
afterAll(async () => {
  await new Promise((resolve) => pictures.close(resolve));
  await openai.close();
  await lab.close();
});

/** Has a picture answered by a worker with these settings. */
async function answerPicture(environment: Record<string, string>, { text = '', allowed = ['127.0.0.1/32'] } = {}) {
  const config = loadConfig({ AI_PROVIDER: 'compatible', LLM_BASE_URL: openai.url, ...environment });
  const fetchSafely = createSafeFetch({ allowCidrs: allowed, userAgent: 'test' });
  const talk = await lab.talk([]);
  const { businessId, conversationId } = talk;
  const message = await lab.db.message.create({
    data: {
      businessId,
      conversationId,
      direction: 'in',
      author: 'customer',
      kind: 'image',
      text,
      media: [{ kind: 'image', url: pictureUrl }],
      sentAt: new Date(),
    },
  });
  await lab.db.contact.update({ where: { id: talk.contactId }, data: { language: 'fa' } });
  const catalog = {
    voice: createCatalogVoice(createPromptStore()),
    crossSellCooldownMs: null,
    visionReader: createVisionReader(config, fetchSafely),
  };
  const input = {
    identity: { conversationId, businessId },
    turnId: '1.1',
    messageIds: [message.id],
    optOut: false,
    supersedesTurnIds: [],
    cancelFollowUpId: null,
    runNumber: 0,
    windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
    decideOnly: true as const,
  };
  await lab.run('decideReply', input, { deps: { model: createModels(config).model, catalog } });
  await fetchSafely.close();
  const decision = await lab.db.decision.findUniqueOrThrow({
    where: { turnId: `${conversationId}:1.1` },
    include: { outbound: { orderBy: { position: 'asc' } } },
  });
  const contents = decision.outbound.map((row) => row.content as unknown as OutboundContent);
  const cards = contents.flatMap((content): Card[] => (content.kind === 'cards' ? content.cards : []));
  return { decision, contents, cards };
}

describe('decideReply with a picture of a product', () => {
  it('looks at it, searches for what it shows and says that these are only like it', async () => {
    openai.script({ kind: 'json', content: { words: 'کیف دوشی چرم طبیعی' } });
    const before = openai.requests.length;
    const { cards, contents, decision } = await answerPicture({ AI_VISION_MODEL: 'sees' }, { text: 'قیمت این چنده؟' });
    expect(cards[0]?.title).toContain('کیف دوشی');
    expect(contents[0]).toMatchObject({ kind: 'text', text: expect.stringMatching(/پیدا نکردم/) });
    expect(openai.requests.length).toBe(before + 1);
    const asked = openai.requests.at(-1)?.body;
    expect(asked?.model).toBe('sees');
    expect(JSON.stringify(asked?.messages?.[1])).toContain(`data:image/png;base64,${PIXEL.toString('base64')}`);
    expect(decision).toMatchObject({ promptName: 'catalog', inputTokens: 100, model: 'sees' });
  });

  it('says so when it cannot tell what a picture shows', async () => {
    openai.script({ kind: 'json', content: { words: '' } });
    const { contents } = await answerPicture({ AI_VISION_MODEL: 'sees' });
    expect(contents).toEqual([{ kind: 'text', text: expect.stringContaining('متوجه نشدم') }]);
  });

  it('goes on without sight when none is configured, the model fails or the address may not be fetched', async () => {
    const blind: Record<string, string>[] = [{}, { AI_VISION_MODEL: 'sees' }];
    for (const environment of blind) {
      const before = openai.requests.length;
      const { decision } = await answerPicture(environment, { allowed: [] });
      expect(decision.promptName).toBe('reply');
      expect(JSON.stringify(openai.requests.slice(before).map(({ body }) => body.messages))).not.toContain('base64');
    }
    openai.script({ kind: 'status', status: 500 });
    expect((await answerPicture({ AI_VISION_MODEL: 'sees' })).decision.promptName).toBe('reply');
  });
});
