import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { type AccountCheck, createAccountCheck } from './accounts/check.ts';
import { createAccountCredentials } from './accounts/credentials.ts';
import { createSettingsReader, type SettingsDefaults, type SettingsReader } from './businesses/settings.ts';
import { createCatalogVoice } from './catalog/catalog-reply.ts';
import { createProductLookup } from './catalog/product-lookup.ts';
import { createProductMessages } from './catalog/product-message.ts';
import { createCatalogReader } from './catalog/readers/catalog-reader.ts';
import { createCrawlPoliteness } from './catalog/readers/crawl-politeness.ts';
import { TABLE_TEMPLATE } from './catalog/readers/product-table.ts';
import { readTableAside } from './catalog/readers/read-table.ts';
import { limitShopRequests, limitsFor } from './catalog/readers/shop-requests.ts';
import type { CatalogSettings, VisionReader } from './catalog/stage.ts';
import { listBusinessesWithSources, readSyncCron, type SettingsSource, syncSettingsSources } from './catalog/store.ts';
import type { CatalogSyncs } from './catalog/sync-gateway.ts';
import type { Channels } from './channels/channel.ts';
import type { WindowPolicy } from './channels/channel-rules.ts';
import { windowMsOf } from './channels/channel-window.ts';
import { createChannels, credentialsFromSettings } from './channels/create-channels.ts';
import type { AccountCredentials } from './channels/credentials.ts';
import { createMetaProfileReader } from './channels/meta/profile.ts';
import type { MetaProfileReader } from './channels/meta-profile.ts';
import type { Config } from './config.ts';
import { type ConversationPolicy, DEFAULT_LOOP_POLICY } from './conversations/core/policy.ts';
import type { RecordHooks } from './conversations/record-store.ts';
import { holdBackRestored } from './conversations/restored-store.ts';
import type { PolicyOf } from './conversations/workflow-gateway.ts';
import { createStages, DUE_TEXTS, LEARNERS, type StageNeeds } from './features.ts';
import type { FollowUpPolicy } from './follow-ups/rules.ts';
import {
  cancelFollowUp,
  findPendingFollowUp,
  finishFollowUp,
  insertFollowUp,
  planFollowUpOutbound,
} from './follow-ups/store.ts';
import type { ShowProduct } from './outbox/message-contents.ts';
import type { Database } from './platform/database/client.ts';
import { createKeyRing } from './platform/encryption/key-ring.ts';
import { ConflictError, PeykError } from './platform/errors.ts';
import { forEachOf } from './platform/for-each-of.ts';
import { localUrl } from './platform/http/local-url.ts';
import type { InstallationCheckDeps } from './platform/installation/check.ts';
import type { OfBusiness } from './platform/of-business.ts';
import { createSafeFetch, type SafeFetch } from './platform/safe-fetch/safe-fetch.ts';
import { createEngineMemory } from './platform/temporal/engine-memory.ts';
import { createPublicMediaUrl, createUploadAddresses, type PublicMediaUrl } from './platform/uploads/addresses.ts';
import { abandonTurn } from './replies/decision-store.ts';
import { createBuiltinModel } from './replies/models/builtin-model.ts';
import type { ReplyModel } from './replies/models/model.ts';
import type { ModelWatch } from './replies/models/model-watch.ts';
import { createModelsBySettings } from './replies/models/models-by-settings.ts';
import { createReplyModel } from './replies/models/router.ts';
import { modelNameOf, orderProviders } from './replies/models/settings.ts';
import { createImageReader } from './replies/models/vision.ts';
import { planNotice } from './replies/notice-store.ts';
import { createPromptStore } from './replies/prompts/prompts.ts';
import type { Stage } from './replies/stage.ts';
import { openTicket } from './tickets/store.ts';

/** What the API and the worker make of the configuration alike. */

/** Of most channels, and so of a conversation that is not told its own. */
const USUAL_WINDOW: WindowPolicy = { kind: 'sinceCustomerWrote', hoursByDefault: 24 };

