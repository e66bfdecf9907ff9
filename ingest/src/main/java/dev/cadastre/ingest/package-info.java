/** The way in: OTLP bytes to entries, answered only after they are on disk. */
@NullMarked
package dev.cadastre.ingest;

import org.jspecify.annotations.NullMarked;
