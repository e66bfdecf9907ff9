/** Pages for everyone: the front page, signing in, the status, the anchors. */
@NullMarked
package dev.cadastre.portal.page.home;

import org.jspecify.annotations.NullMarked;
