/**
 * The trust portal's web server: the table of all routes with their permissions, and what starts
 * it.
 */
@NullMarked
package dev.cadastre.portal;

import org.jspecify.annotations.NullMarked;
