-- Messages, in conversations, on channels. Email is the first channel.

create table channel (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('email')),
  name text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind, name)
);
call platform.guard_workspace_table('channel');

create table conversation (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  contact_id uuid not null,
  channel_id uuid not null,
  about_type text, -- what it is about, such as a booking: its mails are one conversation
  about_id uuid,
  subject text not null,
  status text not null check (status in ('open', 'waiting', 'snoozed', 'resolved')),
  snoozed_until timestamptz(3),
  waiting_since timestamptz(3), -- the contact waits for us
  answered boolean not null, -- the contact has written in it
  last_message_at timestamptz(3) not null,
  preview text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  check ((about_type is null) = (about_id is null)),
  check ((status = 'snoozed') = (snoozed_until is not null))
);
call platform.guard_workspace_table('conversation');
create unique index conversation_about on conversation (workspace_id, contact_id, channel_id, about_type, about_id) where about_id is not null;
create index conversation_page on conversation (workspace_id, last_message_at desc, id desc);
create index conversation_by_status on conversation (workspace_id, status, last_message_at desc, id desc);
create index conversation_by_contact on conversation (workspace_id, contact_id, last_message_at desc, id desc);

create table message (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  external_id text, -- the same for the same message, however often it is delivered
  reference_id text, -- its Message-ID, for threads
  author_kind text not null check (author_kind in ('contact', 'member', 'api_key', 'system')),
  author_id text,
  purpose text check (purpose in ('reply', 'service', 'legal', 'feedback', 'marketing')),
  address text,
  subject text not null,
  body text not null,
  quoted text,
  automatic boolean not null,
  delivery text not null check (delivery in ('queued', 'permitted', 'sent', 'delivered', 'read', 'failed', 'bounced', 'in_doubt', 'received')),
  delivery_error text,
  permit_id uuid,
  mail_id uuid,
  inbound_id uuid,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  foreign key (workspace_id, permit_id) references permit (workspace_id, id) on delete set null (permit_id),
  foreign key (workspace_id, mail_id) references mail (workspace_id, id) on delete set null (mail_id),
  foreign key (workspace_id, inbound_id) references inbound_mail (workspace_id, id) on delete set null (inbound_id),
  unique (workspace_id, mail_id),
  check ((direction = 'in') = (delivery = 'received')),
  check ((direction = 'in') = (author_kind = 'contact'))
);
call platform.guard_workspace_table('message');
create unique index message_external on message (workspace_id, channel_id, external_id) where external_id is not null;
create index message_page on message (workspace_id, conversation_id, at desc, id desc);
create index message_by_contact on message (workspace_id, contact_id, at desc, id desc);

create table attachment (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  message_id uuid not null,
  file_id uuid, -- null where the file was refused; its name still tells that it was there
  name text not null,
  media_type text not null,
  size bigint not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade,
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete set null (file_id)
);
call platform.guard_workspace_table('attachment');
create index attachment_by_message on attachment (workspace_id, message_id);
