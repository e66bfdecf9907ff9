/** Logs of Azure: Key Vault, activities, and sign-ins of Entra. */
@NullMarked
package dev.cadastre.ingest.foreign.azure;

import org.jspecify.annotations.NullMarked;
