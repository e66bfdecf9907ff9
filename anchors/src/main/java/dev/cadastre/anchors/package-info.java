/** Signing keys of a cell, the daily anchor, and the statements that anchors bound. */
@NullMarked
package dev.cadastre.anchors;

import org.jspecify.annotations.NullMarked;
