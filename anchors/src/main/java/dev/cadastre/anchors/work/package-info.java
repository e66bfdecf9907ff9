/** Work that takes long, done in the background by a few threads. */
@NullMarked
package dev.cadastre.anchors.work;

import org.jspecify.annotations.NullMarked;
