/**
 * What may be destroyed: the disclosures behind an entry's digests, encrypted with a key for each
 * log.
 */
@NullMarked
package dev.cadastre.ledger.vault;

import org.jspecify.annotations.NullMarked;
