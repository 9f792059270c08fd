import { z } from 'zod';
import type { ChannelDescriptor, ChannelForm } from '../channels/channel.ts';
import { CHANNEL_FORMS } from '../channels/channel-forms.ts';
import type { ChannelListing } from '../channels/channel-rules.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { mayShareKeys } from './credential-schemas.ts';
import type { AccountNeeds } from './needs.ts';

const defineAction = actionsOf<AccountNeeds>();

const panelText = z.object({ en: z.string(), fa: z.string() });

const channelRecord = z.object({
  name: z.string(),
  label: panelText,
  limits: z.object({
    maxText: z.int(),
    textUnit: z.enum(['bytes', 'characters']),
    maxQuickReplies: z.int(),
    maxButtons: z.int(),
    maxCards: z.int(),
    maxTitleCharacters: z.int(),
    /** Files that it carries. */
    mediaKinds: z.array(z.enum(['image', 'video', 'audio'])).readonly(),
  }),
  /** How long after the customer's last message the shop may write; `humanAgentDays` is the longer time of a person. */
  window: z.union([
    z.object({ kind: z.literal('none') }),
    z.object({
      kind: z.literal('sinceCustomerWrote'),
      hoursByDefault: z.number(),
      humanAgentDays: z.number().optional(),
    }),
  ]),
  /** What an account of it is connected with. */
  credentialFields: z.array(
    z.object({ name: z.string(), label: panelText, isSecret: z.boolean(), isRequired: z.boolean() }),
  ),
  /** Whether an account without its own can use those of the installation's settings. */
  mayShareKeys: z.boolean(),
  /** What a person does to connect one; `copyPath` is the path of an address of ours, `field` a credential to enter. */
  setUp: z.array(z.object({ text: panelText, copyPath: z.string().optional(), field: z.string().optional() })),
  /** False: its accounts can be kept, but nothing comes from it and nothing is sent. */
  isOn: z.boolean(),
}) satisfies z.ZodType<ChannelListing>;

export const listChannels = defineAction({
  method: 'get',
  path: '/api/channels',
  summary: 'Every channel, with its names, limits and window, and what an account of it needs.',
  permission: 'view-conversations',
  status: 200,
  response: z.array(channelRecord),
  run: async ({ deps }) => [...CHANNEL_FORMS.values()].map((form) => describe(form, deps.channels.has(form.name))),
});

/** A channel that is only planned can be written for, but not connected. */
function describe(form: ChannelForm | ChannelDescriptor, isOn: boolean): ChannelListing {
  const { name, label, window, limits } = form;
  const { maxText, textUnit, maxQuickReplies, maxButtons, maxCards, maxTitleCharacters, mediaKinds } = limits;
  const credentialFields = 'credentials' in form ? [...(form.credentials?.fields ?? [])] : [];
  return {
    name,
    label,
    limits: { maxText, textUnit, maxQuickReplies, maxButtons, maxCards, maxTitleCharacters, mediaKinds },
    window,
    credentialFields,
    mayShareKeys: mayShareKeys(name),
    setUp: 'setUp' in form ? [...form.setUp] : [],
    isOn,
  };
}
