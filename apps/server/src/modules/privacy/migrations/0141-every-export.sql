-- A copy of everything is a hand-over as well: to the business itself, which keeps its own records, or to a recipient of the register.
alter table disclosure drop constraint disclosure_recipient_kind_check;
alter table disclosure add constraint disclosure_recipient_kind_check
  check (recipient_kind in ('person', 'business', 'provider', 'authority', 'court', 'processor', 'adviser', 'affiliate', 'partner', 'payment_provider', 'successor'));
alter table disclosure drop constraint disclosure_purpose_check;
alter table disclosure add constraint disclosure_purpose_check
  check (purpose in ('access_right', 'portability', 'own_records', 'legal_duty', 'legal_claim', 'safety', 'accounting', 'advice', 'service', 'business_transfer', 'their_offers'));
alter table disclosure add constraint disclosure_own_records check ((purpose = 'own_records') = (recipient_kind = 'business'));
alter table disclosure drop constraint disclosure_about_type_check;
alter table disclosure add constraint disclosure_about_type_check
  check (about_type in ('contact_export', 'workspace_export', 'legal_request', 'ownership_change', 'api_key'));
create index disclosure_by_object on disclosure (workspace_id, about_id) where about_id is not null;
