/**
 * Checks the signatures that senders put on audit records against keys that the operator trusts.
 */
@NullMarked
package dev.cadastre.ingest.integrity;

import org.jspecify.annotations.NullMarked;
