/**
 * Patterns by which persons can be recognised in texts of any kind: addresses, and numbers of
 * phones, cards, accounts and identity papers. In one pass, in time that grows with the text alone.
 */
@NullMarked
package dev.cadastre.ingest.persons;

import org.jspecify.annotations.NullMarked;
