/**
 * What every page and API answer shares: the route, who may take it, the call, refusals and
 * headers.
 */
@NullMarked
package dev.cadastre.portal.http;

import org.jspecify.annotations.NullMarked;
