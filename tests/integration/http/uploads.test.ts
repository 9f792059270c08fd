import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicMediaUrlOf } from '../../../src/composition.ts';
import { loadConfig } from '../../../src/config.ts';
import { RETENTION } from '../../../src/features.ts';
import { applyRetention } from '../../../src/platform/database/retention-store.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';
import { jpegFile, mp4File, pngBomb, pngFile, wavFile, webpFile } from '../../support/media-files.ts';

// Goal: what people attach is kept as what it is, shown to who has its address, and sent as the kind that it is.
// Method: real multipart requests to the real app; what it keeps is fetched again as a provider or a browser would.

const PUBLIC = 'https://peyk.example.com';
const DAY_MS = 86_400_000;

let api: TestApi;
let token: string;
let rows: Rows;
let theirs: Rows;
let count = 0;
beforeAll(async () => {
  api = await startTestApi({ PUBLIC_BASE_URL: PUBLIC });
  token = await api.login();
  theirs = await buildRows(api.db, 'theirs');
});
afterAll(() => api.stop());
beforeEach(async () => {
  rows = await buildRows(api.db, `n${count++}`, api.businessId);
});

interface Uploaded {
  id: string;
  kind: string;
  type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  shownAt: string;
}

async function upload(file: Buffer | string, name = 'file', field = 'file', bearer = token) {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(Buffer.from(file))], { type: 'image/jpeg' }), name);
  return sendForm(form, bearer);
}

async function sendForm(body: FormData | string, bearer = token, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/api/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) as Uploaded & { errors?: Record<string, string> } };
}

const shown = (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });
const contentOf = async (path: string) => Buffer.from(await (await shown(path)).arrayBuffer());

