/** What all audit formats of other systems are read with, and told in. */
@NullMarked
package dev.cadastre.ingest.foreign.format;

import org.jspecify.annotations.NullMarked;
