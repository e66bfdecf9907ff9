/**
 * The pages: each reads from the ledger what it shows, in plain words, and renders one template.
 */
@NullMarked
package dev.cadastre.portal.web.page;

import org.jspecify.annotations.NullMarked;
