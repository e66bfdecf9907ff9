package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One moment of a customer's story.
 *
 * @param ago how long before the day on which the demo began it happened
 * @param act what; it is sent after everything that happened before it has arrived
 * @param tells what it means, for people; may be empty
 * @param ordinary whether what is ordinary stops then, or goes on; empty if it stays as it is
 */
record Scene(Duration ago, Act act, String tells, Optional<Boolean> ordinary) {
  private static final Pattern MOMENT =
      Pattern.compile("([1-9][0-9]{0,3})d ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])");

  /** Reads {@code 4d 10:00:09}: four days ago, at that time of that day in UTC. */
  static Duration ago(String at) throws Refused {
    Matcher moment = MOMENT.matcher(at);
    if (!moment.matches()) {
      throw new Refused("expected a moment such as \"4d 10:00:09\", found \"" + at + '"');
    }
    return Duration.ofDays(Long.parseLong(moment.group(1)))
        .minusHours(Long.parseLong(moment.group(2)))
        .minusMinutes(Long.parseLong(moment.group(3)))
        .minusSeconds(Long.parseLong(moment.group(4)));
  }
}
