package dev.cadastre.ingest.gate;

import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import java.util.Optional;

/** The {@code Authorization} header of RFC 6750. */
final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /**
   * The token.
   *
   * @throws Rejected if the header is missing or of another scheme
   */
  static String token(Optional<String> authorization) throws Rejected {
    String header =
        authorization.orElseThrow(
            () -> unauthenticated("no credentials; send \"Authorization: Bearer TOKEN\""));
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthenticated("the Authorization header is not of the form \"Bearer TOKEN\"");
    }
    return header.substring(SCHEME.length()).strip();
  }

  private static Rejected unauthenticated(String why) {
    return Rejected.of(Refusal.Reason.UNAUTHENTICATED, why);
  }
}
