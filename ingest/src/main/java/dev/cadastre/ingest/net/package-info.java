/** What both HTTP servers of a cell, that for senders and that for people, ask of connections. */
@NullMarked
package dev.cadastre.ingest.net;

import org.jspecify.annotations.NullMarked;
