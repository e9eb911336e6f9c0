package io.longhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void codesAreThoseOfClickHouse() {
    assertThat(ErrorCode.SYNTAX_ERROR.code()).isEqualTo(62);
    assertThat(ErrorCode.of(60)).isEqualTo(ErrorCode.UNKNOWN_TABLE);
    assertThat(ErrorCode.of(497)).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(ErrorCode.of(-5)).isEqualTo(ErrorCode.UNKNOWN_EXCEPTION);
    assertThat(ErrorCode.of(1_000_000)).isEqualTo(ErrorCode.UNKNOWN_EXCEPTION);
  }

  @Test
  void everyCodeIsFoundByItsNumber() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.of(code.code())).isEqualTo(code);
    }
  }
}
