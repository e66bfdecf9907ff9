/**
 * What every format rests on: hashes, encodings, refusals. The formats themselves are what a client
 * library can carry: nothing here needs more than the JDK and a JSON parser.
 */
@NullMarked
package dev.cadastre.formats;

import org.jspecify.annotations.NullMarked;
