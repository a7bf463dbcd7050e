-- Authorised agents that send requests by the Data Rights Protocol 1.0 (Consumer Reports), signed with Ed25519.

alter table request drop constraint request_received_by_check;
alter table request add constraint request_received_by_check
  check (received_by in ('portal', 'mail', 'phone', 'letter', 'in_person', 'member', 'agent'));

-- Whose signature counts here. A row is never deleted: cases name it.
create table rights_agent (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  agent_id text not null check (agent_id ~ '^[A-Za-z0-9_.-]{1,100}$'), -- its id in the directory
  business_id text not null check (business_id ~ '^[A-Za-z0-9_.-]{1,100}$'), -- the id under which it knows this business
  name text not null,
  contact_email text,
  verify_key text not null, -- 32 bytes, base64
  key_since timestamptz(3) not null,
  token_hash text, -- of the pairwise token that it got last
  paired_at timestamptz(3),
  last_used_at timestamptz(3),
  added_by text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  primary key (workspace_id, id),
  check (revoked_at is null or token_hash is null)
);
call platform.guard_workspace_table('rights_agent');
create unique index rights_agent_alive on rights_agent (workspace_id, agent_id) where revoked_at is null;
create unique index rights_agent_by_token on rights_agent (workspace_id, token_hash) where token_hash is not null;

-- A request that came signed. Its id is the `request_id` that the agent asks by; the case behind it may change when it is filed as another kind.
create table agent_request (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  agent_id uuid not null,
  request_id uuid not null,
  agent_request_id text, -- the agent's own name for it
  content_hash text, -- keyed, of what was asked for whom
  exercise text not null check (exercise in ('access', 'access:categories', 'access:specific', 'deletion', 'sale:opt-out')),
  status_callback text, -- the agent's own address; emptied once it was told the end
  told text not null, -- the status that it was told last
  revoked_at timestamptz(3), -- she took it back through the agent
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, request_id),
  unique (workspace_id, agent_id, agent_request_id),
  foreign key (workspace_id, agent_id) references rights_agent (workspace_id, id) on delete cascade,
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('agent_request');

-- Signed messages that were taken, until they expire by themselves: none is taken twice.
create table agent_message (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  agent_id uuid not null,
  message_hash text not null,
  expires_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, agent_id, message_hash),
  foreign key (workspace_id, agent_id) references rights_agent (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('agent_message');
