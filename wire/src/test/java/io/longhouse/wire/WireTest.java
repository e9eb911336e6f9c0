package io.longhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.type.DataTypes;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Header HEADER =
      new Header(
          List.of(
              new Header.Field("n", DataTypes.parse("UInt64")),
              new Header.Field("s", DataTypes.parse("String"))));
  private static final Block BLOCK =
      new Block(
          List.of(
              new Int64Column(new long[] {1, 2}, 2),
              new StringColumn(new int[] {0, 1, 3}, new byte[] {'a', 'b', 'c'}, 2)),
          2);

  @Test
  void anEmptyBlockHasTheBytesThatClickHouseSends() {
    var out = new ByteWriter(32);
    BlockForm.writeEnd(54488, out);
    assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo("010002ffffffff0300000000");
    out.reset();
    BlockForm.writeEnd(54412, out);
    assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo("010002ffffffff000000");
  }

  @Test
  void whatIsWrittenAtARevisionIsReadAtIt() {
    QueryOrigin origin =
        new QueryOrigin(
            QueryOrigin.SECONDARY,
            new QueryOrigin.Initial("ann", "id", "127.0.0.1:9", 5),
            QueryOrigin.ours("os", "host", "name"),
            "quota",
            2,
            List.of("role"));
    var progress = new ProgressPacket(1, 2, 3, 4, 5, 6, 7);
    var profile = new ProfilePacket(1, 2, 3, true, 4);
    var hello =
        new ServerHello("N", 26, 7, 2, Revision.OURS, "UTC", "display", "chunked", "notchunked", 7);
    for (int r = Revision.OLDEST; r <= Revision.OURS; r++) {
      var out = new ByteWriter(256);
      origin.write(r, out);
      progress.write(r, out);
      profile.write(r, out);
      BlockForm.write(HEADER, BLOCK, r, out);
      ExceptionPacket.write(new Failure(60, "UNKNOWN_TABLE", "no table"), out);
      var in = new ByteReader(out.toByteArray());
      assertThat(QueryOrigin.read(r, in).program())
          .isInstanceOfSatisfying(
              QueryOrigin.Tcp.class, t -> assertThat(t.name()).isEqualTo("name"));
      assertThat(ProgressPacket.read(r, in).rows()).isEqualTo(1);
      assertThat(ProfilePacket.read(r, in)).isEqualTo(profile);
      NamedBlock block = BlockForm.read(r, in);
      assertThat(block.header()).isEqualTo(HEADER);
      assertThat(((StringColumn) block.block().column(1)).get(1)).isEqualTo(new byte[] {'b', 'c'});
      assertThat(ExceptionPacket.read(in)).isEqualTo(new Failure(60, "UNKNOWN_TABLE", "no table"));
      assertThat(in.atEnd()).as("revision %d", r).isTrue();
    }
    var out = new ByteWriter(256);
    hello.write(Revision.OURS, out);
    var in = new ByteReader(out.toByteArray());
    in.readVarUInt();
    assertThat(ServerHello.read(in)).isEqualTo(hello);
    assertThat(in.atEnd()).isTrue();
  }

  @Test
  void chunksAndFramesCarryPackets() {
    for (boolean chunked : List.of(false, true)) {
      for (String codec : List.of("", "LZ4", "ZSTD(1)")) {
        var bytes = new ByteArrayOutputStream();
        var out = new WireOutput(bytes);
        out.plain().writeString("before");
        if (chunked) {
          out.chunked();
        }
        out.codec(codec.isEmpty() ? null : Codecs.parse(codec));
        for (int i = 0; i < 3; i++) {
          out.plain().writeVarUInt(i);
          out.block(HEADER, BLOCK, Revision.OURS);
          out.endPacket();
        }
        out.plain().writeString("end");
        out.endPacket();
        out.flush();
        var in = new WireInput(new ByteArrayInputStream(bytes.toByteArray()), "test");
        assertThat(in.plain().readText(100)).isEqualTo("before");
        if (chunked) {
          in.chunked();
        }
        for (int i = 0; i < 3; i++) {
          assertThat(in.plain().readVarUInt()).isEqualTo(i);
          assertThat(in.block(Revision.OURS, !codec.isEmpty()).block().rows()).isEqualTo(2);
        }
        assertThat(in.plain().readText(100)).isEqualTo("end");
      }
    }
  }

  @Test
  void settingsHaveTwoForms() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("max_threads", "3");
    settings.put("extremes", "1");
    settings.put("distributed_product_mode", "allow");
    var out = new ByteWriter(64);
    SettingsForm.writeOld(settings, out);
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo(
            "0b6d61785f7468726561647303"
                + "0865787472656d657301"
                + "1864697374726962757465645f70726f647563745f6d6f646505616c6c6f77"
                + "00");
    assertThat(SettingsForm.readOld(new ByteReader(out.toByteArray()))).isEqualTo(settings);
    assertThat(
            OldSettings.known(
                Map.of(
                    "max_threads",
                    "1",
                    "load_balancing",
                    "round_robin",
                    "use_hedged_requests",
                    "0")))
        .isEqualTo(Map.of("max_threads", "1"));
    out.reset();
    SettingsForm.writeOld(Map.of("max_execution_time", "0.3"), out);
    assertThat(SettingsForm.readOld(new ByteReader(out.toByteArray())))
        .isEqualTo(Map.of("max_execution_time", "1"));
    out.reset();
    settings.put("no_such_setting", "1");
    SettingsForm.write(settings, 0, out);
    settings.remove("no_such_setting");
    assertThat(SettingsForm.read(new ByteReader(out.toByteArray()))).isEqualTo(settings);
    out.reset();
    SettingsForm.write(Map.of("no_such_setting", "1"), SettingsForm.IMPORTANT, out);
    var important = new ByteReader(out.toByteArray());
    assertThatThrownBy(() -> SettingsForm.read(important))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("no_such_setting");
    String odd = "it's \\ \n\t\0 ж";
    out.reset();
    SettingsForm.write(Map.of("p", SettingsForm.quote(odd)), SettingsForm.CUSTOM, out);
    assertThat(SettingsForm.readParameters(new ByteReader(out.toByteArray())))
        .isEqualTo(Map.of("p", odd));
  }

  @Test
  void announcedSizesTakeNoMemory() {
    var out = new ByteWriter(64);
    BlockForm.writeEnd(54412, out);
    byte[] head = out.toByteArray();
    var huge = new ByteWriter(64);
    huge.writeBytes(head, 0, head.length - 2);
    huge.writeVarUInt(1);
    huge.writeVarUInt(200_000_000);
    huge.writeString("n");
    huge.writeString("UInt64");
    huge.writeLong(1);
    var in = new ByteReader(new ByteArrayInputStream(huge.toByteArray()), 64);
    assertThatThrownBy(() -> BlockForm.read(54412, in))
        .isInstanceOf(LonghouseException.class)
        .extracting(e -> ((LonghouseException) e).code())
        .isEqualTo(32);
  }
}
