-- People and how they sign in. No workspace owns them, so no row-level security: the schema belongs to the role frontdesk_auth alone.

create table auth.user (
  id uuid primary key,
  name text not null,
  email text not null, -- as typed
  email_normalized text not null unique,
  email_verified_at timestamptz(3),
  phone text,
  company text,
  industry text,
  locale text,
  zone text,
  age_confirmed_at timestamptz(3),
  closes_at timestamptz(3),
  created_at timestamptz(3) not null,
  version bigint not null
);

create table auth.session (
  id uuid primary key,
  user_id uuid not null references auth.user (id) on delete cascade,
  token_hash text not null unique,
  method text not null check (method in ('setup', 'password', 'passkey', 'google', 'facebook', 'invitation', 'email')),
  browser text,
  system text,
  device_kind text not null check (device_kind in ('phone', 'tablet', 'computer', 'program', 'unknown')),
  place text,
  workspace_id uuid, -- the one used last
  authenticated_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null
);
create index on auth.session (user_id);
create index on auth.session (last_used_at);

-- One way to sign in: a password, a seed of one-time codes, a passkey, an account elsewhere.
create table auth.credential (
  id uuid primary key,
  user_id uuid not null references auth.user (id) on delete cascade,
  kind text not null check (kind in ('password', 'totp', 'passkey', 'google', 'facebook')),
  external_id text, -- the passkey's credential id, the provider's subject
  secret text, -- password: PHC string; totp: the encrypted seed; passkey: the public key (COSE, base64url)
  counter bigint not null default 0, -- passkey: its signature counter; totp: the last time step that was accepted
  name text,
  transports text,
  synced boolean not null default false,
  email text, -- what the provider called the person
  created_at timestamptz(3) not null,
  confirmed_at timestamptz(3), -- totp: null until the first code was right
  last_used_at timestamptz(3),
  unique (kind, external_id),
  check ((kind in ('passkey', 'google', 'facebook')) = (external_id is not null)),
  check (kind in ('google', 'facebook') or secret is not null)
);
create unique index on auth.credential (user_id, kind) where kind <> 'passkey';
create index on auth.credential (user_id);

create table auth.recovery_code (
  id uuid primary key,
  user_id uuid not null references auth.user (id) on delete cascade,
  code_hash text not null,
  created_at timestamptz(3) not null,
  used_at timestamptz(3),
  unique (user_id, code_hash)
);

-- Somebody asked for an account. She becomes a person when she opens the link.
create table auth.sign_up (
  id uuid primary key,
  email text not null,
  email_normalized text not null,
  name text not null,
  password_hash text not null,
  phone text,
  company text,
  industry text,
  locale text,
  zone text,
  age_confirmed boolean not null,
  browser_hash text not null, -- of the cookie of the browser that asked
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  mailed_at timestamptz(3),
  used_at timestamptz(3)
);
create index on auth.sign_up (email_normalized, created_at);
create index on auth.sign_up (created_at) where mailed_at is null;

-- A link to be mailed. The row is written the same way whether or not the address is known; the mail is made afterwards.
create table auth.mail_link (
  id uuid primary key,
  kind text not null check (kind in ('reset_password', 'confirm_email', 'change_email')),
  email text not null,
  email_normalized text not null,
  user_id uuid references auth.user (id) on delete cascade,
  locale text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  mailed_at timestamptz(3),
  used_at timestamptz(3)
);
create index on auth.mail_link (email_normalized, created_at);
create index on auth.mail_link (user_id);
create index on auth.mail_link (created_at) where mailed_at is null;

-- A step that has to be finished within minutes: the second factor, a passkey ceremony.
create table auth.challenge (
  id uuid primary key,
  kind text not null check (kind in ('second_factor', 'passkey_registration', 'passkey_sign_in', 'passkey_reauthentication')),
  user_id uuid references auth.user (id) on delete cascade,
  token_hash text unique,
  challenge text,
  method text,
  attempts int not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index on auth.challenge (expires_at);
create index on auth.challenge (user_id);

-- Failed tries in a row, by keyed hash of what was tried: known and unknown addresses look alike.
create table auth.failed_try (
  subject_hash text primary key,
  tries int not null,
  window_started_at timestamptz(3) not null
);
create index on auth.failed_try (window_started_at);

-- The link that makes the first owner. One row at most.
create table auth.setup_link (
  id uuid primary key,
  only_one boolean not null unique default true check (only_one),
  token_hash text not null,
  user_id uuid references auth.user (id) on delete set null,
  created_at timestamptz(3) not null,
  used_at timestamptz(3)
);

grant select, insert, update, delete on all tables in schema auth to frontdesk_auth;
