package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER NAMED COLLECTION}. */
public record AlterNamedCollection(
    boolean ifExists,
    String name,
    @Nullable String cluster,
    List<CreateNamedCollection.Entry> set,
    List<String> delete)
    implements AlterStatement {}
