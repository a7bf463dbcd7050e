-- Whether a counterparty was looked up in a list of sanctions, and what came of it. Append-only; it goes with its counterparty.
create table counterparty_screening (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  counterparty_id uuid not null,
  list text not null check (char_length(list) between 1 and 200),
  result text not null check (result in ('clear', 'unclear', 'hit')),
  note text check (char_length(note) between 1 and 500),
  checked_on date not null,
  done_by text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, counterparty_id) references counterparty (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('counterparty_screening', true);
create index counterparty_screening_of on counterparty_screening (workspace_id, counterparty_id, id desc);
