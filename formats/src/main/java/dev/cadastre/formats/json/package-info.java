/** Strict JSON in, canonical JSON (RFC 8785) out. */
@NullMarked
package dev.cadastre.formats.json;

import org.jspecify.annotations.NullMarked;
