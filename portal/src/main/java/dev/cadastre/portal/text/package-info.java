/** How pages print texts that somebody else wrote. */
@NullMarked
package dev.cadastre.portal.text;

import org.jspecify.annotations.NullMarked;
