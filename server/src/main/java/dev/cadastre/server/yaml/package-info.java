/**
 * Reads YAML that strangers write: one document, no aliases, no tags, bounded in size and depth.
 */
@NullMarked
package dev.cadastre.server.yaml;

import org.jspecify.annotations.NullMarked;
