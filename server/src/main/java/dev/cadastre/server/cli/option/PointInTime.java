package dev.cadastre.server.cli.option;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a day, which begins at midnight UTC, or a time with its offset. */
public final class PointInTime implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String value) {
    try {
      return value.contains("T")
          ? OffsetDateTime.parse(value).toInstant()
          : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException malformed) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is neither a day such as 2026-03-01 nor a time such as"
              + " 2026-03-01T12:00:00Z");
    }
  }
}
