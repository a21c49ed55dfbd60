package io.github.convoluta.torch;

import java.util.Locale;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * What the binaries of libtorch and its binding need of a system.
 *
 * @param system as the property {@code os.name} has it
 * @param processor as {@code os.arch} has it
 * @param version of the C library on Linux (empty if it isn't glibc), of the system on macOS, of the C++ runtime on
 *          Windows (empty if there is none); null if it isn't known
 */
record SystemRequirements(String system, String processor, String version) {

	/** Public, so that its method can be found by name. */
	public interface Glibc extends Library {

		String gnu_get_libc_version();
	}

	/** This machine. */
	static SystemRequirements here() {
		final String system = System.getProperty("os.name");
		return new SystemRequirements(system, System.getProperty("os.arch"), switch (kind(system)) {
			case "linux" -> glibc();
			case "mac" -> System.getProperty("os.version");
			case "windows" -> runtime();
			default -> null;
		});
	}

	private static String kind(final String system) {
		final String name = system.toLowerCase(Locale.ROOT);
		return name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "mac" : name.startsWith("windows") ? "windows" : "";
	}

	private static String glibc() {
		try {
			return Native.load("c", Glibc.class).gnu_get_libc_version();
		}
		catch (final UnsatisfiedLinkError e) {
			// Another C library, such as musl, doesn't have the function; or JNA isn't made for this system at all.
			return String.valueOf(e.getMessage()).contains("gnu_get_libc_version") ? "" : null;
		}
		catch (final LinkageError e) {
			return null;
		}
	}

	private static String runtime() {
		try {
			for (final String name : new String[] { "msvcp140", "vcruntime140", "vcruntime140_1" })
				NativeLibrary.getInstance(name);
			return "14";
		}
		catch (final UnsatisfiedLinkError e) {
			return "";
		}
		catch (final LinkageError e) {
			return null;
		}
	}

	/** System and processor. */
	String name() {
		return system + " " + processor;
	}

	/** What is needed here, and what there is. */
	String needs() {
		return switch (kind(system)) {
			case "linux" -> "It needs the C library glibc " + least() + " or newer; this system has " + (version == null
				? "an unknown one" : version.isEmpty() ? "another one" : version);
			case "mac" -> "It needs macOS " + least() + " or newer; this is " + version;
			case "windows" -> "It needs the Microsoft Visual C++ runtime of 2015 or newer, which JDKs bring";
			default -> "There is no libtorch for this system";
		};
	}

	/** What is needed here and there isn't; null if it can't be said. */
	String unmet() {
		if (NativeJars.platform(system, processor) == null) return kind(system).equals("mac")
			? "it is no longer made for Macs with Intel processors" : "it is not made for this system";
		if (version == null) return null;
		return switch (kind(system)) {
			case "linux" -> version.isEmpty() ? "it needs the C library glibc " + least() +
				" or newer, and this system has another one" : isOlder(version, least()) ? "it needs the C library glibc " +
					least() + " or newer (" + (processor.equals("aarch64") ? "Ubuntu 22.04, Debian 12, RHEL 9"
						: "Ubuntu 20.04, Debian 11, RHEL 9") + "), and this system has " + version : null;
			case "mac" -> isOlder(version, least()) ? "it needs macOS " + least() + " or newer, and this is " + version : null;
			default -> version.isEmpty()
				? "it needs the Microsoft Visual C++ runtime of 2015 or newer (MSVCP140.dll, VCRUNTIME140.dll " +
					"and VCRUNTIME140_1.dll), which is not installed and which this Java does not bring; install the \"Visual C++ " +
					"Redistributable\" from Microsoft" : null;
		};
	}

	/** The oldest version that will do. */
	private String least() {
		return kind(system).equals("mac") ? "15.0" : processor.equals("aarch64") ? "2.32" : "2.29";
	}

	private static boolean isOlder(final String version, final String least) {
		final String[] a = version.split("\\D+"), b = least.split("\\.");
		for (int i = 0; i < b.length; i++) {
			final int difference = (i < a.length && !a[i].isEmpty() ? Integer.parseInt(a[i]) : 0) - Integer.parseInt(b[i]);
			if (difference != 0) return difference < 0;
		}
		return false;
	}
}
