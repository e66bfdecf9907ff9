package dev.cadastre.demo;

/**
 * Who did it: a workload, whose name stands in the log, or a person, whose name does not.
 *
 * @param country from where a person works; empty for a workload
 */
record Actor(String id, String type, String country) {

  static Actor workload(String tenant, String name) {
    return new Actor("spiffe://" + tenant + ".example/ns/prod/sa/" + name, "service", "");
  }

  static Actor person(String email, String country) {
    return new Actor(email, "user", country);
  }
}
