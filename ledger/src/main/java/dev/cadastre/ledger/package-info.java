/** The log of one cell: sequencer, store, receipts and checkpoints. */
@NullMarked
package dev.cadastre.ledger;

import org.jspecify.annotations.NullMarked;
