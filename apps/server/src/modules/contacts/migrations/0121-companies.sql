-- What is known of a company, and what somebody is there.

alter table company
  add column version bigint not null default 1 check (version >= 0), -- 0 in a copy that was made before it had one
  add column domain text check (domain = lower(domain)),
  add column phone_normalized text, -- E.164
  add column address text,
  add column archived_at timestamptz(3);
create index company_by_domain on company (workspace_id, domain) where domain is not null;
create index company_by_name on company (workspace_id, (name_folded collate "C"), id) where archived_at is null;

alter table contact add column company_role text;
