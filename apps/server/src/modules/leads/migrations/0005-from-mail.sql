-- Whether somebody new who writes to the business's inbox becomes a lead in this pipeline; in one pipeline at most.
alter table lead_routing add column from_mail boolean not null default false;
create unique index lead_routing_from_mail on lead_routing (workspace_id) where from_mail;
