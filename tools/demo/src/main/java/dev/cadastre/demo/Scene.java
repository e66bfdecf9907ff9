package dev.cadastre.demo;

import java.time.Duration;

/**
 * One moment of a tenant's story.
 *
 * @param ago how long before the demo began it happened
 * @param happening what; it is sent after everything that happened before it has arrived
 */
record Scene(Duration ago, Happening happening) {
  static Scene daysAgo(int days, int hours, int minutes, int seconds, Happening happening) {
    Duration clock = Duration.ofHours(hours).plusMinutes(minutes).plusSeconds(seconds);
    return new Scene(Duration.ofDays(days).minus(clock), happening);
  }
}