/** The model that answers, and the one that stands in where no model may be asked. The same object when AI is off. */
export function createModels(config: Config): { model: ReplyModel; builtin: ReplyModel } {
  const prompts = createPromptStore();
  const builtin = createBuiltinModel(prompts);
  return { builtin, model: config.ai.provider === 'builtin' ? builtin : createReplyModel(config.ai, { prompts }) };
}

/**
 * The model of each business, by its settings, and the one that stands in where no model may be asked. `watch` is told what
 * becomes of each question to a provider.
 */
export function createBusinessModels(
  settings: SettingsReader,
  watch?: ModelWatch,
): { model: OfBusiness<ReplyModel>; builtin: ReplyModel } {
  const prompts = createPromptStore();
  const builtin = createBuiltinModel(prompts);
  const modelFor = createModelsBySettings(builtin, prompts, watch);
  return { builtin, model: async (businessId) => modelFor((await settings.of(businessId)).ai) };
}

/** Models by name, for trying others than the one in use: of the provider that the business asks, or `builtin`. */
export function createModelNamed(config: Config, settings: SettingsReader | null = null) {
  const prompts = createPromptStore();
  const builtin = createBuiltinModel(prompts);
  const modelFor = createModelsBySettings(builtin, prompts);
  return async (name: string, businessId: string): Promise<ReplyModel> => {
    if (name === 'builtin') return builtin;
    const ai = settings ? (await settings.of(businessId)).ai : config.ai;
    const chosen = ai.providers.filter((provider) => provider.name === ai.provider);
    return modelFor({ ...ai, providers: chosen.map((provider) => ({ ...provider, model: name })) });
  };
}

/** The name of the model that answers a business's customers now. */
export function modelInUse(settings: SettingsReader): OfBusiness<string> {
  return async (businessId) => modelNameOf((await settings.of(businessId)).ai);
}

/**
 * The channels that are on, and what their accounts send with. Where strangers can reach us nobody may post unsigned, even
 * while Directam is not set up.
 */
export function openChannels(
  config: Config,
  db: Database,
  cache?: { maxAgeMs: number },
): { channels: Channels; credentials: AccountCredentials } {
  const settings = {
    directam: { ...config.directam, mustBeSigned: !config.takesUnsignedWebhooks },
    meta: config.meta,
    sms: config.sms,
  };
  const keyRing = createKeyRing(config.auth.encryptionKeys);
  const credentials = createAccountCredentials(db, keyRing, credentialsFromSettings(settings), cache);
  return { channels: createChannels(settings), credentials };
}

/** The shop's settings and the channel's window as a conversation takes them. */
export function conversationPolicyOf(config: Config, window: WindowPolicy = USUAL_WINDOW): ConversationPolicy {
  return {
    windowMs: windowMsOf(window, config.policy.windowMs),
    takeoverMs: config.policy.takeoverMs,
    loop: DEFAULT_LOOP_POLICY,
    decideLocally: config.ai.provider === 'builtin',
    maxHistoryEvents: null,
  };
}

/** When and with which words a silent customer is reminded, where a business has set nothing. */
export function followUpPolicyOf(config: Config): FollowUpPolicy {
  const { followUp, quietHours } = settingsDefaultsOf(config);
  return { ...followUp, quietHours };
}

/** What each business has set, else the variables. One a process. */
export function createSettings(config: Config, db: Database): SettingsReader {
  const keyRing = createKeyRing(config.auth.encryptionKeys);
  return createSettingsReader({ db, keyRing, defaults: settingsDefaultsOf(config) });
}

/** The policy of a business's conversations; a change holds from the next burst on. */
export function policyOfBusiness(config: Config, settings: SettingsReader, channels: Channels) {
  return async ({ businessId, channel }: Parameters<PolicyOf>[0]): Promise<ConversationPolicy> => {
    const { takeoverMs, ai } = await settings.of(businessId);
    const policy = conversationPolicyOf(config, channels.get(channel)?.window);
    return { ...policy, takeoverMs, decideLocally: ai.provider === 'builtin' };
  };
}

/** Channels whose variables are set: their accounts are made by their first delivery. */
export function selfConnectingChannels({ directam, meta, sms }: Config): ReadonlySet<string> {
  const isSet = directam.baseUrl !== null || directam.apiKey !== null || directam.webhookSecret !== null;
  const ofMeta = meta.pageAccessToken === null ? [] : ['instagram', 'messenger'];
  return new Set([...(isSet ? ['directam'] : []), ...ofMeta, ...(sms.account ? ['sms'] : [])]);
}

