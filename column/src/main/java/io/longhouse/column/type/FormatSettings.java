package io.longhouse.column.type;

/** How values and formats are read and written; each field is the setting of the same name. */
public final class FormatSettings {
  /** All settings at their defaults. */
  public static final FormatSettings DEFAULT = new FormatSettings();
}
