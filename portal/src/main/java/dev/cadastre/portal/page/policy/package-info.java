/** The contract in force and those before it. */
@NullMarked
package dev.cadastre.portal.page.policy;

import org.jspecify.annotations.NullMarked;
