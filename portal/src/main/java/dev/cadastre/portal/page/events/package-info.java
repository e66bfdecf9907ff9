/** The list of events, and one entry with its proof. */
@NullMarked
package dev.cadastre.portal.page.events;

import org.jspecify.annotations.NullMarked;
