-- When a session last proved a second factor: a code, a recovery code, or a passkey, which verifies its user by itself.
alter table auth.session add column second_factor_at timestamptz(3);
update auth.session s set second_factor_at = s.created_at
where s.method = 'passkey'
  or exists (select from auth.credential c where c.user_id = s.user_id and c.kind = 'totp' and c.confirmed_at < s.created_at);

-- What a business asks of its members' sessions; null leaves what the server has.
alter table workspace
  add column second_factor_required boolean not null default false,
  add column session_idle_minutes integer check (session_idle_minutes between 5 and 20160),
  add column session_hours integer check (session_hours between 1 and 2160);
