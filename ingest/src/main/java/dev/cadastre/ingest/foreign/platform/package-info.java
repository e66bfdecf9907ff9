/** Audit records of what runs on any cloud: Kubernetes, Vault, Open Policy Agent, Falco, OCSF. */
@NullMarked
package dev.cadastre.ingest.foreign.platform;

import org.jspecify.annotations.NullMarked;
