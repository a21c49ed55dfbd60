package io.github.convoluta.torch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.sun.security.auth.module.UnixSystem;

/**
 * A folder for libraries that are loaded from it: nobody else may be able to write there, who could put a library of
 * theirs in its place. On systems without POSIX permissions (Windows) that is left to the system, where homes and
 * temporary folders are private.
 *
 * @param configured whether the user named it: then its permissions are the user's business, and are only checked
 */
record CacheFolder(Path root, boolean configured) {

	private static final String PRIVATE = "convoluta-";
	private static final int STICKY = 01000, GROUP_WRITES = 020, OTHERS_WRITE = 02;

	/**
	 * A folder in a shared temporary one that only this user can read and write: one made earlier, or a new one of a name
	 * that nobody can foresee.
	 */
	static CacheFolder privateIn(final Path temporary) throws IOException {
		try (Stream<Path> folders = Files.list(temporary)) {
			for (final Path folder : folders.filter(f -> f.getFileName().toString().startsWith(PRIVATE)).sorted().toList())
				if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isPrivate(folder)) return new CacheFolder(folder, false);
		}
		return new CacheFolder(Files.createTempDirectory(temporary, PRIVATE), false);
	}

	/**
	 * Makes the folder and others in it, one within the other, as far as they are missing, and takes from others the right
	 * to write.
	 *
	 * @return whether nobody else could write there before
	 * @throws IOException if the folders can't be made, or others can write there and that can't be changed
	 */
	boolean secure(final String... below) throws IOException {
		make(root);
		if (isPosix()) for (Path p = root.toRealPath().getParent(); p != null; p = p.getParent()) {
			final int mode = Access.of(p).mode;
			if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) throw new IOException("it lies in " + p +
				", which everybody can write");
		}
		boolean safe = configured ? checkConfigured() : close(root);
		Path folder = root;
		for (final String name : below) {
			folder = folder.resolve(name);
			make(folder);
			safe &= close(folder);
		}
		return safe;
	}

	private static boolean isPrivate(final Path folder) throws IOException {
		if (!isPosix()) return true;
		final Access access = Access.of(folder);
		return access.isMine() && (access.mode & 077) == 0;
	}

	/** Takes from others the right to write a file or folder. */
	static void takeFromOthers(final Path path) throws IOException {
		if (!isPosix()) return;
		final Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
		permissions.addAll(Files.getPosixFilePermissions(path));
		if (permissions.removeAll(Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE))) Files
			.setPosixFilePermissions(path, permissions);
	}

	/** Whether others can change a file. */
	static boolean othersCanWrite(final Path file) throws IOException {
		return isPosix() && (Access.of(file).mode & (GROUP_WRITES | OTHERS_WRITE)) != 0;
	}

	private boolean checkConfigured() throws IOException {
		if (isPosix() && othersCanWrite(root) && (Access.of(root).mode & STICKY) == 0) throw new IOException(
			"others can write there; take that right from them (chmod go-w \"" + root + "\"), or name another folder");
		return true;
	}

	private boolean close(final Path folder) throws IOException {
		if (!isPosix()) return true;
		final Access access = Access.of(folder);
		if (!access.isMine() && access.owner != 0 && !(configured && access.owner == Access.of(root).owner))
			throw new IOException(folder + " belongs to another user");
		if (!othersCanWrite(folder)) return true;
		takeFromOthers(folder);
		return false;
	}

	private static void make(final Path folder) throws IOException {
		if (Files.isDirectory(folder)) return;
		final FileAttribute<?>[] attributes = isPosix() ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(
			PosixFilePermissions.fromString("rwxr-xr-x")) } : new FileAttribute<?>[0];
		Files.createDirectories(folder, attributes);
	}

	private static boolean isPosix() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
	}

	/** Owner's number and permissions. */
	private record Access(int owner, int mode) {

		static Access of(final Path path) throws IOException {
			final Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode");
			return new Access((Integer) attributes.get("uid"), (Integer) attributes.get("mode"));
		}

		boolean isMine() {
			return owner == new UnixSystem().getUid();
		}
	}
}
