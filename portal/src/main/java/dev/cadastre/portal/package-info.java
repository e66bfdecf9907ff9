/** The composition root: one cell, its servers and its command line. */
@NullMarked
package dev.cadastre.portal;

import org.jspecify.annotations.NullMarked;
