package io.longhouse.compat.isolation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;

/**
 * A leak made on purpose: one method of the engine does less than it should.
 *
 * @param layer where neighbours' rows leak
 * @param type the method's class
 * @param method its name; every overload is changed
 * @param body what it does instead
 */
record Plant(String layer, String type, String method, Body body) {
  /** Another body of a method. */
  enum Body {
    /** {@code false}, zero, null or nothing. */
    RETURN_NOTHING {
      @Override
      void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type) {
        TypeKind kind = TypeKind.from(type.returnType());
        switch (kind) {
          case VOID -> code.return_();
          case REFERENCE -> code.aconst_null().areturn();
          case LONG -> code.lconst_0().lreturn();
          case DOUBLE -> code.dconst_0().dreturn();
          case FLOAT -> code.fconst_0().freturn();
          case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.iconst_0().ireturn();
        }
      }
    },
    /** The object itself. */
    RETURN_THIS {
      @Override
      void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type) {
        code.aload(0).areturn();
      }
    },
    RETURN_TRUE {
      @Override
      void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type) {
        code.iconst_1().ireturn();
      }
    },
    /** What {@code Dictionaries.require} does with the same arguments. */
    REQUIRE_DICTIONARY {
      @Override
      void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type) {
        var dictionaries = ClassDesc.of("io.longhouse.engine.dictionary.Dictionaries");
        code.aload(0).aload(1).invokestatic(dictionaries, "require", type).areturn();
      }
    },
    /** The access of the engine itself, of the same control as that of the second parameter. */
    RETURN_UNRESTRICTED {
      @Override
      void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type) {
        var access = type.returnType();
        var control = ClassDesc.of("io.longhouse.engine.access.AccessControl");
        code.aload(isStatic ? 1 : 2)
            .invokevirtual(access, "control", MethodTypeDesc.of(control))
            .invokestatic(access, "unrestricted", MethodTypeDesc.of(access, control))
            .areturn();
      }
    },
    /** What it did, but its last parameter, a boolean, is always false. */
    FORGET_LAST_ARGUMENT {
      @Override
      void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type) {
        code.iconst_0().istore(lastSlot(isStatic, type));
      }

      @Override
      boolean goesOn() {
        return true;
      }
    };

    abstract void write(CodeBuilder code, boolean isStatic, MethodTypeDesc type);

    private static int lastSlot(boolean isStatic, MethodTypeDesc type) {
      int slot = isStatic ? 0 : 1;
      for (int i = 0; i < type.parameterCount() - 1; i++) {
        slot += TypeKind.from(type.parameterType(i)).slotSize();
      }
      return slot;
    }

    /** Whether the method's own body follows. */
    boolean goesOn() {
      return false;
    }
  }

  /**
   * The class with the leak.
   *
   * @throws IllegalStateException when the class has no such method any more
   */
  byte[] in(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    if (model.methods().stream().noneMatch(this::isMeant)) {
      throw new IllegalStateException(
          "the leak '%s' needs the method %s.%s, which is gone: plant it elsewhere"
              .formatted(layer, type, method));
    }
    return ClassFile.of()
        .transformClass(
            model,
            (builder, element) -> {
              if (element instanceof MethodModel m && isMeant(m)) {
                builder.withMethodBody(
                    m.methodName(), m.methodType(), m.flags().flagsMask(), c -> write(c, m));
              } else {
                builder.with(element);
              }
            });
  }

  private void write(CodeBuilder code, MethodModel m) {
    body.write(code, m.flags().has(AccessFlag.STATIC), m.methodTypeSymbol());
    if (body.goesOn()) {
      m.code().orElseThrow().forEach(code::with);
    }
  }

  private boolean isMeant(MethodModel m) {
    return m.methodName().equalsString(method)
        && !m.flags().has(AccessFlag.ABSTRACT)
        && !m.flags().has(AccessFlag.SYNTHETIC);
  }
}
