/** How the process writes its log. */
@NullMarked
package dev.cadastre.server.logging;

import org.jspecify.annotations.NullMarked;
