/** Audit records from files, into a running cell or straight into its ledger. */
@NullMarked
package dev.cadastre.ingest.imports;

import org.jspecify.annotations.NullMarked;
