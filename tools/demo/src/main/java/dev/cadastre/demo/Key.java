package dev.cadastre.demo;

/**
 * A master key.
 *
 * @param id the key store's own name for it
 * @param place where the key store is, as its users say
 * @param custody in whose hands it is
 */
record Key(String id, String place, String custody) {
  /** Who keeps the key store. */
  String provider() {
    return place.substring(0, place.indexOf(':'));
  }
}
