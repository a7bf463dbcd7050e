-- Whoever deletes an address or a number asks what names it: without these, each looks through all permits of the business.
create index permit_of_point on permit (workspace_id, point_id) where point_id is not null;
create index consent_invitation_of_point on consent_invitation (workspace_id, point_id);
create index guardian_consent_of_point on guardian_consent (workspace_id, point_id);