/** Where a provider may be on this machine or in this network: nowhere in production. */
const PRIVATE_RANGES = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7'];

/** Looks whether an account could send. Addresses come from people of shops, so in production only the internet is asked. */
export function createAccountChecks(
  config: Config,
  db: Database,
): { checkAccount: AccountCheck; readMetaProfile: MetaProfileReader } {
  // Whoever has just entered a key wants to know about that one.
  const { credentials } = openChannels(config, db, { maxAgeMs: 0 });
  const allowCidrs = config.production ? [] : PRIVATE_RANGES;
  const fetchSafely = createSafeFetch({ allowCidrs, userAgent: `Peyk/1.0 (+${config.publicBaseUrl})` });
  const readMetaProfile = createMetaProfileReader({ settings: config.meta, credentials, fetchSafely });
  return {
    checkAccount: createAccountCheck({
      credentials,
      fetchSafely,
      readMetaProfile,
      twilioBaseUrl: config.sms.apiBaseUrl,
    }),
    readMetaProfile,
  };
}

/** How long an order form waits for its customer; null when orders are not taken by chat. */
export function orderSettingsOf({ orders }: Config): { limitMs: number } | null {
  return orders.formEnabled ? { limitMs: orders.formLimitMs } : null;
}

/** What fetches addresses that are not ours, and the reader of shops that uses it. */
export function createCatalog(config: Config) {
  const userAgent = `PeykBot/1.0 (+${config.publicBaseUrl})`;
  const fetchSafely = createSafeFetch({ allowCidrs: config.catalog.allowCidrs, userAgent });
  const askShops = limitShopRequests(fetchSafely, limitsFor(config.worker.syncsAtOnce));
  const politeness = createCrawlPoliteness({ fetchSafely: askShops, robotName: 'PeykBot', pauseMs: 25 });
  const tables = { readTable: readTableAside, tableTemplate: TABLE_TEMPLATE };
  return { fetchSafely, tables, reader: createCatalogReader({ fetchSafely: askShops, politeness }) };
}

/** The sources that the environment names, for the first business. */
export function settingsSourcesOf({ catalog }: Config): SettingsSource[] {
  const named = { torob: catalog.torobUrl, sitemap: catalog.sitemapUrl };
  if (!catalog.enabled) return [];
  return (['torob', 'sitemap'] as const).flatMap((kind) => {
    const url = named[kind];
    return url ? [{ kind, url, readPages: catalog.readPages }] : [];
  });
}

/** Each costs a call of the engine at every start. */
const SCHEDULES_AT_ONCE = 8;

/** Makes the sources and schedules that the environment and the panel ask for. May be repeated, by any number of processes. */
export async function startSchedules({
  db,
  syncs,
  businessId,
  config,
}: {
  db: Database;
  syncs: CatalogSyncs;
  businessId: string;
  config: Config;
}): Promise<void> {
  await syncSettingsSources(db, businessId, settingsSourcesOf(config));
  await forEachOf(await listBusinessesWithSources(db), SCHEDULES_AT_ONCE, async (id) => {
    const own = await readSyncCron(db, id);
    const isNew = await syncs.ensureSchedule(id, { cron: own ?? config.catalog.cron, isOwn: own !== null });
    // A shop that was just named is read at once: its customers do not wait for the first hour of the schedule.
    if (isNew) await syncs.trigger(id).catch(ignoreConflict);
  });
}

/** Somebody is having the shop read already. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof ConflictError)) throw error;
}

/** Larger pictures are not worth a guess; providers refuse them anyway. */
const MAX_PICTURE_BYTES = 5_000_000;
/** A customer waits meanwhile. */
const SIGHT_TIMEOUT_MS = 8_000;

