package dev.cadastre.formats.event;

/** What an entry says. {@link EventCodec} gives each event exactly one wire form. */
public sealed interface Event permits Birth, PolicyAdoption, AnchorEvent, RecordEvent {

  /** The member that tells the forms apart. */
  String kindWire();
}
