/** A record becomes a draft of an entry: routed, mapped, located, judged, encoded. */
@NullMarked
package dev.cadastre.ingest.record;

import org.jspecify.annotations.NullMarked;
