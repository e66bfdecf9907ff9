/** One log entry: its frame and its bytes. */
@NullMarked
package dev.cadastre.formats.entry;

import org.jspecify.annotations.NullMarked;
