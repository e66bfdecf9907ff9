/** Attributes and their values, and which of them are content or private. */
@NullMarked
package dev.cadastre.formats.value;

import org.jspecify.annotations.NullMarked;
