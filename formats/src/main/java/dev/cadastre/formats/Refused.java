package dev.cadastre.formats;

/**
 * Input that does not hold: malformed, not canonical, or not proven. The message says what was
 * expected and what was found, and is fit to be shown to the person who supplied the input.
 *
 * <p>Bad input is expected, so this exception is checked; a broken call is a bug and fails with an
 * unchecked one.
 */
public class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  public Refused(String message) {
    super(message);
    this.message = message;
  }

  public Refused(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  /** Never null, unlike that of other exceptions. */
  @Override
  public String getMessage() {
    return message;
  }
}
