/** What a new shop does first, in the order in which it is told. */
export const STEP_NAMES = ['name', 'hours', 'channel', 'products', 'answers', 'model', 'try', 'invite'] as const;
export type StepName = (typeof STEP_NAMES)[number];

export const STEP_STATES = ['open', 'started', 'done'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** So many answers in its own words make the bot useful. */
const WANTED_ANSWERS = 5;

/** What the rows of a business say. */
export interface ShopFacts {
  /** Somebody has given it a name of its own. */
  hasOwnName: boolean;
  hasHours: boolean;
  /** Of channels that customers write on; removed ones do not count. */
  accounts: number;
  /** Those of them that work and from which something has come. */
  heardAccounts: number;
  products: number;
  answers: number;
  /** A model answers, or somebody has decided for the built-in rules. */
  hasModel: boolean;
  /** Conversations with the simulator. */
  tried: number;
  /** People who may log in. */
  people: number;
}

export interface Step {
  name: StepName;
  state: StepState;
  /** How many there are, of those that are wanted. */
  count: number;
  wanted: number;
  /** The shop works without it. */
  isOptional: boolean;
}

/** The steps of a shop as its rows have them. Pure. */
export function readSteps(facts: ShopFacts): Step[] {
  const step = (
    name: StepName,
    count: number,
    { wanted = 1, isStarted = count > 0, isOptional = false } = {},
  ): Step => ({
    name,
    state: count >= wanted ? 'done' : isStarted ? 'started' : 'open',
    count: Math.min(count, wanted),
    wanted,
    isOptional,
  });
  return [
    step('name', Number(facts.hasOwnName)),
    step('hours', Number(facts.hasHours)),
    step('channel', facts.heardAccounts, { isStarted: facts.accounts > 0 }),
    step('products', facts.products),
    step('answers', facts.answers, { wanted: WANTED_ANSWERS }),
    step('model', Number(facts.hasModel), { isOptional: true }),
    step('try', facts.tried),
    step('invite', facts.people - 1, { isOptional: true }),
  ];
}
