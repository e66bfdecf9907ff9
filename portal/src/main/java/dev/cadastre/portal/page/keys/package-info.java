/** Keys and the life of each. */
@NullMarked
package dev.cadastre.portal.page.keys;

import org.jspecify.annotations.NullMarked;
