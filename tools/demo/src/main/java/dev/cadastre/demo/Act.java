package dev.cadastre.demo;

import java.util.List;

/**
 * What belongs together: one event, or several that tell of one call, such as the vendor's and the
 * customer's own.
 */
record Act(List<EventTemplate> events) {
  Act {
    events = List.copyOf(events);
  }
}
