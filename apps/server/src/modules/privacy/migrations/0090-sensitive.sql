-- Sensitive fields: declared once with ground and readers, their values encrypted for their row, and who saw them in full.

create table sensitive_field (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  kind text not null check (kind in ('ssn', 'ein', 'sin', 'gst', 'vat', 'insurance_number', 'government_id', 'bank_account', 'health')),
  label text not null check (char_length(label) between 1 and 60),
  ground text not null check (ground in ('tax_law', 'contract', 'explicit_consent', 'legal_obligation')),
  why text not null check (char_length(why) between 1 and 500),
  readers jsonb not null, -- roles
  declared_by text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  -- Tax numbers stand on tax law and on nothing else.
  check ((kind in ('ssn', 'ein', 'sin', 'gst', 'vat')) = (ground = 'tax_law'))
);
call platform.guard_workspace_table('sensitive_field');

create table sensitive_value (
  workspace_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  contact_id uuid not null,
  value text not null check (value like 'v1|%'), -- never in the clear
  in_copy text not null check (in_copy like 'v1|%'),
  recorded_by text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, field_id),
  foreign key (workspace_id, field_id) references sensitive_field (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('sensitive_value');
create index sensitive_value_of_field on sensitive_value (workspace_id, field_id);

create table sensitive_reveal (
  workspace_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  contact_id uuid not null,
  member_id uuid not null,
  purpose text not null check (purpose in ('tax_form', 'service', 'billing', 'identity_check', 'her_request', 'legal_request')),
  reason text not null check (char_length(reason) between 1 and 300),
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, field_id) references sensitive_field (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('sensitive_reveal', true);
create index sensitive_reveal_of_contact on sensitive_reveal (workspace_id, contact_id, id desc);

-- Card and Social Security numbers that came from outside, masked before they were kept: that there was one, not which.
create table masked_number (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  kind text not null check (kind in ('card', 'ssn', 'sin')),
  source text not null check (source in ('booking', 'message', 'request', 'preference')),
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('masked_number');
create index masked_number_of_contact on masked_number (workspace_id, contact_id) where contact_id is not null;
