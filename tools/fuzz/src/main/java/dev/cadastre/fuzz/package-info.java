/** Runs Jazzer over decoders: what a target is, and a JVM for each. */
@NullMarked
package dev.cadastre.fuzz;

import org.jspecify.annotations.NullMarked;
