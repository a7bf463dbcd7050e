-- Who was given data, when and what for. Append-only: the accounting of disclosures is part of what a person receives. There is no purpose for money.
create table disclosure (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  at timestamptz(3) not null,
  recipient_kind text not null check (recipient_kind in ('person', 'provider', 'authority', 'court', 'processor', 'adviser', 'affiliate', 'partner', 'payment_provider', 'successor')),
  recipient text not null check (char_length(recipient) <= 300), -- emptied once she is erased
  purpose text not null check (purpose in ('access_right', 'portability', 'legal_duty', 'legal_claim', 'safety', 'accounting', 'advice', 'service', 'business_transfer')),
  contact_id uuid, -- null: about many, or erased since
  people integer not null check (people > 0),
  categories jsonb not null,
  about_type text check (about_type in ('contact_export', 'legal_request', 'ownership_change')),
  about_id uuid,
  done_by text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  check (about_type is not null or about_id is null)
);
call platform.guard_workspace_table('disclosure', true);
create index disclosure_by_contact on disclosure (workspace_id, contact_id, id desc) where contact_id is not null;
