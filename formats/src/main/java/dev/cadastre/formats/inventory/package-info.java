/** What an operator declares once of keys, stores, services and hosts, and holding events to it. */
@NullMarked
package dev.cadastre.formats.inventory;

import org.jspecify.annotations.NullMarked;
