-- Recipients are told of an erasure and of a restriction and its end too (GDPR Art. 19).
alter table recipient_notice
  add column news text not null default 'rectified' check (news in ('rectified', 'restricted', 'restriction_ended', 'erased')),
  add column sealed text; -- of an erasure, encrypted: the recipient, and what it needs to find her until it was told
alter table recipient_notice alter column news drop default;

-- Overtaken: what there was to tell has ended, or goes with what is told now.
alter table recipient_notice drop constraint recipient_notice_state_check;
alter table recipient_notice add constraint recipient_notice_state_check check (state in ('open', 'told', 'impossible', 'overtaken'));
alter table recipient_notice drop constraint recipient_notice_check2;
alter table recipient_notice add constraint recipient_notice_has_proof check (state in ('open', 'overtaken') or contact_id is null or proof is not null);
create index recipient_notice_by_contact on recipient_notice (workspace_id, contact_id) where contact_id is not null;

-- Before a restriction ends she is told (GDPR Art. 18(3)): how she was, or the letter that has to leave first.
alter table restriction
  add column told_how text check (told_how in ('mail', 'letter', 'phone', 'in_person', 'case_page')),
  add column told_proof text, -- what shows it, where no mail of ours does
  add column lift_state text check (lift_state in ('letter_leaving', 'letter_failed')),
  add column lift_mail_id uuid,
  add column lift_asked_by text,
  add constraint restriction_lift check (lift_state is distinct from 'letter_leaving' or (lift_mail_id is not null and lift_asked_by is not null)),
  add constraint restriction_lift_over check (lifted_at is null or lift_state is null);
