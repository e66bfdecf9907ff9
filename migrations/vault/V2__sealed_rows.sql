-- A token's or session's digest is 16 bytes that only who has its secret can name, and 16 bytes over all that the row says for good
-- (class SealedRows), both under a key that is not in any database: a row that SQL inserted or changed opens nothing. Rows from
-- before have neither.
delete from session;
delete from token;
