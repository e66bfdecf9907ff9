/** TLS for a cell's servers, and who shows a certificate to them. */
@NullMarked
package dev.cadastre.ingest.tls;

import org.jspecify.annotations.NullMarked;
