/** Which country a region lies in, and which jurisdictions a country belongs to. */
@NullMarked
package dev.cadastre.formats.registry;

import org.jspecify.annotations.NullMarked;
