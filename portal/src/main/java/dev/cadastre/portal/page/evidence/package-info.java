/** Attestations and evidence packs. */
@NullMarked
package dev.cadastre.portal.page.evidence;

import org.jspecify.annotations.NullMarked;
