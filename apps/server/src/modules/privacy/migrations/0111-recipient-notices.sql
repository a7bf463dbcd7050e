-- Whoever received somebody's data is told when they were corrected (GDPR Art. 19): one row a recipient, until it was told or it is written down why it could not be.

create table recipient_notice (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid, -- null: erased since
  request_id uuid,
  recipient_kind text not null check (recipient_kind in ('provider', 'authority', 'court', 'processor', 'adviser', 'affiliate', 'partner', 'payment_provider', 'successor')),
  recipient text not null check (char_length(recipient) <= 300),
  among_many boolean not null, -- received data of many, hers probably among them
  received_at timestamptz(3) not null, -- the last time
  fields jsonb not null, -- what was corrected, by the names of the fields
  state text not null check (state in ('open', 'told', 'impossible')),
  how text check (how in ('mail', 'letter', 'phone', 'their_system')),
  proof text, -- what shows it, or why it could not be done
  done_by text,
  done_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete set null (request_id),
  check ((state = 'open') = (done_at is null)),
  check ((state = 'told') = (how is not null)),
  check (state = 'open' or contact_id is null or proof is not null)
);
call platform.guard_workspace_table('recipient_notice');
create index recipient_notice_open on recipient_notice (workspace_id, id) where state = 'open';
create index recipient_notice_by_request on recipient_notice (workspace_id, request_id) where request_id is not null;
