/** Where an event was and whether that kept to a policy: locator and judge. */
@NullMarked
package dev.cadastre.formats.residency;

import org.jspecify.annotations.NullMarked;
