package dev.cadastre.formats.event;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.MemberScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What can be told of records from their canonical bytes alone, without decoding them: whether one
 * is another sent again, and which id one carries.
 */
public final class RecordBytes {
  private static final byte[] ID = ascii("id");
  private static final byte[] SENDER = ascii("sender");
  private static final byte[] OF_CUSTOMER = ascii('"' + Side.COUNTERPART);

  /** Before the ids that the customer's side gave: no UTF-8 has it. */
  private static final byte CUSTOMERS = (byte) 0xff;

  /** What the server says of a record: it may differ between two sends of the same one. */
  private static final List<byte[]> SERVERS =
      List.of(
          ascii("custody"),
          ascii("integrity"),
          ascii("locations"),
          ascii("person"),
          ascii("sender"),
          ascii("verdict"));

  private RecordBytes() {}

  /**
   * Whether two events say the same: every member is equal but {@code custody}, {@code integrity},
   * {@code locations}, {@code person}, {@code sender} and {@code verdict}, which the server writes
   * and may write otherwise after a policy was adopted or a credential or trusted key changed. What
   * a location was made out from stands in the attributes.
   *
   * @param event an event in RFC 8785 form
   * @param other another one
   * @throws Refused if one of them is no JSON object
   */
  public static boolean samePayload(byte[] event, byte[] other) throws Refused {
    if (Arrays.equals(event, other)) {
      return true;
    }
    try {
      MemberScanner left = new MemberScanner(event, 0);
      MemberScanner right = new MemberScanner(other, 0);
      while (true) {
        boolean more = nextOfSender(left);
        if (more != nextOfSender(right) || more && !left.same(right)) {
          return false;
        }
        if (!more) {
          return true;
        }
      }
    } catch (IndexOutOfBoundsException cut) {
      throw new Refused("expected two events, found bytes that end inside", cut);
    }
  }

  private static boolean nextOfSender(MemberScanner members) {
    while (members.next()) {
      if (SERVERS.stream().noneMatch(members::named)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The id of the record in UTF-8; empty if it has none.
   *
   * @param bytes an event in RFC 8785 form, or something that holds one
   * @param from where the event begins
   * @throws Refused if there is no JSON object
   */
  public static Optional<byte[]> id(byte[] bytes, int from) throws Refused {
    try {
      MemberScanner members = new MemberScanner(bytes, from);
      while (members.next()) {
        if (members.named(ID)) {
          return Optional.of(text(bytes, members.valueFrom(), members.valueTo()));
        }
      }
      return Optional.empty();
    } catch (IndexOutOfBoundsException cut) {
      throw new Refused("expected an event, found bytes that end inside", cut);
    }
  }

  /**
   * Whose id a record carries, and which: the vendor's and the customer's side call different
   * records by the same id, and neither can take an id from the other. Empty if it has none.
   *
   * @see #identity(Side, byte[])
   */
  public static Optional<byte[]> identity(byte[] bytes, int from) throws Refused {
    Optional<byte[]> id = id(bytes, from);
    return id.isPresent() ? Optional.of(identity(side(bytes, from), id.get())) : id;
  }

  /** A record id of one side, as bytes that are no other side's. */
  public static byte[] identity(Side side, byte[] id) {
    if (side != Side.CUSTOMER) {
      return id;
    }
    byte[] marked = new byte[id.length + 1];
    marked[0] = CUSTOMERS;
    System.arraycopy(id, 0, marked, 1, id.length);
    return marked;
  }

  private static Side side(byte[] bytes, int from) {
    MemberScanner members = new MemberScanner(bytes, from);
    while (members.next()) {
      if (members.named(SENDER)) {
        int start = members.valueFrom();
        int end = Math.min(members.valueTo(), start + OF_CUSTOMER.length);
        return Arrays.equals(bytes, start, end, OF_CUSTOMER, 0, OF_CUSTOMER.length)
            ? Side.CUSTOMER
            : Side.VENDOR;
      }
    }
    return Side.VENDOR;
  }

  /** A JSON string's UTF-8 bytes. */
  private static byte[] text(byte[] json, int from, int to) throws Refused {
    byte[] literal = Arrays.copyOfRange(json, from, to);
    for (byte one : literal) {
      if (one == '\\') {
        return Json.parse(literal) instanceof Json.Str string
            ? string.value().getBytes(StandardCharsets.UTF_8)
            : new byte[0];
      }
    }
    return literal.length < 2 ? new byte[0] : Arrays.copyOfRange(literal, 1, literal.length - 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