describe('POST /api/uploads', () => {
  it('keeps a film or a sound as it came, typed by its content whatever it is called', async () => {
    for (const [file, name, kind, type] of [
      [mp4File(), 'film.txt', 'video', 'video/mp4'],
      [wavFile(), 'photo.jpg', 'audio', 'audio/wav'],
    ] as const) {
      const { status, body } = await upload(file, name);
      expect(status).toBe(201);
      expect(body).toMatchObject({ kind, type, bytes: file.length, width: null });
      expect(await contentOf(body.shownAt)).toEqual(file);
    }
  });

  it('writes a picture anew: upright, without what the camera noted, and not larger than channels take', async () => {
    const file = await jpegFile({ width: 4000, height: 1000, orientation: 6 });
    expect((await sharp(file).metadata()).exif?.includes('the photographer')).toBe(true);
    const { status, body } = await upload(file, 'IMG_1.jpg');
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'image', type: 'image/jpeg', width: 512, height: 2048 });
    const kept = await sharp(await contentOf(body.shownAt)).metadata();
    expect(kept).toMatchObject({ format: 'jpeg', width: 512, height: 2048 });
    expect(kept.exif).toBeUndefined();
  });

  it('drops what hides behind a picture', async () => {
    const file = Buffer.concat([await jpegFile(), Buffer.from('<script>alert(1)</script>')]);
    const { body } = await upload(file);
    expect((await contentOf(body.shownAt)).includes('<script>')).toBe(false);
  });

  it('keeps what can be seen through as PNG, and makes JPEG of what channels do not take', async () => {
    expect((await upload(await pngFile())).body).toMatchObject({ kind: 'image', type: 'image/png' });
    expect((await upload(await webpFile())).body).toMatchObject({ kind: 'image', type: 'image/jpeg' });
  });

  it.each([
    ['a text that is called a picture', 'Hello, I am a picture.', 'photo.jpg'],
    ['a page', '<!doctype html><script>alert(1)</script>', 'page.png'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'logo.svg'],
    ['an SVG behind an XML head', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'logo.png'],
    ['a PDF', '%PDF-1.7\n1 0 obj', 'list.jpg'],
    ['a program', '\x7fELF\x02\x01\x01', 'a.mp4'],
    ['an archive', 'PK\x03\x04 and more of it', 'a.webp'],
  ])('refuses %s with 415', async (_, file, name) => {
    expect((await upload(Buffer.from(file, 'latin1'), name)).status).toBe(415);
  });

  it('refuses a picture that is cut or broken, and an empty file', async () => {
    const whole = await jpegFile({ width: 800, height: 600 });
    const broken = await upload(whole.subarray(0, 300));
    expect(broken).toMatchObject({ status: 400, body: { errors: { file: 'The picture cannot be read.' } } });
    expect((await upload('')).status).toBe(415);
  });

  it('refuses a picture that unpacks to far more than it weighs, without unpacking it', async () => {
    const bomb = pngBomb(30_000);
    expect(bomb.length).toBeLessThan(200_000);
    const startedAtMs = performance.now();
    const { status, body } = await upload(bomb);
    expect(status).toBe(413);
    expect(JSON.stringify(body)).toContain('too many pixels');
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });

  it('refuses what is larger than 25 MiB, and takes what is just as large', async () => {
    expect((await upload(mp4File(25 * 1024 * 1024))).status).toBe(201);
    expect((await upload(mp4File(25 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it('refuses a form without the file, with two, or that is none', async () => {
    expect(await upload(wavFile(), 'a.wav', 'picture')).toMatchObject({
      status: 400,
      body: { errors: { file: expect.any(String) } },
    });
    const two = new FormData();
    for (const name of ['a', 'b']) two.append('file', new Blob([new Uint8Array(wavFile())]), name);
    expect((await sendForm(two)).status).toBe(400);
    expect((await sendForm(new FormData())).status).toBe(400);
    expect((await sendForm('{}', token, { 'content-type': 'application/json' })).status).toBe(415);
    expect((await sendForm('x', token, { 'content-type': 'multipart/form-data' })).status).toBe(400);
  });

  it('asks who it is before it reads anything, and whether they may send', async () => {
    expect((await upload(wavFile(), 'a.wav', 'file', 'nobody')).status).toBe(401);
    const viewer = { username: `viewer-${count}`, password: 'a long password', role: 'viewer' };
    expect((await api.request('POST', '/api/users', { token, body: viewer })).status).toBe(201);
    const bearer = await api.login(viewer.username, viewer.password);
    expect((await upload(wavFile(), 'a.wav', 'file', bearer)).status).toBe(403);
  });
});

describe('the address of an upload', () => {
  it('shows it as a file of its type that no browser runs', async () => {
    const { body } = await upload(await jpegFile());
    const response = await shown(body.shownAt);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(body.bytes),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="${body.id}.jpg"`,
    });
  });

  it('gives parts, as players ask for them', async () => {
    const file = wavFile({ seconds: 80 });
    const { body } = await upload(file);
    const part = await shown(body.shownAt, { range: 'bytes=600000-1200010' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 600000-1200010/${file.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(file.subarray(600_000, 1_200_011));
    expect((await shown(body.shownAt, { range: `bytes=${file.length}-` })).status).toBe(416);
    const head = await fetch(api.url + body.shownAt, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(file.length)]);
  });

  it('cannot be guessed, changed, or used for another file', async () => {
    const [one, other] = [(await upload(wavFile())).body, (await upload(wavFile())).body];
    const [, , , day, signature, name] = one.shownAt.split('/') as string[];
    for (const path of [
      `/media/uploads/${day}/${signature}/${other.id}.wav`,
      `/media/uploads/${day}/${signature}/${one.id}.jpg`,
      `/media/uploads/${Number(day) + 7}/${signature}/${name}`,
      `/media/uploads/${day}/${'A'.repeat(32)}/${name}`,
      `/media/uploads/${day}/x/${name}`,
      `/media/uploads/x/${signature}/${name}`,
    ])
      expect([path, (await shown(path)).status]).toEqual([path, 404]);
    expect((await shown(one.shownAt)).status).toBe(200);
  });

  it('ends after two weeks at the latest, and not within one', async () => {
    const { body } = await upload(wavFile());
    api.passTime(7 * DAY_MS);
    try {
      expect((await shown(body.shownAt)).status).toBe(200);
      api.passTime(7 * DAY_MS);
      expect((await shown(body.shownAt)).status).toBe(404);
    } finally {
      api.passTime(-14 * DAY_MS);
    }
  });
});

describe('POST /api/chats/:id/message', () => {
  const send = (body: object, conversationId = rows.conversationId) =>
    api.request<{ id: string; partIds: string[]; message: string; errors?: Record<string, string> }>(
      'POST',
      `/api/chats/${conversationId}/message`,
      { token, body },
    );
  const planned = async () =>
    (
      await api.db.outboundMessage.findMany({
        where: { conversationId: rows.conversationId, author: 'human' },
        orderBy: { id: 'asc' },
      })
    ).map(({ content }) => content);
  const toDirectam = () =>
    api.db.conversation.update({ where: { id: rows.conversationId }, data: { channel: 'directam' } });

  it('sends pictures, films and sounds before the text, each as what it is', async () => {
    const [picture, film, voice] = [
      (await upload(await jpegFile())).body,
      (await upload(mp4File())).body,
      (await upload(wavFile())).body,
    ];
    const media = [
      { kind: 'image', uploadId: picture.id.toUpperCase() },
      { kind: 'video', uploadId: film.id },
      { kind: 'audio', uploadId: voice.id },
      { kind: 'image', url: 'https://shop.example/a.jpg' },
    ];
    const answer = await send({ text: 'Look', media });
    expect(answer.status).toBe(201);
    expect(answer.body.partIds).toHaveLength(5);
    expect(await planned()).toEqual([
      { kind: 'image', url: `upload:${picture.id}.jpg` },
      { kind: 'video', url: `upload:${film.id}.mp4` },
      { kind: 'audio', url: `upload:${voice.id}.wav` },
      { kind: 'image', url: 'https://shop.example/a.jpg' },
      { kind: 'text', text: 'Look' },
    ]);
  });

  it('shows them in the ledger by an address of ours that leads to the file', async () => {
    const { body } = await upload(await jpegFile());
    const { body: sent } = await send({ media: [{ kind: 'image', uploadId: body.id }] });
    const row = await api.request<{ media: { kind: string; shownAt: string }[]; text: string }>(
      'GET',
      `/api/outbound-messages/${sent.id}`,
      { token },
    );
    expect(row.body).toMatchObject({ text: '', media: [{ kind: 'image', shownAt: body.shownAt }] });
    expect((await shown(row.body.media[0]?.shownAt ?? '')).status).toBe(200);
  });

  it('shows a product with its picture, price and link', async () => {
    await api.db.product.update({
      where: { id: rows.productId },
      data: { title: 'Blue bag', images: [{ url: 'https://shop.example/bag.jpg' }], url: 'https://shop.example/bag' },
    });
    expect((await send({ text: 'This one', productId: rows.productId })).status).toBe(201);
    const [text, cards] = await planned();
    expect(text).toEqual({ kind: 'text', text: 'This one' });
    expect(cards).toMatchObject({
      kind: 'cards',
      cards: [{ title: 'Blue bag', imageUrl: 'https://shop.example/bag.jpg', buttons: expect.any(Array) }],
    });
  });

  it('takes a sound in the wrapping of a film for a sound, but no picture', async () => {
    const { body } = await upload(mp4File());
    expect((await send({ media: [{ kind: 'audio', uploadId: body.id }] })).status).toBe(201);
    const refused = await send({ media: [{ kind: 'image', uploadId: body.id }] });
    expect(refused).toMatchObject({ status: 400, body: { errors: { 'media.0.kind': expect.any(String) } } });
  });

  it('refuses what says nothing, half an item, and an address that is none', async () => {
    for (const [body, field] of [
      [{}, 'text'],
      [{ text: '  ', media: [] }, 'text'],
      [{ media: [{ kind: 'image' }] }, 'media.0.url'],
      [{ media: [{ kind: 'image', url: 'https://a.example/a.jpg', uploadId: randomUUID() }] }, 'media.0.url'],
      [{ media: [{ kind: 'image', url: 'javascript:alert(1)' }] }, 'media.0.url'],
      [{ media: [{ kind: 'image', url: 'upload:x' }] }, 'media.0.url'],
      [{ media: [{ kind: 'file', url: 'https://a.example/a.pdf' }] }, 'media.0.kind'],
    ] as const) {
      const answer = await send(body);
      expect([body, answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([body, 400, [field]]);
    }
    expect(await planned()).toEqual([]);
  });

  it('answers 404 for an upload or a product of another business, or of nobody', async () => {
    const foreign = await api.db.upload.create({
      data: {
        ...{ id: randomUUID(), businessId: theirs.businessId, kind: 'image', type: 'image/jpeg', extension: 'jpg' },
        ...{ bytes: 3, content: new Uint8Array([1, 2, 3]) },
      },
    });
    for (const uploadId of [foreign.id, randomUUID()])
      expect((await send({ media: [{ kind: 'image', uploadId }] })).status).toBe(404);
    for (const productId of [theirs.productId, randomUUID()]) expect((await send({ productId })).status).toBe(404);
    expect(await planned()).toEqual([]);
  });

  it('is said once under one key, and refuses the key for another file', async () => {
    const [one, other] = [(await upload(wavFile())).body, (await upload(wavFile())).body];
    const key = randomUUID();
    const first = await send({ key, media: [{ kind: 'audio', uploadId: one.id }] });
    const again = await send({ key, media: [{ kind: 'audio', uploadId: one.id }] });
    expect([again.status, again.body.partIds]).toEqual([201, first.body.partIds]);
    expect((await send({ key, media: [{ kind: 'audio', uploadId: other.id }] })).status).toBe(409);
    expect(await planned()).toHaveLength(1);
  });

  it('refuses more messages than ten at once instead of sending a part', async () => {
    const media = Array.from({ length: 10 }, (_, at) => ({ kind: 'image', url: `https://a.example/${at}.jpg` }));
    expect((await send({ media })).status).toBe(201);
    const refused = await send({ text: 'and a text', media });
    expect(refused).toMatchObject({ status: 400, body: { errors: { text: expect.stringContaining('too long') } } });
    expect(await planned()).toHaveLength(10);
  });

  it('gives the provider an address of ours with the public one before it', async () => {
    await toDirectam();
    const { body } = await upload(await jpegFile());
    expect((await send({ media: [{ kind: 'image', uploadId: body.id }] })).status).toBe(201);
    const [content] = (await planned()) as unknown as { url: string }[];
    const url = publicMediaUrlOf(api.config, 'another-secret')(content?.url ?? '', false);
    expect(url).toMatch(/^https:\/\/peyk\.example\.com\/media\/uploads\/\d+\/[\w-]{32}\/[0-9a-f-]{36}\.jpg$/);
  });

  it('says that providers cannot fetch a file while the server has no public address', async () => {
    let baseUrl = 'https://gateway.example';
    const credentials = { of: async () => ({ baseUrl, apiKey: 'k' }) };
    const hidden = await startTestApi({}, { publicMediaUrl: publicMediaUrlOf(loadConfig({}), 'secret'), credentials });
    try {
      const own = await buildRows(hidden.db, 'hidden', hidden.businessId);
      const bearer = await hidden.login();
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(wavFile())]), 'a.wav');
      const authorization = `Bearer ${bearer}`;
      const kept = await fetch(`${hidden.url}/api/uploads`, { method: 'POST', headers: { authorization }, body: form });
      const { id } = (await kept.json()) as Uploaded;
      const sendHidden = (media: object) =>
        hidden.request('POST', `/api/chats/${own.conversationId}/message`, { token: bearer, body: { media: [media] } });
      // The simulator fetches nothing.
      expect((await sendHidden({ kind: 'audio', uploadId: id })).status).toBe(201);
      await hidden.db.conversation.update({ where: { id: own.conversationId }, data: { channel: 'directam' } });
      const refused = await sendHidden({ kind: 'audio', uploadId: id });
      expect(refused.status).toBe(409);
      expect(refused.body.message).toContain('PUBLIC_BASE_URL');
      expect((await sendHidden({ kind: 'audio', url: 'https://a.example/a.mp3' })).status).toBe(201);
      // A provider on this machine reaches us where nobody else does.
      baseUrl = 'http://localhost:4010/webservice';
      expect((await sendHidden({ kind: 'audio', uploadId: id })).status).toBe(201);
    } finally {
      await hidden.stop();
    }
  });
});

describe('the retention', () => {
  const age = (id: string, days: number) =>
    api.db.upload.update({ where: { id }, data: { usedAt: new Date(Date.now() - days * DAY_MS) } });
  const isKept = async (id: string) => (await api.db.upload.count({ where: { id } })) === 1;
  const apply = async (dryRun: boolean) =>
    (await applyRetention(api.db, RETENTION, { now: new Date(), dryRun })).uploads;

  it('removes what nothing refers to after two days, and keeps what was sent for as long as it is shown', async () => {
    const uploads = [];
    for (let made = 0; made < 3; made++) uploads.push((await upload(wavFile())).body.id);
    const [fresh, unused, used] = uploads as [string, string, string];
    const path = `/api/chats/${rows.conversationId}/message`;
    const media = [{ kind: 'audio', uploadId: used }];
    expect((await api.request('POST', path, { token, body: { media } })).status).toBe(201);
    await age(fresh, 1);
    await age(unused, 3);
    await age(used, 400);
    expect(await apply(true)).toBe(1);
    expect(await apply(false)).toBe(1);
    expect(await Promise.all([fresh, unused, used].map(isKept))).toEqual([true, false, true]);
    await api.db.conversation.delete({ where: { id: rows.conversationId } });
    expect(await apply(false)).toBe(1);
    expect(await isKept(used)).toBe(false);
  });
});
