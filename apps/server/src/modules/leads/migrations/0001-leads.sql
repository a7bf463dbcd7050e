-- Pipelines with their stages, the leads in them, and what is asked about each.

create table pipeline (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  name text not null,
  is_default boolean not null,
  position int not null,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  check (not is_default or archived_at is null)
);
call platform.guard_workspace_table('pipeline');
create unique index one_default_pipeline on pipeline (workspace_id) where is_default;

create table stage (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  name text not null,
  kind text not null check (kind in ('open', 'won', 'lost')),
  probability int not null check (probability between 0 and 100),
  position int not null,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, pipeline_id, id),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('stage');
create unique index one_end_of_a_kind on stage (workspace_id, pipeline_id, kind) where kind <> 'open';

create table lost_reason (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  label text not null,
  position int not null,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('lost_reason');
create index lost_reason_of_pipeline on lost_reason (workspace_id, pipeline_id);

create table lead (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  pipeline_id uuid not null,
  stage_id uuid not null,
  -- The open stage it stands in, or stood in when it was closed.
  open_stage_id uuid not null,
  position double precision not null, -- within its open stage, from top to bottom
  state text not null check (state in ('open', 'won', 'lost', 'merged', 'removed')),
  contact_id uuid not null,
  owner_member_id uuid,
  title text,
  value_minor bigint check (value_minor >= 0),
  currency text,
  source text not null check (source in ('form', 'booking', 'message', 'call', 'walk_in', 'referral', 'advert', 'import', 'api', 'other')),
  next_step text,
  next_step_on date,
  lost_reason_id uuid,
  lost_note text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  entered_stage_at timestamptz(3) not null,
  first_touch_at timestamptz(3),
  closed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, pipeline_id, stage_id) references stage (workspace_id, pipeline_id, id),
  foreign key (workspace_id, pipeline_id, open_stage_id) references stage (workspace_id, pipeline_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_member_id) references member (workspace_id, id) on delete set null (owner_member_id),
  foreign key (workspace_id, lost_reason_id) references lost_reason (workspace_id, id),
  check ((value_minor is null) = (currency is null)),
  check (next_step is not null or next_step_on is null),
  check ((state = 'open') = (closed_at is null)),
  check (state = 'lost' or (lost_reason_id is null and lost_note is null))
);
call platform.guard_workspace_table('lead');
-- Whoever asks twice is told of the first one.
create unique index one_open_lead on lead (workspace_id, contact_id, pipeline_id) where state = 'open';
create index lead_of_contact on lead (workspace_id, contact_id, id desc);
create index lead_on_board on lead (workspace_id, open_stage_id, position, id) where state = 'open';
create index lead_newest on lead (workspace_id, state, id desc);
create index lead_by_owner on lead (workspace_id, owner_member_id, state, id desc);
create index lead_by_stage on lead (workspace_id, pipeline_id, stage_id);

-- What is asked about the leads of a pipeline. Four questions have a key and are said in the reader's language; others say what they say.
create table lead_question (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  key text check (key in ('need', 'budget', 'authority', 'timing')),
  label text,
  position int not null,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id) on delete cascade,
  check ((key is null) = (label is not null))
);
call platform.guard_workspace_table('lead_question');
create index lead_question_of_pipeline on lead_question (workspace_id, pipeline_id);

create table qualification_answer (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  lead_id uuid not null,
  question_id uuid not null,
  answer text not null check (answer in ('yes', 'no', 'unsure')),
  note text,
  answered_by_kind text not null,
  answered_by_id text,
  answered_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, lead_id, question_id),
  foreign key (workspace_id, lead_id) references lead (workspace_id, id) on delete cascade,
  foreign key (workspace_id, question_id) references lead_question (workspace_id, id)
);
call platform.guard_workspace_table('qualification_answer');
create index qualification_answer_of_question on qualification_answer (workspace_id, question_id);

-- Points for a condition. Always read and written whole, hence jsonb.
create table score_rule (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  condition jsonb not null,
  points int not null check (points between -100 and 100),
  position int not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('score_rule');
create index score_rule_of_pipeline on score_rule (workspace_id, pipeline_id, position);
