-- What the business wants written about an appointment and when, and what became of it for each booking.

create table reminder_rule (
  workspace_id uuid not null,
  id uuid not null,
  moment text not null check (moment in ('before', 'after')),
  amount int not null check (amount between 1 and 999),
  unit text not null check (unit in ('minutes', 'hours', 'days')),
  channel text not null check (channel in ('email', 'sms', 'call')),
  -- Without it only the services of reminder_rule_service.
  every_service boolean not null,
  active boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('reminder_rule');

create table reminder_rule_service (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  service_id uuid not null,
  primary key (workspace_id, id),
  unique (workspace_id, rule_id, service_id),
  foreign key (workspace_id, rule_id) references reminder_rule (workspace_id, id) on delete cascade,
  foreign key (workspace_id, service_id) references service (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('reminder_rule_service');
create index on reminder_rule_service (workspace_id, service_id);

-- The business's own words, a row a language. A language without a row gets those that stand ready.
create table reminder_text (
  workspace_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  locale text not null check (locale in ('en', 'es', 'fr')),
  subject text,
  body text,
  primary key (workspace_id, id),
  unique (workspace_id, rule_id, locale),
  foreign key (workspace_id, rule_id) references reminder_rule (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('reminder_text');

create table reminder (
  workspace_id uuid not null,
  id uuid not null,
  -- Null once the rule is gone; what it said then stands here.
  rule_id uuid,
  booking_id uuid not null,
  moment text not null check (moment in ('before', 'after')),
  amount int not null,
  unit text not null check (unit in ('minutes', 'hours', 'days')),
  channel text not null check (channel in ('email', 'sms', 'call')),
  due_at timestamptz(3) not null,
  state text not null check (state in ('planned', 'sent', 'refused', 'skipped')),
  reason text,
  done_at timestamptz(3),
  message_id uuid,
  answer text check (answer in ('confirmed', 'move')),
  answered_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  check ((state = 'planned') = (done_at is null)),
  check ((state = 'skipped') = (reason is not null)),
  check ((answer is null) = (answered_at is null)),
  -- One reminder a rule and booking, however often the planning runs.
  constraint one_reminder_a_rule unique (workspace_id, rule_id, booking_id),
  foreign key (workspace_id, rule_id) references reminder_rule (workspace_id, id) on delete set null (rule_id),
  foreign key (workspace_id, booking_id) references booking (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('reminder');
create index on reminder (workspace_id, booking_id);
create index on reminder (workspace_id, message_id) where message_id is not null;
create index on reminder (workspace_id, rule_id) where state = 'planned';
