/** What pages have in common: words, links, lines of tables, drawings. */
@NullMarked
package dev.cadastre.portal.page;

import org.jspecify.annotations.NullMarked;
