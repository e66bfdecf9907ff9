/** What commands have in common: options, arguments, exit codes, words for mistakes. */
@NullMarked
package dev.cadastre.server.cli.option;

import org.jspecify.annotations.NullMarked;
