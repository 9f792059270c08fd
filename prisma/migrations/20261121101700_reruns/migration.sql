-- A shop's own prompts over those of the release, and recorded turns thought over again.

CREATE TABLE prompt_versions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  business_id uuid NOT NULL,
  name text NOT NULL,
  version text NOT NULL,
  fa text NOT NULL,
  en text NOT NULL,
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'retired')),
  created_by text NOT NULL,
  published_by text,
  published_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX prompt_versions_business_id_name_version_key ON prompt_versions (business_id, name, version);
-- Two cannot be in use at once, whoever publishes when.
CREATE UNIQUE INDEX prompt_versions_one_published_idx ON prompt_versions (business_id, name) WHERE state = 'published';

CREATE TABLE reruns (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  business_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed')),
  prompt_version text NOT NULL,
  prompt jsonb,
  model text NOT NULL DEFAULT '',
  days integer NOT NULL,
  conversation_id uuid,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  estimated_cost_micros bigint,
  cost_micros bigint NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX reruns_business_id_created_at_idx ON reruns (business_id, created_at DESC);

CREATE TABLE rerun_results (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  business_id uuid NOT NULL,
  rerun_id uuid NOT NULL REFERENCES reruns (id) ON UPDATE CASCADE ON DELETE CASCADE,
  decision_id uuid NOT NULL,
  conversation_id uuid NOT NULL REFERENCES conversations (id) ON UPDATE CASCADE ON DELETE CASCADE,
  position integer NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
  message_ids uuid[],
  question text NOT NULL,
  before jsonb NOT NULL,
  after jsonb,
  difference text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX rerun_results_rerun_id_decision_id_key ON rerun_results (rerun_id, decision_id);
CREATE INDEX rerun_results_rerun_id_state_position_idx ON rerun_results (rerun_id, state, position);
CREATE INDEX rerun_results_conversation_id_idx ON rerun_results (conversation_id);
