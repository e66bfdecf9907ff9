/** Commands for tenants, tokens, keys and policies. */
@NullMarked
package dev.cadastre.server.cli.admin;

import org.jspecify.annotations.NullMarked;
