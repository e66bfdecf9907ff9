package dev.cadastre.formats.value;

import java.util.Arrays;

/**
 * Walks the members of one JSON object in RFC 8785 form without building anything: where each name
 * and each value begins and ends.
 *
 * <p>Bytes that are no such object lead to an {@link IndexOutOfBoundsException} or to nonsense,
 * never to an endless walk.
 */
public final class MemberScanner {
  private final byte[] json;
  private int at;
  private int nameFrom;
  private int nameTo;
  private int valueFrom;

  /**
   * @param from where the object begins
   */
  public MemberScanner(byte[] json, int from) {
    this.json = json;
    this.at = from + 1;
  }

  /** Moves to the next member; false after the last. */
  public boolean next() {
    if (json[at] == '}') {
      return false;
    }
    if (json[at] == ',') {
      at++;
    }
    nameFrom = at + 1;
    at = endOfString(at);
    nameTo = at - 1;
    at++;
    valueFrom = at;
    at = endOfValue(at);
    return true;
  }

  /** Whether the member is called so; names of ours are never escaped. */
  public boolean named(byte[] name) {
    return nameTo - nameFrom == name.length
        && Arrays.equals(json, nameFrom, nameTo, name, 0, name.length);
  }

  /** Where the name begins, after its quotation mark. */
  public int nameFrom() {
    return nameFrom;
  }

  /** Where the name ends, before its quotation mark. */
  public int nameTo() {
    return nameTo;
  }

  /** Where the object ends, once {@link #next()} has returned false. */
  public int end() {
    return at + 1;
  }

  /** Whether the name begins so. */
  public boolean nameBegins(byte[] prefix) {
    int end = nameFrom + prefix.length;
    return end <= nameTo && Arrays.equals(json, nameFrom, end, prefix, 0, prefix.length);
  }

  /** Where the value begins: the first of its bytes, a string's quotation mark. */
  public int valueFrom() {
    return valueFrom;
  }

  /** Where the value ends: after the last of its bytes. */
  public int valueTo() {
    return at;
  }

  /** Whether name and value are the same bytes. */
  public boolean same(MemberScanner other) {
    return Arrays.equals(json, nameFrom, at, other.json, other.nameFrom, other.at);
  }

  private int endOfValue(int from) {
    return switch (json[from]) {
      case '"' -> endOfString(from);
      case '{', '[' -> endOfNested(from);
      default -> endOfScalar(from);
    };
  }

  private int endOfString(int from) {
    int i = from + 1;
    while (json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private int endOfNested(int from) {
    int depth = 1;
    int i = from + 1;
    while (depth > 0) {
      switch (json[i]) {
        case '"' -> i = endOfString(i);
        case '{', '[' -> {
          depth++;
          i++;
        }
        case '}', ']' -> {
          depth--;
          i++;
        }
        default -> i++;
      }
    }
    return i;
  }

  private int endOfScalar(int from) {
    int i = from;
    while (json[i] != ',' && json[i] != '}' && json[i] != ']') {
      i++;
    }
    return i;
  }
}
