/** What was agreed of places, keys and operators, as policies say it. */
@NullMarked
package dev.cadastre.formats.policy;

import org.jspecify.annotations.NullMarked;
