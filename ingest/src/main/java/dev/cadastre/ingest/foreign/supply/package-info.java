/** What builds, scans and pipelines say: provenance, findings, lineage. */
@NullMarked
package dev.cadastre.ingest.foreign.supply;

import org.jspecify.annotations.NullMarked;
