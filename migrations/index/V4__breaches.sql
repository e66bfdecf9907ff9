-- What broke the contract, by rule, hop, place and key, and verdicts by key. Long terms keep what tells them apart.
-- Entries that were indexed without them are indexed again.
delete from indexed_log;
delete from term;
delete from block;
delete from block_rows;
delete from block_posting;
delete from posting;
delete from record_run;
delete from rollup_kind;
delete from rollup_place;
delete from rollup_key;
delete from key_state;
delete from detector_memory;
delete from alert;
delete from rollup_alert;
delete from alert_total;

-- Entries per hour of their own time of which a finding is a violation. breach = a term (class Breach). Like every count, without
-- records sent again.
create table rollup_breach (
  log int not null,
  hour int not null,
  breach int not null,
  events bigint not null,
  first_time bigint not null,
  first_index bigint not null,
  last_time bigint not null,
  last_index bigint not null,
  primary key (log, hour, breach)
) without rowid;

-- Judged entries per hour that name a key. outcome = a term.
create table rollup_key_outcome (
  log int not null,
  hour int not null,
  key int not null,
  outcome int not null,
  events bigint not null,
  primary key (log, hour, key, outcome)
) without rowid;
