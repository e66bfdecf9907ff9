/** Resource logs of Azure Key Vault. */
@NullMarked
package dev.cadastre.ingest.foreign.azure;

import org.jspecify.annotations.NullMarked;
