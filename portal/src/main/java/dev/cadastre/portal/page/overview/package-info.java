/** How things stand, in one page. */
@NullMarked
package dev.cadastre.portal.page.overview;

import org.jspecify.annotations.NullMarked;
