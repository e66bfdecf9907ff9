package dev.cadastre.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes well-formed JSON of any bytes, and leaves well-formed JSON as it is but for white space and
 * names that come twice. A fuzzer changes bytes, and hardly ever two of them in a way that leaves
 * brackets and quotation marks in pairs; mended, most of its inputs get past the parser to the code
 * behind it.
 */
final class JsonMender {
  private static final int DEPTH_MAX = 60;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern UNICODE = Pattern.compile("[0-9a-cA-CefEF][0-9a-fA-F]{3}");

  private final String in;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private JsonMender(String in) {
    this.in = in;
  }

  static byte[] mend(byte[] bytes) {
    JsonMender mender = new JsonMender(new String(bytes, StandardCharsets.UTF_8));
    mender.value(0);
    return mender.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private boolean ended() {
    return at >= in.length();
  }

  /** Moves to the next char that is one of {@code wanted}; false if there is none. */
  private boolean seek(String wanted) {
    while (!ended() && wanted.indexOf(in.charAt(at)) < 0) {
      at++;
    }
    return !ended();
  }

  private void value(int depth) {
    if (depth > DEPTH_MAX || !seek("{[\"-0123456789tfn")) {
      at++; // so that whatever is nested too deep is gone through once
      out.append("null");
      return;
    }
    char c = in.charAt(at);
    switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void word(String word) {
    at += in.startsWith(word, at) ? word.length() : 1;
    out.append(word);
  }

  private void number() {
    int from = at;
    while (!ended() && "+-.eE0123456789".indexOf(in.charAt(at)) >= 0) {
      at++;
    }
    String text = in.substring(from, at);
    out.append(NUMBER.matcher(text).matches() ? text : "0");
  }

  private void string() {
    at++;
    out.append('"');
    while (!ended() && in.charAt(at) != '"') {
      char c = in.charAt(at++);
      if (c == '\\') {
        escape();
      } else {
        out.append(c < ' ' ? ' ' : c);
      }
    }
    at++;
    out.append('"');
  }

  /** Surrogates as escapes are left out: half of a pair is no text. */
  private void escape() {
    if (!ended() && "\"\\/bfnrt".indexOf(in.charAt(at)) >= 0) {
      out.append('\\').append(in.charAt(at++));
    } else if (at + 5 <= in.length()
        && in.charAt(at) == 'u'
        && UNICODE.matcher(in.substring(at + 1, at + 5)).matches()) {
      out.append('\\').append(in, at, at + 5);
      at += 5;
    }
  }

  private void array(int depth) {
    at++;
    out.append('[');
    boolean first = true;
    while (seek("{[\"-0123456789tfn]}") && "]}".indexOf(in.charAt(at)) < 0) {
      out.append(first ? "" : ",");
      first = false;
      value(depth + 1);
    }
    at++;
    out.append(']');
  }

  private void object(int depth) {
    at++;
    out.append('{');
    Set<String> names = new HashSet<>();
    while (seek("\"]}") && in.charAt(at) == '"') {
      int start = out.length();
      out.append(names.isEmpty() ? "" : ",");
      int name = out.length();
      string();
      boolean fresh = names.add(out.substring(name));
      out.append(':');
      if (!ended() && seek(":{[\"]}") && in.charAt(at) == ':') {
        at++;
      }
      value(depth + 1);
      if (!fresh) {
        out.setLength(start);
      }
    }
    at++;
    out.append('}');
  }
}
