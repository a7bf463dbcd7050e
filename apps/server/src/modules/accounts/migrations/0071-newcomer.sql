-- Somebody new who comes from Google or Facebook is asked for her age first. Who the provider says she is waits here, encrypted, for the minutes of that step.
alter table auth.challenge
  drop constraint challenge_kind_check,
  add constraint challenge_kind_check
    check (kind in ('second_factor', 'passkey_registration', 'passkey_sign_in', 'passkey_reauthentication', 'newcomer')),
  add column identity text,
  add constraint challenge_identity_check check ((kind = 'newcomer') = (identity is not null));
