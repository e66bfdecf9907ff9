/** Strict JSON in, canonical JSON (RFC 8785) out. */
@NullMarked
package dev.cadastre.proof.json;

import org.jspecify.annotations.NullMarked;
