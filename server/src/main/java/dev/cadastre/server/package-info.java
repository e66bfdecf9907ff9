/** The composition root: one cell, its servers and its command line. */
@NullMarked
package dev.cadastre.server;

import org.jspecify.annotations.NullMarked;
