/**
 * One thread a process that links, hashes and commits what everyone appends, for all logs at once.
 */
@NullMarked
package dev.cadastre.ledger.sequencer;

import org.jspecify.annotations.NullMarked;
