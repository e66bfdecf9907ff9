/** The cell's keys and its daily anchor. */
@NullMarked
package dev.cadastre.anchors;

import org.jspecify.annotations.NullMarked;
