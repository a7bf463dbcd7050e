-- What happened, written in the transaction of the change, waiting for the relay and then read by GET /events for 30 days.
create table outbox (
  workspace_id uuid not null,
  id uuid not null,
  type text not null,
  payload jsonb not null,
  at timestamptz(3) not null,
  -- Both are given by the relay, one batch at a time, so that the order of `position` is the order in which readers can see it.
  sent_at timestamptz(3),
  position bigint,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('outbox', true);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_in_order on outbox (workspace_id, position);
create index outbox_by_age on outbox (sent_at);
create sequence outbox_position;

-- The relay takes rows of all workspaces, marks them, and removes them when they are old. It never reads another table of theirs.
create policy relay on outbox to frontdesk_relay using (true);
grant select, update (sent_at, position), delete on outbox to frontdesk_relay;
grant usage on sequence outbox_position to frontdesk_relay;

create function platform.tell_relay() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$ begin perform pg_notify('frontdesk_outbox', ''); return null; end $$;
create trigger tell_relay after insert on outbox for each statement execute function platform.tell_relay();

-- A subscriber that took an event: a repeated delivery finds its row and does nothing.
create table handled_event (
  workspace_id uuid not null,
  id uuid not null,
  subscriber text not null,
  handled_at timestamptz(3) not null,
  primary key (workspace_id, id, subscriber)
);
call platform.guard_workspace_table('handled_event');
create index on handled_event (workspace_id, handled_at);
