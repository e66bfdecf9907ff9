/** Logs of identity providers. */
@NullMarked
package dev.cadastre.ingest.foreign.identity;

import org.jspecify.annotations.NullMarked;
