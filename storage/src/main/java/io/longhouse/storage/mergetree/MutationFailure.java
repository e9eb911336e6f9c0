package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.PartName;
import java.time.Instant;

/**
 * Why a mutation could not be applied to a part the last time.
 *
 * @param part its name
 * @param error what {@code system.mutations} shows
 * @param codeName the name of the error's code
 */
public record MutationFailure(PartName part, Instant when, String error, String codeName) {
  static MutationFailure of(PartName part, Throwable why) {
    ErrorCode code =
        why instanceof LonghouseException l ? l.errorCode() : ErrorCode.UNKNOWN_EXCEPTION;
    String text = why instanceof LonghouseException l ? l.message() : why.toString();
    String error = "Code: " + code.code() + ". DB::Exception: " + text + ". (" + code + ")";
    return new MutationFailure(part, Instant.now(), error, code.toString());
  }
}
