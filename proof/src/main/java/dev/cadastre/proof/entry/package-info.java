/** The frame of a log entry and the chain that entries form. */
@NullMarked
package dev.cadastre.proof.entry;

import org.jspecify.annotations.NullMarked;
