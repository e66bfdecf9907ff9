/** What pages and API stand on. */
@NullMarked
package dev.cadastre.portal.services;

import org.jspecify.annotations.NullMarked;
