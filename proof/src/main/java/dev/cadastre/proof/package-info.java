/** Formats and checks of tamper evidence, pure: no database, no network, no clock of its own. */
@NullMarked
package dev.cadastre.proof;

import org.jspecify.annotations.NullMarked;
