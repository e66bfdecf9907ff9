package dev.cadastre.ingest.integrity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Issues X.509 v3 certificates (RFC 5280), signed with P-256. */
final class TestCertificate {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int UTF8 = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final byte[] COMMON_NAME = {0x06, 3, 0x55, 4, 3};
  private static final byte[] BASIC_CONSTRAINTS = {0x06, 3, 0x55, 0x1d, 19};
  private static final byte[] TRUE = {0x01, 1, (byte) 0xff};
  private static final byte[] ECDSA_SHA256 = {
    SEQUENCE, 10, 0x06, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
  };
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TestCertificate() {}

  /** A certificate in DER. */
  static byte[] issue(
      String subject, PublicKey key, String issuer, KeyPair by, Instant from, Instant to)
      throws GeneralSecurityException {
    boolean authority = subject.equals(issuer);
    byte[] basic = tlv(SEQUENCE, authority ? TRUE : new byte[0]);
    byte[] extension = tlv(SEQUENCE, BASIC_CONSTRAINTS, TRUE, tlv(OCTET_STRING, basic));
    byte[] body =
        tlv(
            SEQUENCE,
            tlv(0xa0, tlv(INTEGER, new byte[] {2})),
            tlv(INTEGER, new byte[] {7}),
            ECDSA_SHA256,
            name(issuer),
            tlv(SEQUENCE, time(from), time(to)),
            name(subject),
            key.getEncoded(),
            tlv(0xa3, tlv(SEQUENCE, extension)));
    byte[] signature = TestSigner.sign("SHA256withECDSA", by.getPrivate(), body);
    return tlv(SEQUENCE, body, ECDSA_SHA256, tlv(BIT_STRING, new byte[1], signature));
  }

  private static byte[] name(String common) {
    byte[] text = tlv(UTF8, common.getBytes(StandardCharsets.UTF_8));
    return tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, COMMON_NAME, text)));
  }

  private static byte[] time(Instant time) {
    return tlv(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] tlv(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.size() > 0xff) {
      out.write(0x82);
      out.write(content.size() >> 8);
    } else if (content.size() > 0x7f) {
      out.write(0x81);
    }
    out.write(content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