/** Looks at customers' pictures with the model that the settings name; null without one. */
export function createVisionReader({ ai, visionModel }: Config, fetchSafely: SafeFetch): VisionReader | null {
  const provider = ai.provider === 'builtin' ? undefined : orderProviders(ai, 'reply')[0];
  if (!provider || !visionModel) return null;
  const timeoutMs = Math.min(ai.timeoutMs, SIGHT_TIMEOUT_MS);
  const reader = createImageReader({ provider, model: visionModel, timeoutMs, prompts: createPromptStore() });
  return async (url, language, signal) => {
    try {
      const picture = await fetchSafely({ url, types: ['image/*'], maxBytes: MAX_PICTURE_BYTES, timeoutMs, signal });
      if (picture.status !== 200) return null;
      return await reader.read({ type: picture.type, body: picture.body }, language, signal);
    } catch (error) {
      // Without it the turn goes on as any other: the customer is asked which product is meant.
      if (signal.aborted || !(error instanceof PeykError)) throw error;
      return null;
    }
  };
}

/** Products that go with one are suggested to the same customer once in this time. */
const CROSS_SELL_COOLDOWN_MS = 24 * 3_600_000;

/** How answers use the catalog; null when it is off. Without `visionReader` pictures are not looked at. */
export function catalogSettingsOf({ catalog }: Config, visionReader: VisionReader | null): CatalogSettings | null {
  if (!catalog.enabled) return null;
  return { voice: createCatalogVoice(createPromptStore()), crossSellCooldownMs: CROSS_SELL_COOLDOWN_MS, visionReader };
}

/** Where providers fetch uploaded files. `secret` signs the addresses: the same in every process; null: nothing can be signed. */
export function publicMediaUrlOf(config: Config, secret: string | null): PublicMediaUrl {
  if (secret === null) return () => null;
  const { publicMediaBaseUrl: publicBaseUrl, host, port } = config;
  return createPublicMediaUrl(createUploadAddresses(secret, Date.now), {
    publicBaseUrl,
    localBaseUrl: localUrl(host, port),
  });
}

/** What shows a product that a person sends by hand. */
export function createProductShow(db: Database): ShowProduct {
  return createProductMessages(db, createCatalogVoice(createPromptStore()));
}

/** Those who are asked what to answer, over one database, with what they need of each other. */
export function createTurnStages(needs: Omit<StageNeeds, 'products'>): Stage[] {
  return createStages({ ...needs, products: createProductLookup(needs.db) });
}

/** What decisions and sends need of features. */
export const ACTIVITY_PORTS = {
  openTicket,
  followUps: {
    insert: insertFollowUp,
    cancel: cancelFollowUp,
    findPending: findPendingFollowUp,
    plan: planFollowUpOutbound,
    finish: finishFollowUp,
  },
  learners: LEARNERS,
  dueTexts: DUE_TEXTS,
};

/** What features have to do with what becomes of a conversation. */
export function createRecordHooks(stages: readonly Stage[]): RecordHooks {
  const undo = { ...ACTIVITY_PORTS, reverts: stages.flatMap(({ revert }) => revert ?? []) };
  return {
    abandonTurn: (tx, owner, turnId, reason) => abandonTurn(tx, owner, turnId, reason, undo),
    cancelFollowUp,
    openTicket,
    planNotice,
  };
}

/** What an API or a worker looks with whether its database is a restored copy; without an engine, by the server alone. */
export function installationCheckOf(db: Database, client: Client | null, logger: Logger): InstallationCheckDeps {
  return {
    db,
    memory: client ? createEngineMemory(client) : { recall: async () => null, remember: async () => undefined },
    holdBack: holdBackRestored,
    onRestored: (sign, generation) =>
      logger.error({ sign, generation }, 'the database is a restored copy: no message leaves until somebody confirms'),
    onError: (error) => logger.warn({ err: error }, 'the installation could not be checked; it is tried again'),
  };
}

/** The variables as the defaults of every business's settings. */
export function settingsDefaultsOf({ policy, debounce, ai }: Config): SettingsDefaults {
  return {
    quietHours: policy.quietHours,
    followUp: { enabled: policy.followUpEnabled, delayMs: policy.followUpDelayMs, message: policy.followUpMessage },
    debounceMs: debounce.quietMs,
    takeoverMs: policy.takeoverMs,
    ai,
  };
}
