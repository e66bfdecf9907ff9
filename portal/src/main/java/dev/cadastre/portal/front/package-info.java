/**
 * What stands between connections and routes: a request's body is read before a thread is given to
 * it, threads are bounded, and health has threads of its own.
 */
@NullMarked
package dev.cadastre.portal.front;

import org.jspecify.annotations.NullMarked;
