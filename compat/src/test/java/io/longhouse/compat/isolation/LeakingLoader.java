package io.longhouse.compat.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;

/** Loads the whole project once more, with a leak in one class. */
final class LeakingLoader extends ClassLoader {
  private static final String OURS = "io.longhouse.";

  private final Plant plant;
  private boolean planted;

  LeakingLoader(Plant plant) {
    super(LeakingLoader.class.getClassLoader());
    this.plant = plant;
  }

  /** Whether the class with the leak has been used. */
  boolean planted() {
    return planted;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      if (name.equals(plant.type())) {
        bytes = plant.in(bytes);
        planted = true;
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return getParent().getResources(name);
  }
}
