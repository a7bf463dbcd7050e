-- Where events are sent to, and what became of each.

create table webhook_endpoint (
  workspace_id uuid not null,
  id uuid not null,
  url text not null,
  description text not null,
  kinds text[], -- null: every kind, those that will come as well
  state text not null check (state in ('on', 'off')),
  off_reason text check (off_reason in ('by_hand', 'gone', 'failing')),
  off_at timestamptz(3),
  secret text not null, -- encrypted
  secret_made_at timestamptz(3) not null,
  previous_secret text, -- encrypted; signs beside the new one until then
  previous_until timestamptz(3),
  failing_since timestamptz(3),
  last_success_at timestamptz(3),
  quiet_until timestamptz(3), -- the receiver asked us to wait (Retry-After)
  slow boolean not null default false, -- its last try failed or took long: it is served apart from the others
  recipient_id uuid,
  recipient_name text,
  recipient_purpose text check (recipient_purpose in ('service', 'advice', 'accounting')),
  created_by uuid, -- a member; null: a program with a key
  created_at timestamptz(3) not null,
  version bigint not null,
  primary key (workspace_id, id),
  check ((state = 'off') = (off_reason is not null)),
  check ((off_reason is null) = (off_at is null)),
  check ((previous_secret is null) = (previous_until is null)),
  check (num_nonnulls(recipient_id, recipient_name, recipient_purpose) in (0, 3))
);
call platform.guard_workspace_table('webhook_endpoint');

-- One event for one endpoint. It has no content of its own: what is sent is the event, and the row goes when the event does.
create table webhook_delivery (
  workspace_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  state text not null check (state in ('waiting', 'sending', 'delivered', 'failed')),
  fail_reason text check (fail_reason in ('tries_used_up', 'endpoint_off')),
  attempts int not null default 0,
  failures int not null default 0, -- counted for the waits; a try that the server did not finish is none
  next_at timestamptz(3),
  claimed_until timestamptz(3),
  last_status int,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, event_id, endpoint_id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoint (workspace_id, id) on delete cascade,
  foreign key (workspace_id, event_id) references outbox (workspace_id, id) on delete cascade,
  check ((state = 'waiting') = (next_at is not null)),
  check ((state = 'sending') = (claimed_until is not null)),
  check ((state = 'failed') = (fail_reason is not null)),
  check ((state in ('delivered', 'failed')) = (finished_at is not null))
);
call platform.guard_workspace_table('webhook_delivery');
create index webhook_delivery_due on webhook_delivery (workspace_id, endpoint_id, next_at) where state = 'waiting';
create index webhook_delivery_claimed on webhook_delivery (workspace_id, endpoint_id, claimed_until) where state = 'sending';
create index webhook_delivery_log on webhook_delivery (workspace_id, endpoint_id, id desc);
create index webhook_delivery_by_state on webhook_delivery (workspace_id, endpoint_id, state, id desc);
create index webhook_delivery_left on webhook_delivery (next_at) where state = 'waiting';

-- One try: when, how long, and the beginning of what came back. Nothing of what was sent along.
create table webhook_attempt (
  workspace_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  number int not null,
  at timestamptz(3) not null,
  ms int,
  status int,
  error text, -- a code: timeout, refused …
  answer text check (length(answer) <= 1000),
  primary key (workspace_id, id),
  unique (workspace_id, delivery_id, number),
  foreign key (workspace_id, delivery_id) references webhook_delivery (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('webhook_attempt');

-- The relay writes the deliveries of the events it hands on, in the same transaction, and finds those that were left lying.
create policy relay on webhook_endpoint for select to frontdesk_relay using (true);
create policy relay on webhook_delivery to frontdesk_relay using (true);
grant select (workspace_id, id, kinds, state, slow) on webhook_endpoint to frontdesk_relay;
grant select (workspace_id, id, endpoint_id, event_id, state, next_at, claimed_until), insert on webhook_delivery to frontdesk_relay;
