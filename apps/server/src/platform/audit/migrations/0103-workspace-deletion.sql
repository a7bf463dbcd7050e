-- What was deleted when a workspace left: the one thing that stays of it. No name and no address is in here: counts by table, moments, and the hash of the certificate its owners got.
create table platform.workspace_deletion (
  workspace_id uuid primary key,
  test_workspace_id uuid,
  closed_at timestamptz(3) not null,
  began_at timestamptz(3) not null,
  counts jsonb not null default '{}', -- rows by table, added up in the transactions that delete them
  audit_entries bigint not null,
  audit_hash text, -- where its own audit chain ended
  tell uuid[] not null, -- the accounts of its owners, until the certificate was handed out
  finished_at timestamptz(3),
  sequence bigint unique,
  certificate text,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  handed_out_at timestamptz(3),
  check (num_nulls(finished_at, sequence, certificate, sha256) in (0, 4)),
  check (handed_out_at is null or (finished_at is not null and tell = '{}'))
);
create unique index on platform.workspace_deletion (sha256);
create index on platform.workspace_deletion (finished_at) where handed_out_at is null;
grant select, insert, update on platform.workspace_deletion to frontdesk_eraser;
grant select, update (tell, handed_out_at) on platform.workspace_deletion to frontdesk_auth;
grant select on platform.workspace_deletion to frontdesk_app, frontdesk_relay;

-- A certificate that was written is never changed, whoever asks.
create function platform.keep_certificate() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$ begin
    if tg_op = 'DELETE' or (old.finished_at is not null and row (new.workspace_id, new.test_workspace_id, new.closed_at, new.began_at, new.counts, new.audit_entries, new.audit_hash, new.finished_at, new.sequence, new.certificate, new.sha256)
        is distinct from row (old.workspace_id, old.test_workspace_id, old.closed_at, old.began_at, old.counts, old.audit_entries, old.audit_hash, old.finished_at, old.sequence, old.certificate, old.sha256)) then
      raise exception 'certificates of deletion stay as they were written';
    end if;
    return new;
  end $$;
create trigger keep_certificate before update or delete on platform.workspace_deletion for each row execute function platform.keep_certificate();
