/**
 * Evidence of where a sender runs: what clouds' metadata services sign, and SPIFFE ids. All of it
 * is appraised offline, against what the operator put into a directory.
 */
@NullMarked
package dev.cadastre.ingest.location;

import org.jspecify.annotations.NullMarked;
