package dev.cadastre.ingest.foreign;

/** Attributes that foreign records have and senders of our own vocabulary do not need. */
final class Attribute {
  /** The role, group or job in which somebody acted. */
  static final String ACTOR_ROLE = "ledger.actor.role";

  /** The service that acted for somebody. */
  static final String ACTOR_VIA = "ledger.actor.via";

  /** Digest of the enclave image that alone could read the result. */
  static final String KEY_RECIPIENT = "ledger.key.recipient.image";

  /** The revision of the policy that decided. */
  static final String POLICY_REVISION = "ledger.policy.revision";

  private Attribute() {}
}
