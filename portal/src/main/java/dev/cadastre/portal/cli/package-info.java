/**
 * The command line: each command is one class that parses its words, does one thing and says how it
 * went.
 */
@NullMarked
package dev.cadastre.portal.cli;

import org.jspecify.annotations.NullMarked;
