package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.filter.Monitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

	@TempDir
	Path folder;

	private Path save(final String path, final ImageProcessor pixels) throws IOException {
		final Path file = folder.resolve(path);
		Files.createDirectories(file.getParent());
		final FileSaver saver = new FileSaver(new ImagePlus("i", pixels));
		assertTrue(path.endsWith(".png") ? saver.saveAsPng(file.toString()) : saver.saveAsTiff(file.toString()));
		return file;
	}

	private Path save(final String path) throws IOException {
		return save(path, new ByteProcessor(4, 3));
	}

	private List<String> images(final String pattern, final boolean recursive) {
		return ImageFolder.images(folder, pattern, recursive).stream().map(p -> folder.relativize(p).toString().replace('\\',
			'/')).toList();
	}

	/** Extensions are a hint only: what is no image by its first bytes is passed over, an image without one is not. */
	@Test
	void imagesAreInNaturalOrderWithoutWhatIsHidden() throws IOException {
		for (final String name : new String[] { "a10.tif", "a9.tif", "b.png", ".hidden.tif", "sub/c.tif", "sub/.d.tif",
			".ipynb_checkpoints/a9.tif", "__MACOSX/a9.tif", "@eaDir/a9.tif" })
			save(name);
		Files.move(save("x.tif"), folder.resolve("without extension"));
		Files.writeString(folder.resolve("notes.txt"), "no image");
		Files.writeString(folder.resolve(".DS_Store"), "x");
		Files.write(folder.resolve("Thumbs.db"), new byte[] { 1, 2 });
		RoiFile.write(List.of(new Roi(0, 0, 2, 2), new Roi(1, 1, 2, 2)), folder.resolve("RoiSet.zip"));
		RoiFile.write(List.of(new Roi(0, 0, 2, 2)), folder.resolve("one.roi"));
		new FileSaver(new ImagePlus("z", new ByteProcessor(4, 3))).saveAsZip(folder.resolve("zipped.zip").toString());
		assertEquals(List.of("a9.tif", "a10.tif", "b.png", "without extension", "zipped.zip"), images("", false));
		assertEquals(List.of("a9.tif", "a10.tif", "b.png", "without extension", "zipped.zip", "sub/c.tif"), images("", true));
		assertEquals(List.of("a9.tif", "a10.tif", "sub/c.tif"), images("*.tif", true));
		assertEquals(List.of("a9.tif", "b.png"), images(" {a?.tif,*.png} ", false));
		assertEquals(List.of("notes.txt"), ImageFolder.files(folder, "*.txt", true).stream().map(ImageFile::name).toList());
	}

	@Test
	void mistakesAreNamed() throws IOException {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> images("{a", false)).getMessage().contains(
			"pattern=[{a]"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ImageFolder.images(folder.resolve("no"), "", false))
			.getMessage().contains("There is no folder"));
		final Path empty = Files.createFile(folder.resolve("empty.tif"));
		final UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageFile.open(empty));
		assertTrue(e.getMessage().contains(empty + " can't be read: " + e.reason()), e.getMessage());
		assertEquals("there is no such file", assertThrows(UnreadableImageException.class, () -> ImageFile.open(folder.resolve(
			"none.tif"))).reason());
		assertEquals("it is a folder", assertThrows(UnreadableImageException.class, () -> ImageFile.open(folder)).reason());
		final Path foreign = Files.write(folder.resolve("a.czi"), new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
		assertEquals(List.of("a.czi", "empty.tif"), images("", false));
		assertTrue(assertThrows(UnreadableImageException.class, () -> ImageFile.open(foreign)).reason().contains(
			"a kind that ImageJ does not know"));
	}

	/** Stands for Bio-Formats. */
	public static final class Reader {

		private Reader() {}

		/** The first two images "in" a file. */
		public static ImagePlus[] openImagePlus(final String path) throws IOException {
			if (path.endsWith("bad.czi")) throw new IOException("no such series");
			return new ImagePlus[] { new ImagePlus(path, new ByteProcessor(5, 4)), new ImagePlus(path, new ByteProcessor(1, 1)) };
		}
	}

	@Test
	void otherFormatsAreOpenedByBioFormatsWhereItIs() throws IOException {
		assertEquals(5, BioFormats.open(folder.resolve("a.czi"), Reader.class.getName()).getWidth());
		assertTrue(assertThrows(IOException.class, () -> BioFormats.open(folder.resolve("bad.czi"), Reader.class.getName()))
			.getMessage().contains("no such series"));
		assertNull(BioFormats.open(folder.resolve("a.czi"), "loci.plugins.NotInstalled"));
	}

	private ClassSamples classes(final boolean subfolders) {
		return ClassFolder.read(folder, SpatialAxes.XY, null, subfolders, Monitor.NONE);
	}

	@Test
	void foldersWithinClassesAreRemarkedOrTaken() throws IOException {
		save("a/1.tif");
		save("a/more/2.tif");
		save("b/1.tif");
		save("b/.ipynb_checkpoints/1.tif");
		Files.createDirectories(folder.resolve("b/notes"));
		Files.createDirectories(folder.resolve("c"));
		save("d/deep/1.tif");
		final ClassSamples flat = classes(false), deep = classes(true);
		assertEquals(List.of("a", "b"), flat.classes());
		assertEquals(2, flat.samples().size());
		assertEquals(3, flat.remarks().size(), flat.remarks().toString());
		assertTrue(flat.remarks().get(0).contains("a has folders of images, which are passed over: more. With subfolders=true"));
		assertTrue(flat.remarks().get(1).contains("c has no images"));
		assertTrue(flat.remarks().get(2).contains("d has folders of images"));
		assertEquals(List.of("a", "b", "d"), deep.classes());
		assertEquals(4, deep.samples().size());
		assertEquals(1, deep.remarks().size(), deep.remarks().toString());
	}

	@Test
	void unreadableImagesAreNamedAndCounted() throws IOException {
		for (int i = 0; i < 20; i++) {
			save("a/" + i + ".tif");
			save("b/" + i + ".tif");
		}
		for (int i = 0; i < 12; i++)
			Files.createFile(folder.resolve("b/broken" + i + ".png"));
		final String message = assertThrows(IllegalArgumentException.class, () -> classes(false)).getMessage();
		assertTrue(message.contains("12 of 52 images can't be read") && message.contains(folder.resolve("b/broken0.png") +
			" (it is empty") && message.contains("broken9.png") && message.contains("and 2 more"), message);
	}

	@Test
	void mixedBitDepthsAreRemarked() throws IOException {
		save("a/1.tif");
		save("b/1.tif");
		save("b/2.tif", new ShortProcessor(4, 3));
		final List<String> remarks = classes(false).remarks();
		assertEquals(1, remarks.size());
		assertTrue(remarks.get(0).contains("2 of 8 bits, such as " + folder.resolve("a/1.tif") + "; 1 of 16 bits"), remarks
			.toString());
		save("b/3.tif", new ColorProcessor(4, 3));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> classes(false)).getMessage().contains("3 channels"));
	}
}
