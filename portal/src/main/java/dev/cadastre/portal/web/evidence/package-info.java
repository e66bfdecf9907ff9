/** What the portal works with, and the evidence packs that it builds in the background. */
@NullMarked
package dev.cadastre.portal.web.evidence;

import org.jspecify.annotations.NullMarked;
