-- What a service asks whoever books it, and what was answered.

create table intake_question (
  workspace_id uuid not null,
  id uuid not null,
  service_id uuid not null,
  position int not null,
  kind text not null check (kind in ('text', 'choice', 'yes_no', 'number', 'date')),
  label text not null,
  help text,
  required boolean not null,
  -- Always read and written whole.
  choices jsonb not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, service_id) references service (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('intake_question');
create index on intake_question (workspace_id, service_id, position);

create table intake_answer (
  workspace_id uuid not null,
  id uuid not null,
  -- The first booking of a chain of moves: what was answered stays with the appointment.
  thread_id uuid not null,
  -- Null once the question is asked no more; its words and kind then stand here.
  question_id uuid,
  kind text not null check (kind in ('text', 'choice', 'yes_no', 'number', 'date')),
  label text not null,
  answer text not null,
  -- When the appointment ends, wherever it was moved to: answers are kept as long as it is.
  visit_ends_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  constraint one_answer_a_question unique (workspace_id, thread_id, question_id),
  foreign key (workspace_id, thread_id) references booking (workspace_id, id) on delete cascade,
  foreign key (workspace_id, question_id) references intake_question (workspace_id, id) on delete set null (question_id)
);
call platform.guard_workspace_table('intake_answer');

alter table service add column intake_version bigint not null default 1;
