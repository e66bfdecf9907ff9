/** The command line. */
@NullMarked
package dev.cadastre.server.cli;

import org.jspecify.annotations.NullMarked;
