<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sk" sourcelanguage="en">
 <context>
  <name>leukoviewer</name>
  <message>
   <source>A damaged model {} is installed; remove it first: leukoviewer models remove {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A file of the series cannot be read any more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A localizer is a projection, so lengths and HU on it are not those of the patient; measure on slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A model must not speak of what holds no brain.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A slice could not be written ({}); choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An unexpected fault ({} at {}) stopped this; try again, report it if it comes back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another model {} is installed; remove it first: leukoviewer models remove {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the computer ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bone spans {} mm in the slices, which is unusual for a head; it may be cut off or not a head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Calibrated probability of the patient: {} (fitted on {}{}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checked are the slices where the model is surest. The slices are moved a little and mirrored: the heatmap must move with them. The hot region is painted over: the score must fall more than without other regions of the same size. The model's weights are shuffled: the heatmap must become another one. A heatmap that passes may still be wrong.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checking the heatmap was stopped; there is no verdict.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare packages…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Computed when chosen, by a pass of its own; scores and vote stay as they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Counts at each place only what raises the score there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Decoding ({}) took longer than {} s.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Decoding took more memory than it may.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Detail finer than that is not seen by the model; it was trained on slices of this size.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Distances between slices {}: {} to {} mm, median {} mm; {} mm between slices {} and {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop a folder with DICOM images here, or choose one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Each slice of {} is resampled to {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Eigen-CAM for curved patterns; it does not ask what raises the score either.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export measurements…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Files depart from the standard and were read all the same: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Findings by slice…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fine detail was lost before these files were made; HU and edges may be off.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grad-CAM made to show several separate places in one slice more evenly.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grad-CAM that counts a feature more where it is strong.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gray levels are no HU; windows in HU mean nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmaps by {} need PyTorch and pytorch-grad-cam; install both with: pip install leukoviewer[gpu].</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Honesty of the heatmap…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hottest minus coldest model: bright where they differ.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How well the model does on such scans was never measured.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is made for research. It is &lt;b&gt;not a medical device and not for diagnosis&lt;/b&gt;. Its output is no replacement for the clinician's complete review of the images.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its HU do not fit 16 bits, and the series is too large for more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keys go to the slices while reformats show.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leaves out, feature by feature, what lowers the score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading slice {} …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading was stopped before this slice was read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Localization not trustworthy here: {}{}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models are trained on adults.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models are trained on pixels without loss; what compression adds may be taken for texture.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models are trained on scans without contrast agent.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models do not run on it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models know HU only.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neighboring slices show the same tissue, which then counts more than once in the vote.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No brain was found: no slice shows the inside of a closed skull.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No brain was found: what lies inside the skull is no brain tissue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No check speaks against the localization here; it is still a hint, not a proof.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No decoder for {} is installed; the package {} brings one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No model is installed; put a model package into the folder models of the program or of your user data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No model is installed; put a model package into the models folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No result yet: choose a model and run it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No result yet: run a model (M); each package that is run gets its own column.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No result yet: run the model to score each slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No slice is shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No slice of this series can be scored; all are padding or unreadable.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No slice of this series could be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No slice reaches the threshold of {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Noise and contrast differ between slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not checked yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not every check could be done, so nothing is known for sure of the localization here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was found that could mislead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On this computer {} ({}) gives other results than the model {} gave when it was made; choose another device in the settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only series that are stored one slice a file can be saved without the patient.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only the first {} attributes of this file are shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Only when the picture is zoomed does the screen interpolate between pixels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ONNX Runtime could not run the model ({}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ONNX Runtime is not installed; install LeukoViewer again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a folder with a head CT first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a series first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open recent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opening was stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pixel data are shorter than the header says.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PyTorch could not run the model on {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PyTorch or torchvision is not installed; use the processor (ONNX Runtime).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reformats are off: slice {} could not be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reformats are off: slices are missing, and nothing is known of what lies in the gap.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reformats are off: the slices do not stand in one straight row.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reformats are off: they need at least {} slices, each with its position.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reformats are off: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reformats need all slices; the series is still being read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Research use: no replacement for the clinician's complete review.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run at least two packages on this series to compare them; each keeps its result.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save DICOM results…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save picture…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved measurements of this series are damaged or of another version and cannot be put aside; new ones will not be saved this time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved measurements of this series are damaged or of another version; they are kept as {} in the user's data folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved measurements of this series cannot be read ({}); new ones will not be saved this time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scores of slices compare less well.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Screen captures hold gray levels, not HU.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Searching the folder …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sequences lie in each other deeper than {} levels; what follows is not shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Several images lie at one position ({}, the first are slices {} and {}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shows the model what each feature sees, one by one, and asks for the score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices are ordered by instance number, which need not be their order in the head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices are shown as they are stored, pixel by pixel; none is averaged or left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices are {} mm thick; the model was trained on {} to {} mm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices differ in thickness: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices follow each other at unequal steps.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices leave gaps all along: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices lie at different angles.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices lie {} mm apart; the model was trained on {} to {} mm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices overlap: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slow: minutes for a scan on a CPU, longer with a large model; Esc stops it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Streaks of metal cover tissue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Streaks of metal may be taken for disease.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Study information…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Takes the features away one by one and sees how far the score falls.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The archive holds names that lead out of its folder; it is not opened.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The archive holds too many files to be a scan; it is not opened.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The archive is damaged; ask for it anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The archive would grow far beyond its size when it is unpacked; it is not opened.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The attributes of this slice cannot be read ({}); choose another slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The bundled models were trained on &lt;b&gt;simulated patients&lt;/b&gt;. Their scores are scores, not probabilities of disease. A heatmap shows where a network's score came from, coarsely, and not where a lesion ends.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The compressed pixel data do not end as they should; what follows them is not shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The computation was stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The crosshair belongs to the reformats; show them first (F8).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The decoder crashed on this slice's data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The description speaks of contrast or perfusion; models are made for plain scans.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The device {} is unknown; use one of {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The distances of the pixels of this picture are not known, so nothing can be measured on it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The field of view of {} x {} mm is unusual for a head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file cannot be read any more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file departs from the standard: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file ends before its pixel data do.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is damaged{}; what follows cannot be shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is empty.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is larger than 256 MB.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file of this slice cannot be read; check its permissions and the connection.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file of this slice is no longer there; open the folder again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The folder may not be opened; check its permissions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The gantry was tilted by {} degrees; axial pictures are true, slices are shifted against each other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The gantry was tilted by {}°.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The head fills another part of the slice than in the training.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The header names a contrast agent; models are made for plain scans.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The heatmap method {} is not offered for this model; use {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The heatmap was stopped because another model is shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The heatmap was stopped; the one before it still stands.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The heatmap {} the same when the slice is moved a little or mirrored.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The heatmap {} when the model's weights are made random.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The language of the window, from the next start on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The language stays {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The language will be {} when LeukoViewer is started again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The mean and standard deviation of the model's channels are no numbers.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The memory of this computer is full; close other programs and try again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model did not look at these slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model gave no finite numbers for this series; it cannot be scored.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model gets all {} of a slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model gets the slices as they were scanned; nothing turns them straight.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model gets them as one scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model in {} cannot be used: {}; install the model again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model in {} is installed twice; remove one of the two folders.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model is running …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model is running.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model knows nothing of the missing slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model looked at {} of {} slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model may get the slices in another order.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model points at nothing in this scan, so there is no localization to judge.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model takes the steps for equal.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model was stopped; {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model {} is installed already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model {} was changed since it gave this result; run it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model {} {}; leukoviewer models lists what there is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's graph gives results of another form; install the model again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's preprocessing cannot be understood by this version.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's preprocessing holds a step without a name; the model is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's preprocessing is not of the form {}; use another version.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's preprocessing needs a step ({}) that this version of LeukoViewer does not know; use a newer version.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's preprocessing states no mean and standard deviation of its channels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's preprocessing step {} cannot be built: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The models agree on every slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The models disagree on the patient: positive by {}, negative by {}; they disagree {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The network {} does not end in average pooling and one linear layer; use ResNet, ConvNeXt or DenseNet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The order follows the files' numbers.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The package pytorch-grad-cam is not installed; only Grad-CAM is offered without it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient is under 18 years old; models are made for adults.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The pictures have the patient's data burned in; the series is not saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The pixel data are cut off: {} of {} are there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The pixels of this scan are not square: one column of the scan is one column of the screen.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The preprocessing {} must resize once and rescale once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The preprocessing {} names its steps in an impossible order.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The same tissue counts more than once in the vote.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The series is still being read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The series needs {} GiB of pixels, more than the 2 GiB that are loaded.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The series states no pixel spacing, which this model's preprocessing needs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The series states no slice positions, which this model's preprocessing needs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The settings {}; the defaults are used and the old file is kept as {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The settings {}; the defaults are used.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The slices are not axial; models read axial slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The slices are shown as they were scanned, oblique to the head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The stored slices are turned or mirrored (rows run to {}, columns to {}); the model was trained on slices whose rows run to the patient's left and columns to the back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The strongest pattern among what makes up the score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The strongest pattern of the features, whether it raises the score or not.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The true size cannot be shown, because this screen does not tell how large it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The true size is not known, because these files do not tell the distances of the pixels.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The warnings tell the reason.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The weights of {} do not fit the network {}; install the model again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The weights {} cannot be read ({}); install the model again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The weights {} cannot be read; install the model again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The work was stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The {} data are damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The {} device has too little memory for the model; use the processor.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The {} device has too little memory; the processor did the work.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The {} device ran out of memory; it took {} slices at a time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There are no measurements to export.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no CT image that can be read here{}; choose the folder with the scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no file or folder {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no model {} on this computer; installed models: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no model {} on this machine; installed models: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no other series to show beside this one; it is shown in a second window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no result yet; run the model first (M).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no slice {}; this series has slices 1 to {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no such file or folder; check the name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no transfer syntax named {}; choose one of {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is only one view.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These are screen captures, not CT values.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These slices are not shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This computer has no {} device for PyTorch; choose another device.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This computer has too little memory for the model; close other programs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This folder holds {} patients; choose a series from the list.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This is a localizer (scout), not a stack of slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This series cannot be scored: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This series holds captured pictures, which may show the patient's name; it is not saved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This slice is not read, so nothing can be measured on it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This version does not know some of the settings ({}); {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This version does not run models for {}; use {} in a later one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This version knows no network named {}; use a model made for it, or update the viewer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This version of ONNX Runtime takes no weights from memory; install a newer one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Torchvision does not start ({}); install it anew for this PyTorch.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two slices lie at one place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Weighs each feature by its fair share of the score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Weighs the features place by place instead of by their mean over the slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is shown as one was stored as several series.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What lies between these slices is not shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What lies on the others has no score and no part in the vote.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the models point at together; each on its own scan's scale.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where features are unusually strong, whether they raise the score or not.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where slices lie is not known.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where the image features lie that raise the score; comes with the score at no cost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without the hot region the score falls {} than without other regions of the same size.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wrong results of such programs are known to mislead readers. Read the scan first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be installed: {}; get the file again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be reached; check its permissions and the connection.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be read ({}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be read ({}); nothing new of it will be saved this time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be read, being damaged or of another version, and cannot be put aside; nothing new of it will be saved this time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be read, being damaged or of another version; it is kept as {} in the user's data folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be removed ({}); close programs that use it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be used: in its manifest, {}; install the model again, or a version of LeukoViewer made for it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be used: {}; install the model again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be written ({}); choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} cannot be written ({}); free space or check its permissions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} carry the identifier of another image and show something else.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} DICOM objects were saved in {}. They carry the patient's data, as the scan does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} exists already; choose another name or remove it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} gave no finite numbers; use Grad-CAM.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} is no longer there; choose another folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} is no name for a preprocessing recipe.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} is not among those of the model's training ({}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} is not installed; it is needed for {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} missing between slices {} and {} ({} mm apart, {} mm around).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} mL are denser than {} HU, which is metal; its streaks may be taken for tissue.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} models agree that the patient is {}; they disagree {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} needs PyTorch, which is not installed or cannot be loaded; choose the processor, or install the full application with: pip install leukoviewer[gpu].</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} not enough for a volume; it takes {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of images left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of this series {} otherwise or differ in size, and are shown apart.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of {} do not say how values become HU; raw values are shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of {} were compressed with loss.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of {} {} no position in space.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} series were put together by their positions; use it only if they are one scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} slices of the model's stack are averages of several slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} slices of the model's stack hold no image; they get no score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} This is at {}; at the package's own ({}, more than {}) it is {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} was stopped because another series is shown.</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
