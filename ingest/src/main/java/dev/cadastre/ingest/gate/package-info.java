/** Who may send, how much at once and how much in a time. */
@NullMarked
package dev.cadastre.ingest.gate;

import org.jspecify.annotations.NullMarked;
