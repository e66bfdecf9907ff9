/** Audit logs of Google Cloud. */
@NullMarked
package dev.cadastre.ingest.foreign.gcp;

import org.jspecify.annotations.NullMarked;
