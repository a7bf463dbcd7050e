-- Mail that goes out, and mail that comes in. The whole MIME text is stored once, encrypted; what stands beside it is what lists and sending need.

create table mail (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null, -- also the Message-ID: <id@domain>
  audience text not null check (audience in ('contact', 'member')),
  contact_id uuid,
  member_id uuid,
  permit_id uuid,
  confidential boolean not null, -- holds a personal link: only owners see its words
  from_address text not null,
  to_address text not null,
  subject text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'bounced', 'not_configured', 'dropped')),
  attempts int not null,
  next_attempt_at timestamptz(3),
  error text,
  error_code text,
  bounce_kind text check (bounce_kind in ('permanent', 'temporary')),
  raw text not null, -- encrypted
  size bigint not null,
  created_at timestamptz(3) not null,
  attempted_at timestamptz(3),
  sent_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, permit_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade,
  check ((audience = 'contact') = (contact_id is not null)),
  check ((audience = 'contact') = (permit_id is not null)),
  check (audience = 'member' or member_id is null),
  check (state <> 'sent' or sent_at is not null),
  check ((state = 'bounced') = (bounce_kind is not null))
);
call platform.guard_workspace_table('mail');
call platform.open_to_search('mail');
create index mail_by_id on mail (id); -- for platform.workspace_of_mail
create index mail_by_state on mail (workspace_id, state, id desc);
create index mail_by_contact on mail (workspace_id, contact_id, id desc) where contact_id is not null;

create table inbound_mail (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  mail_id uuid, -- the mail of ours whose address token it carried
  source text not null check (source in ('imap', 'smtp')),
  raw_hash text not null, -- SHA-256: the same bytes are stored once, however often they are delivered
  raw text not null, -- encrypted
  size bigint not null,
  null_sender boolean not null, -- the envelope had no sender, as with bounces
  state text not null check (state in ('received', 'processed', 'ignored', 'failed')),
  kind text check (kind in ('answer', 'automatic', 'bounce', 'delay', 'complaint')),
  reason text,
  received_at timestamptz(3) not null,
  processed_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, raw_hash),
  foreign key (workspace_id, mail_id) references mail (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('inbound_mail');
create index inbound_mail_by_mail on inbound_mail (workspace_id, mail_id, received_at);

-- Mail to people outside of workspaces: verification, a new password. It holds secrets, so the schema's own role alone reads it.
create table auth.person_mail (
  id uuid primary key,
  user_id uuid references auth.user (id) on delete cascade,
  to_address text not null,
  subject text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'not_configured')),
  attempts int not null,
  next_attempt_at timestamptz(3) not null,
  error text,
  error_code text,
  raw text not null, -- encrypted
  created_at timestamptz(3) not null,
  attempted_at timestamptz(3),
  sent_at timestamptz(3)
);
create index on auth.person_mail (user_id);
create index on auth.person_mail (next_attempt_at) where state in ('queued', 'sending');
grant select, insert, update, delete on auth.person_mail to frontdesk_auth;

-- How far a mailbox was read. No personal data, and no workspace: one mailbox serves all of them. The relay role alone.
create table platform.mailbox (
  name text primary key,
  uid_validity bigint not null,
  last_uid bigint not null,
  read_at timestamptz(3) not null
);
grant select, insert, update on platform.mailbox to frontdesk_relay;
