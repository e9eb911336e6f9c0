package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** An error in a packet, outermost first; old servers nest them. */
public final class ExceptionPacket {
  private static final int NESTED_MAX = 100;
  private static final String PREFIX = "DB::Exception: ";

  private ExceptionPacket() {}

  public static void write(Failure failure, ByteWriter out) {
    out.writeInt(failure.code());
    out.writeString("DB::Exception");
    out.writeString(failure.nativeMessage());
    out.writeString("");
    out.writeByte(0);
  }

  public static Failure read(ByteReader in) {
    List<String> messages = new ArrayList<>();
    int code = 0;
    boolean more = true;
    while (more && messages.size() < NESTED_MAX) {
      int c = in.readInt();
      code = messages.isEmpty() ? c : code;
      in.readText(Limits.NAME_BYTES);
      String message = in.readText(Limits.TEXT_BYTES);
      messages.add(message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message);
      in.readText(Limits.TEXT_BYTES);
      more = in.readByte() != 0;
    }
    return new Failure(code, ErrorCode.of(code).name(), String.join(": ", messages));
  }
}
