/** The JSON and C2SP answers: the same data as the pages, for programs. */
@NullMarked
package dev.cadastre.portal.api;

import org.jspecify.annotations.NullMarked;
