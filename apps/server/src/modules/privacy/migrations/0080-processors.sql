-- Who receives data from here, under which contract, and the business's own counterparties.

-- What a member wrote down about a recipient. What this server is connected to by its configuration stands in the register without a row; a row with `connection` adds its contract.
create table processor (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  connection text check (connection in ('smtp', 'imap', 's3', 'google', 'facebook', 'database', 'traces')),
  name text not null check (char_length(name) between 1 and 200),
  kind text not null check (kind in ('processor', 'affiliate', 'adviser', 'partner', 'payment_provider')),
  purposes jsonb not null, -- a list of purposes of the inventory
  categories jsonb not null, -- a list of categories of the inventory
  region text not null check (region in ('unknown', 'US', 'CA', 'EU', 'GB', 'other')),
  mechanism text not null check (mechanism in ('none', 'adequacy', 'scc', 'consent')),
  contract_ref text check (char_length(contract_ref) between 1 and 200),
  contract_on date,
  policy_url text check (char_length(policy_url) <= 500),
  adheres boolean not null, -- an affiliate declared that it keeps to this policy
  withdrawn_at timestamptz(3), -- since when the contract it once had is gone
  ended_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, connection),
  check (kind <> 'affiliate' or adheres),
  check (withdrawn_at is null or contract_ref is null)
);
call platform.guard_workspace_table('processor');

-- What became of an entry. Append-only.
create table processor_change (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  processor_id uuid not null,
  state text not null check (state in ('active', 'uncovered', 'withdrawn', 'ended')),
  contract_ref text,
  done_by text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, processor_id) references processor (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('processor_change', true);
create index processor_change_of on processor_change (workspace_id, processor_id, id desc);

-- Suppliers, landlords and others the business has a contract with.
create table counterparty (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  name text not null check (char_length(name) between 1 and 200),
  representative text check (char_length(representative) between 1 and 200),
  email text check (char_length(email) <= 254),
  contract_ref text not null check (char_length(contract_ref) between 1 and 200),
  signed_on date not null,
  ends_on date,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
call platform.guard_workspace_table('counterparty');
