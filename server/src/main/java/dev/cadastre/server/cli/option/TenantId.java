package dev.cadastre.server.cli.option;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the id of a tenant, which is also the name of its log. */
public final class TenantId implements ITypeConverter<LogName> {
  @Override
  public LogName convert(String value) {
    try {
      LogName name = LogName.parse(value);
      if (!name.reserved()) {
        return name;
      }
    } catch (Refused malformed) {
      throw new TypeConversionException(
          "a tenant's id is 1 to 63 lower-case letters, digits and hyphens; '"
              + value
              + "' is not");
    }
    throw new TypeConversionException(
        "'" + value + "' is a name that the cell uses itself; choose another");
  }
}
