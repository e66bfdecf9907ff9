/** Real clients and raw bytes against real servers over a real ledger. */
@NullMarked
package dev.cadastre.ingest;

import org.jspecify.annotations.NullMarked;
