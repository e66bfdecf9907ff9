-- What of each log is indexed, so that an index of another log, or of one that was longer, is told apart: the leaf hash of entry
-- position - 1, which commits to every entry before it. Null at position 0.
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

alter table indexed_log add column last_leaf blob check (last_leaf is null or length(last_leaf) = 32);
