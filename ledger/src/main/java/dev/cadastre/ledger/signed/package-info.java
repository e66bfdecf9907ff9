/**
 * What a cell signed last of each log, kept apart from the logs: a database that was put back from
 * an older copy, or written anew, cannot make the cell contradict itself.
 */
@NullMarked
package dev.cadastre.ledger.signed;

import org.jspecify.annotations.NullMarked;
