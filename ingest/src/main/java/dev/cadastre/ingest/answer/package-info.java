/** The bodies of answers. */
@NullMarked
package dev.cadastre.ingest.answer;

import org.jspecify.annotations.NullMarked;
