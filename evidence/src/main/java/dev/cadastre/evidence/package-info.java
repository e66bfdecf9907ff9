/** Work that takes long, done in the background by a few threads. */
@NullMarked
package dev.cadastre.evidence;

import org.jspecify.annotations.NullMarked;
