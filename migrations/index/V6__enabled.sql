-- Since when a key is enabled, where an event says so: a key that no event disabled or enabled is neither.
-- Entries that were indexed without it are indexed again.
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
delete from rollup_breach;
delete from rollup_key_outcome;
delete from key_state;
delete from detector_memory;
delete from alert;
delete from rollup_alert;
delete from alert_total;

alter table key_state add column enabled_time bigint not null default 0;
