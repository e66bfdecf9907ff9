package dev.cadastre.ledger.log;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHead;

/**
 * A log that does not go on from what was signed of it, as after an older copy of the store was put
 * in place.
 *
 * @param signed what was signed of it last
 * @param size number of entries that it has; 0 if it is not there at all
 * @param root Merkle tree hash of them
 */
public record TakenBack(LogName log, SignedHead signed, long size, Hash root) {}
