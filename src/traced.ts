import type { Channel, Channels } from './channels/channel.ts';
import type { Conversations } from './conversations/workflow-gateway.ts';
import type { Inbox } from './inbox/inbox.ts';
import { findTracesOfEvents } from './inbox/trace-store.ts';
import type { Database } from './platform/database/client.ts';
import { forBusiness, type OfBusiness } from './platform/of-business.ts';
import type { Tracing } from './platform/tracing/tracing.ts';
import type { ReplyModel } from './replies/models/model.ts';

/** The way of a message as steps of one trace, around what does it. Nothing of what is said is told. */

/** The beginning: a provider's webhook, until it is stored. */
export function traceAccept(tracing: Tracing, accept: Inbox['accept']): Inbox['accept'] {
  return (channel, request) =>
    tracing.span('webhook', { kind: 'server', attributes: { 'peyk.channel': channel.name } }, async (span) => {
      const id = await accept(channel, request);
      span.note({ 'peyk.delivery.id': id });
      return id;
    });
}

/** A burst is handed to its conversation. */
export function traceDeliver(
  tracing: Tracing,
  db: Database,
  deliver: Conversations['deliver'],
): Conversations['deliver'] {
  return async (burst) => {
    const { conversationId, channel, events } = burst;
    const seqs = events.map(({ seq }) => seq);
    // Without them the trace has a gap; the message must not wait for that.
    const parents = await findTracesOfEvents(db, conversationId, seqs).catch(() => []);
    const attributes = {
      'peyk.conversation.id': conversationId,
      'peyk.channel': channel,
      'peyk.events': events.length,
    };
    await tracing.span('relay deliver', { kind: 'producer', attributes, parents }, () => deliver(burst));
  };
}

/** The requests that leave for a channel's provider. */
export function traceChannels(tracing: Tracing, channels: Channels): Channels {
  return new Map([...channels].map(([name, channel]) => [name, traceChannel(tracing, channel)]));
}

function traceChannel(tracing: Tracing, channel: Channel): Channel {
  return {
    ...channel,
    send: (request) => {
      const attributes = {
        'peyk.channel': channel.name,
        'peyk.outbound.id': request.intentId,
        'peyk.content': request.content.kind,
      };
      return tracing.span('provider send', { kind: 'client', attributes }, async (span) => {
        const receipt = await channel.send(request);
        span.note({ 'http.response.status_code': receipt.httpStatus });
        return receipt;
      });
    },
  };
}

interface Models {
  model: OfBusiness<ReplyModel>;
  builtin: ReplyModel;
}

/** The questions to models. Each stays one and the same: where a business's is the built-in one, it still is. */
export function traceModels(tracing: Tracing, { model, builtin }: Models): Models {
  const made = new WeakMap<ReplyModel, ReplyModel>();
  const traced = (untraced: ReplyModel): ReplyModel => {
    const known = made.get(untraced) ?? traceModel(tracing, untraced);
    made.set(untraced, known);
    return known;
  };
  return { builtin: traced(builtin), model: async (businessId) => traced(await forBusiness(model, businessId)) };
}

function traceModel(tracing: Tracing, model: ReplyModel): ReplyModel {
  return {
    name: model.name,
    reply: (request) =>
      tracing.span('model call', { kind: 'client', attributes: { 'peyk.model.name': model.name } }, async (span) => {
        const result = await model.reply(request);
        const last = result.usage.at(-1);
        if (last)
          span.note({
            'gen_ai.provider.name': last.provider,
            'gen_ai.request.model': last.model,
            'gen_ai.usage.input_tokens': result.usage.reduce((sum, one) => sum + one.inputTokens, 0),
            'gen_ai.usage.output_tokens': result.usage.reduce((sum, one) => sum + one.outputTokens, 0),
          });
        span.note({ 'peyk.action': result.proposal.action, 'peyk.replaced': result.replaced });
        return result;
      }),
  };
}
