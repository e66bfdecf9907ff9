/** How texts that somebody else wrote are put where people or their programs read them. */
@NullMarked
package dev.cadastre.formats.text;

import org.jspecify.annotations.NullMarked;
