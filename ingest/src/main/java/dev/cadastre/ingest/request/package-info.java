/** What every station of a request knows: who sends, which signal, what is refused and why. */
@NullMarked
package dev.cadastre.ingest.request;

import org.jspecify.annotations.NullMarked;
