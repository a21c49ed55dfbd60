package io.github.convoluta.window;

import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Window;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import javax.swing.JColorChooser;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.Timer;

import ij.CommandListener;
import ij.Executer;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.io.SaveDialog;
import io.github.convoluta.image.Annotations;
import io.github.convoluta.image.RoiClasses.RoiClass;
import io.github.convoluta.image.RoiFile;

/**
 * The window for annotating an image and training on what was annotated. ImageJ's own tools draw; a key makes the selection a
 * region of the chosen class. Stands beside the image, never over it. For the event thread.
 */
public final class AnnotateWindow extends JFrame {

	private static final long serialVersionUID = 1;

	private static final int INTERVAL = 200;

	private final transient Annotations annotations;
	private final transient AnnotationTrainer trainer;
	private final transient ImagePlus image;
	private final transient AnnotatePanel panel;
	private final transient LivePrediction live;
	private final transient AnnotateKeys keys;
	private final transient CommandListener beforeSaving = this::showBeforeSaving;
	private final transient ComponentAdapter follower = new ComponentAdapter() {

		@Override
		public void componentResized(final ComponentEvent event) {
			leaveImageFree();
		}

		@Override
		public void componentMoved(final ComponentEvent event) {
			leaveImageFree();
		}
	};
	private final transient ExecutorService counting = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, "counting annotations");
		thread.setDaemon(true);
		return thread;
	});
	private final AtomicInteger changes = new AtomicInteger();
	private final Timer timer = new Timer(INTERVAL, event -> look());
	private final transient Window imageWindow;
	private transient volatile Progress progress;
	private boolean isRunning;

	/** What the trainer is doing. */
	private record Progress(String text, double fraction) {}

	/** Shows it while something runs. */
	private final class Watching implements AnnotationTrainer.Watcher {

		@Override
		public void progress(final String text, final double fraction) {
			progress = new Progress(text, fraction);
		}

		@Override
		public void ended(final String text) {
			EventQueue.invokeLater(() -> {
				isRunning = false;
				progress = null;
				panel.progress("", 0);
				panel.say(text);
				look();
			});
		}
	}

	/**
	 * Opens the window beside the image.
	 *
	 * @param annotations of an image that has a window
	 */
	public static AnnotateWindow open(final Annotations annotations, final AnnotationTrainer trainer) {
		final AnnotateWindow window = new AnnotateWindow(annotations, trainer);
		window.begin();
		return window;
	}

	private AnnotateWindow(final Annotations annotations, final AnnotationTrainer trainer) {
		super("Annotate " + annotations.image().getTitle());
		this.annotations = annotations;
		this.trainer = trainer;
		image = annotations.image();
		imageWindow = image.getWindow();
		panel = new AnnotatePanel(actions(), this::rename, this::colour, this::opacity);
		live = new LivePrediction(image, trainer, this::colours, panel.opacity(), panel::say);
		final Map<Integer, Runnable> byKey = new HashMap<>();
		actions().forEach((action, run) -> action.keys().forEach(k -> byKey.put(k, run)));
		keys = new AnnotateKeys(this, image, this::choose, byKey);
		setContentPane(panel);
		pack();
		setMinimumSize(getSize());
		setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent event) {
				if (mayClose()) end();
			}
		});
	}

	private Map<AnnotateAction, Runnable> actions() {
		final Map<AnnotateAction, Runnable> actions = new HashMap<>();
		actions.put(AnnotateAction.ADD_CLASS, () -> attempt(this::addClass));
		actions.put(AnnotateAction.RENAME, () -> panel.classes().editName());
		actions.put(AnnotateAction.COLOUR, () -> colour(panel.classes().chosen()));
		actions.put(AnnotateAction.DELETE_CLASS, () -> change(() -> annotations.removeClass(panel.classes().chosen())));
		actions.put(AnnotateAction.ADD, this::add);
		actions.put(AnnotateAction.ERASE, this::erase);
		actions.put(AnnotateAction.UNDO, () -> change(annotations::undo));
		actions.put(AnnotateAction.SHOW, () -> image.setHideOverlay(!image.getHideOverlay()));
		actions.put(AnnotateAction.PREDICTION, () -> live.on(!live.isOn()));
		actions.put(AnnotateAction.TRAIN, () -> start(trainer::train));
		actions.put(AnnotateAction.CONTINUE, () -> start(trainer::goOn));
		actions.put(AnnotateAction.STOP, trainer::stop);
		actions.put(AnnotateAction.APPLY, () -> start(trainer::apply));
		actions.put(AnnotateAction.SAVE_MODEL, this::saveModel);
		actions.put(AnnotateAction.SAVE_ROIS, this::saveRois);
		return actions;
	}

	private void begin() {
		Placement.put(this, imageWindow);
		imageWindow.addComponentListener(follower);
		Executer.addCommandListener(beforeSaving);
		keys.install();
		WindowManager.addWindow(this);
		changed();
		setVisible(true);
		leaveImageFree();
		timer.start();
	}

	/** Makes room if the image has grown or was moved under this window; an image that leaves none becomes narrower. */
	private void leaveImageFree() {
		if (!isShowing() || !imageWindow.isShowing() || !getBounds().intersects(imageWindow.getBounds())) return;
		Placement.put(this, imageWindow);
		Placement.makeRoom(imageWindow, this);
	}

	/** What a person does elsewhere is noticed soon. */
	private void look() {
		if (image.getWindow() == null) {
			askToSave(JOptionPane.YES_NO_OPTION);
			end();
			return;
		}
		final Progress now = progress;
		if (isRunning && now != null) panel.progress(now.text(), now.fraction());
		if (image.getOverlay() != null) image.getOverlay().selectable(false);
		panel.classes().show(annotations.classes());
		panel.shows(!image.getHideOverlay(), live.isOn());
		final boolean hasLearnt = trainer.learnt() > 0;
		panel.enable(AnnotateAction.UNDO, annotations.canUndo());
		panel.enable(AnnotateAction.TRAIN, !isRunning);
		panel.enable(AnnotateAction.CONTINUE, !isRunning && hasLearnt);
		panel.enable(AnnotateAction.STOP, isRunning);
		panel.enable(AnnotateAction.APPLY, !isRunning && hasLearnt);
		panel.enable(AnnotateAction.SAVE_MODEL, !isRunning && hasLearnt);
		panel.enable(AnnotateAction.SAVE_ROIS, !annotations.rois().isEmpty());
		live.refresh();
	}

	private void choose(final int value) {
		if (!panel.classes().choose(value)) panel.say("There is no class " + value + ".");
	}

	private void add() {
		final Roi selection = image.getRoi();
		change(() -> {
			annotations.add(selection, panel.classes().chosen());
			image.deleteRoi();
		});
	}

	private void erase() {
		final Roi selection = image.getRoi();
		change(() -> {
			final int count = annotations.erase(selection);
			image.deleteRoi();
			if (count == 0) panel.say("There was nothing to erase under the selection.");
		});
	}

	private void addClass() {
		int n = annotations.classes().size() + 1;
		while (hasClass("class " + n))
			n++;
		final RoiClass added = annotations.addClass("class " + n);
		changed();
		panel.classes().choose(added.value());
		panel.classes().editName();
	}

	private boolean hasClass(final String name) {
		return annotations.classes().stream().anyMatch(c -> c.name().equals(name));
	}

	private void rename(final int value, final String name) {
		change(() -> annotations.rename(value, name));
	}

	private void colour(final int value) {
		final Color before = colours().get(value);
		if (before == null) return;
		final Color chosen = JColorChooser.showDialog(this, "Colour of the class", before);
		if (chosen != null) change(() -> annotations.recolour(value, new Color(chosen.getRGB())));
	}

	private void opacity() {
		live.opacity(panel.opacity());
	}

	private Map<Integer, Color> colours() {
		return annotations.classes().stream().collect(Collectors.toMap(RoiClass::value, RoiClass::colour));
	}

	/** Does something; if it can't be done, says why. */
	private void attempt(final Runnable action) {
		panel.say("");
		try {
			action.run();
		}
		catch (final IllegalArgumentException | IllegalStateException e) {
			panel.say(e.getMessage());
		}
	}

	private void change(final Runnable action) {
		attempt(() -> {
			action.run();
			// ImageJ then asks before it closes the image.
			image.changes = true;
		});
		changed();
	}

	/** Counts anew, once for many changes. */
	private void changed() {
		look();
		final int now = changes.incrementAndGet();
		counting.execute(() -> {
			if (changes.get() != now) return;
			final long[] counts = annotations.counts();
			EventQueue.invokeLater(() -> panel.classes().counts(counts));
		});
	}

	/** What runs in the background, one thing at a time. */
	private interface Work {

		void begin(AnnotationTrainer.Watcher watcher);
	}

	private void start(final Work work) {
		attempt(() -> {
			work.begin(new Watching());
			isRunning = true;
		});
		look();
	}

	private void saveModel() {
		file("Save Model", image.getShortTitle() + "-model", ".zip", path -> start(watcher -> trainer.save(path, watcher)));
	}

	private void saveRois() {
		file("Save ROIs", "RoiSet", ".zip", path -> {
			try {
				RoiFile.write(annotations.rois(), path);
				panel.say("Saved " + path);
			}
			catch (final IOException e) {
				panel.say("The regions could not be saved: " + e.getMessage());
			}
		});
	}

	private static void file(final String title, final String name, final String extension, final Consumer<Path> use) {
		final SaveDialog dialog = new SaveDialog(title, name, extension);
		if (dialog.getFileName() != null) use.accept(Path.of(dialog.getDirectory(), dialog.getFileName()));
	}

	/** ImageJ leaves out an overlay that is hidden. */
	private String showBeforeSaving(final String command) {
		if (WindowManager.getCurrentImage() == image && image.getHideOverlay() && command.matches(
			"Save|Tiff\\.\\.\\.|ZIP \\.\\.\\.|Duplicate\\.\\.\\..*")) image.setHideOverlay(false);
		return command;
	}

	private boolean mayClose() {
		return askToSave(JOptionPane.YES_NO_CANCEL_OPTION);
	}

	/** Whether the person has not cancelled. */
	private boolean askToSave(final int options) {
		if (!trainer.isUnsaved()) return true;
		timer.stop();
		final int answer = JOptionPane.showConfirmDialog(this, "Save the trained model?", getTitle(), options);
		if (answer == JOptionPane.YES_OPTION) saveModel();
		else if (answer != JOptionPane.NO_OPTION) timer.start();
		return answer == JOptionPane.YES_OPTION || answer == JOptionPane.NO_OPTION;
	}

	private void end() {
		timer.stop();
		keys.remove();
		live.close();
		trainer.close();
		counting.shutdown();
		imageWindow.removeComponentListener(follower);
		Executer.removeCommandListener(beforeSaving);
		WindowManager.removeWindow(this);
		if (image.getOverlay() != null) image.getOverlay().selectable(true);
		if (image.getHideOverlay()) image.setHideOverlay(false);
		dispose();
	}
}
