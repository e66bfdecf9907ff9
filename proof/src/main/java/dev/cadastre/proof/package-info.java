/** Every format and every check of Cadastre, with no database, web or clock of its own. */
@NullMarked
package dev.cadastre.proof;

import org.jspecify.annotations.NullMarked;
