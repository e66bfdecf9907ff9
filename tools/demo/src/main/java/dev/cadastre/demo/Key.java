package dev.cadastre.demo;

/**
 * A master key.
 *
 * @param id the key store's own name for it
 * @param provider who keeps the key store
 * @param region where the key store is, as its users say
 * @param custody in whose hands it is
 */
record Key(String id, String provider, String region, String custody) {

  /** A customer's own key in AWS KMS. */
  static Key aws(String region, String account, String uuid) {
    String arn = "arn:aws:kms:" + region + ":" + account + ":key/" + uuid;
    return new Key(arn, "aws", region, "customer-managed");
  }

  /** A customer's own key in Google Cloud KMS. */
  static Key gcp(String project, String region, String ring, String name) {
    String id =
        "projects/"
            + project
            + "/locations/"
            + region
            + "/keyRings/"
            + ring
            + "/cryptoKeys/"
            + name;
    return new Key(id, "gcp", region, "customer-managed");
  }

  /** A key in a customer's own HSM. */
  static Key hsm(String site, String token, String label) {
    String id = "pkcs11:token=" + token + ";object=" + label + ";type=secret-key";
    return new Key(id, "onprem", "onprem:" + site, "customer-held");
  }
}
