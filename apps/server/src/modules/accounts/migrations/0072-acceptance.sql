-- What somebody accepted when her account was made: which document, which version of it, and the hash of the text that was served then.
alter table auth.sign_up add column accepted jsonb not null default '[]'; -- until the address is confirmed

create table auth.acceptance (
  id uuid primary key,
  user_id uuid not null references auth.user (id) on delete cascade,
  document text not null check (document in ('terms', 'privacy')),
  version int check (version > 0), -- null: it was served, and not published
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  locale text not null,
  method text not null check (method in ('sign_up', 'invitation', 'google', 'facebook')),
  accepted_at timestamptz(3) not null,
  unique (user_id, document)
);
grant select, insert, delete on auth.acceptance to frontdesk_auth;
