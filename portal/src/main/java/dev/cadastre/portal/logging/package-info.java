/** How the process writes its log. */
@NullMarked
package dev.cadastre.portal.logging;

import org.jspecify.annotations.NullMarked;
