<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sk" sourcelanguage="en">
 <context>
  <name>leukoviewer</name>
  <message>
   <source> (found instead: {})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source> or </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>(no HU)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>. slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>1:1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&lt;b&gt;LeukoViewer shows head CT scans and what trained networks say of them about leukoencephalopathy.&lt;/b&gt;</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A damaged model {} is installed; remove it first: leukoviewer models remove {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A few words on the result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A few words on the result; leave names out (Shift+U)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A file of the series cannot be read any more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A folder's name may hold a patient's name; off, the list is emptied and none is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A folder's name may hold a patient's name; switch this off to keep no list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A lens under the cursor, and none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A little sure</source>
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
   <source>A new window with the width and center that the picture has now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A page would have {} million pixels; choose fewer slices a page or smaller pictures.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A quarter turn clockwise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A quarter turn the other way</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A regular volume: models may run on it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A second opinion, for research, on leukoencephalopathy in axial non-contrast head CT of adults: a score by slice, a vote by patient and a heatmap. Not for diagnosis.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A single slice is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A slice could not be written ({}); choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A slice is positive at or above this score</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A volume with warnings: models may run on it, with the warnings beside the score</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A window needs a name; type one or remove it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A window of your own; Settings has them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A window over the gray levels of this slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a window that is no number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>About and intended use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>above 99 %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accept</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Accept the result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Actions and their keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add the present window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Agreement with the model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All attributes of the shown slice's file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All keys on one sheet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All of them are even steps to the eye and safe for color blindness.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All packages' results side by side</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All series of the study</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All settings as they were before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All slices with each model's scores</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All usual keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An unexpected fault ({} at {}) stopped this; try again, report it if it comes back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Angle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Anonymous</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>another encoding than stated</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another model {} is installed; remove it first: leukoviewer models remove {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ANOTHER PATIENT</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another series beside this one. Each view has its own window, zoom and position</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Appearance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>are irregular</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Area and HU inside a box: drag from corner to corner</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Area and HU inside an ellipse: drag from corner to corner of its box</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Area and HU inside an outline: drag around it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrow</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Arrow with text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As large as the patient's head is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As on the screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As soon as a series is read that can be scored. Off, it runs when you ask for it (M).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the computer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the computer ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at first: {}, {} of 5</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Attribute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Attributes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Auto</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automatic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Axial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Axial reformat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Axial slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Axial, coronal, sagittal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the limits of the model package</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the package's own limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>base</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>becomes another one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Before the result you agreed with the model in {}; after it in {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>below 1 %</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Beside the keys that it has</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>best of {} axial series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Body part</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bone  2500 / 480</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>bone kernel ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bone spans {} mm in the slices, which is unusual for a head; it may be cut off or not a head.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Born</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>born {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>both must reach</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Brain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Brain  80 / 40</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Brain beside white matter</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>broken slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Calibrated on {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Calibrated probability of the patient: {} (fitted on {}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Calibrated probability of the patient: {} (fitted on {}; it does not hold for real patients).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Captured pictures are left out and told</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cells about 30 mm; one scale a scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cells about {} mm; one scale a scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Center</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Center of own window {} in HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Change your opinion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Changed toward the model: {}. Changed away from it: {}. Unchanged: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check if it can be trusted here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check the heatmap of the shown result; this takes about as long as two runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checked are the slices where the model is surest. The slices are moved a little and mirrored: the heatmap must move with them. The hot region is painted over: the score must fall more than without other regions of the same size. The model's weights are shuffled: the heatmap must become another one. A heatmap that passes may still be wrong.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checking the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Checking the heatmap was stopped; there is no verdict.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>child</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose an answer and a confidence first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine to and fro, {} slices a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine turns at the ends</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine, {} slices a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine: fewer slices a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cine: more slices a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clear this list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Click on a measurement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close the program</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close this message</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Colors of the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Columns</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Comment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Comment on the result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Comment on the result…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare packages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compare packages…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Comparing copies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>compressed image whose encoding is not stated</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>compressed pixel data, not loaded ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compressed with loss</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Computed when chosen, by a pass of its own; scores and vote stay as they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Computing {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Confidence</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Confidence {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>contrast</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Contrast agent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>contrast agent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy selection</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Coronal reformat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>could not be read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Counts at each place only what raises the score there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Covered</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cross-reference lines</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Crosshair to the back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Crosshair to the feet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Crosshair to the front</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Crosshair to the head</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Crosshair to the left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Crosshair to the right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ctrl + wheel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>damaged DICOM file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>damaged DICOM file (nested too deep)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>damaged DICOM file (too many elements)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dark for bright</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Date</source>
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
   <source>Delete</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Deletion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Demo patient (simulated)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>derived images</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Description</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Detail finer than that is not seen by the model; it was trained on slices of this size.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DICOM PS3.15, basic profile. The folder gets a list of all that was removed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DICOM tags</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DICOM tags…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DICOM without the patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>DICOM's own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Display</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Distances between slices {}: {} to {} mm, median {} mm; {} mm between slices {} and {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>does not stay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dose report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Double click</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Drop a folder with DICOM images here, or choose one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>duplicate files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>duplicate positions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>duplicates</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Each slice of {} is resampled to {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Edit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Eigen-CAM for curved patterns; it does not ask what raises the score either.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ellipse</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Else the slice stays where it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Emptied: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Encoding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>encoding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>encrypted in the archive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Esc always stops and leaves; it cannot be given away.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Esc stops</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every action gets its usual key back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Every how manieth slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export as CSV…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export CSV…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export feedback</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export feedback…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export measurements</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export measurements…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export your statistics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>external</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>fall of the logit without the hot region</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Faster</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Feedback on {} series was saved; {} of them without a label of the patient, which a trainer leaves out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fidelity</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fidelity, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fidelity…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Field of view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>File</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>file larger than 256 MB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>file too large</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Files depart from the standard and were read all the same: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film (GIF)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Film (MP4)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Findings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Findings by slice</source>
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
   <source>first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>First slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>First window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flip left to right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flip top to bottom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flipped left to right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flipped left to right, turned 90° left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flipped left to right, turned 90° right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flipped top to bottom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folder for the DICOM files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folder for the DICOM results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>folder too deep</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fossa</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Found {} files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Four views</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frame of reference UID</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frames</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Frames a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Freehand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Full screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gantry tilt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>gap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>gaps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Geometry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to the most suspicious slice after a run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to the next one of the list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to the next slice that one model calls positive and another negative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go to the one before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grad-CAM made to show several separate places in one slice more evenly.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Grad-CAM of {} {}</source>
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
   <source>Hardly sure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmap by {}, {:.1f} s.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmap by {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmap on or off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmap stronger</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmap weaker</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heatmaps by {} need PyTorch and pytorch-grad-cam; install both with: pip install leukoviewer[gpu].</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Help</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Histogram</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Honesty of the heatmap</source>
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
   <source>How often you and the model agree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How true display and model input are to the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How well the model does on such scans was never measured.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>I understand</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ID</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ID {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>image larger than 64 megapixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Image type</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>image with an unknown pixel format</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>image with more frames than its file holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>image without a size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Image without pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Images</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Initials, sex and age</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Interpolated</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Invert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Invert gray levels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>irregular</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>irregular spacing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>is unknown to this version</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It becomes the active one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It is made for research. It is &lt;b&gt;not a medical device and not for diagnosis&lt;/b&gt;. Its output is no replacement for the clinician's complete review of the images.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Item {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its HU do not fit 16 bits, and the series is too large for more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>its slices stand across</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>joined</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>joined series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>JPEG baseline</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep this opinion with its time (Return)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kernel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kernel {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Key image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>key image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Key images</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Key slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keys go to the slices while reformats show.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>labeled as a head scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Larger</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>last</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Last slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Layout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leaves out, feature by feature, what lowers the score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left and right exchanged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left drag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left drag: width by up and down, center by left and right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out: {} records that cannot be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out: {} series whose folder is no longer there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out: {} series. {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left press or drag on a reformat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Length</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>length left open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Less opacity of the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leukoencephalopathy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LeukoViewer is under the Apache License 2.0. It uses Qt under the LGPL 3.0, as libraries of their own that may be replaced. &lt;a href="{}"&gt;All parts and their licenses&lt;/a&gt;</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LeukoViewer: intended use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>likeness, moved, mean</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>likeness, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>link not followed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linked by position</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linked by position; nearest slice, {:.0f} mm away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linked by slice fraction: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading slice {} …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading slices: {} of {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading the model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading was stopped before this slice was read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loading …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Localization not trustworthy here: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Localization not trustworthy here: {}{}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Localizer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Localizer (a projection)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Longer side of a picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Longer side of each picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look at the pictures yourself: words that are burned into pixels cannot be seen by the program.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking for models</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looking for the brain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Looks, reading, windows, keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>lossy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lung</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Lung  1500 / -600</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Magnifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make the change again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make the next view the active one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Making pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mark this slice as a key image, or no longer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Matrix</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Maximize the view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean of {} heatmaps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mean {} ± {} {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measure a length in mm: drag from end to end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measure an angle: drag from an end to the vertex, then click the other end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MEASUREMENTS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measurements</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Menu</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>metal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Method</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Method of the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Middle drag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>min {}, max {}, {} px</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mirrored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mixed orientation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>mixed thickness</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Modality</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Model and heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Model input</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Model's slice</source>
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
   <source>more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More opacity of the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>more pixel data than the image holds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More than</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mouse and keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Move the picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>moved {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MP4 needs OpenCV, which is not installed; run pip install leukoviewer[movie], or save a GIF, which needs nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>MR image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>must not exceed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name of own window {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>negative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Neighboring slices show the same tissue, which then counts more than once in the vote.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>New key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next disputed slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next key image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next measurement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next slice they disagree on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next suspicious slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Next view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no brain</source>
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
   <source>No case counts yet: note an opinion in reader-first mode, then see the model's result.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No check speaks against the localization here; it is still a hint, not a proof.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no common frame of reference</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No decoder for {} is installed; the package {} brings one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no DICOM preamble</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no ID</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No label for slice {}</source>
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
   <source>No name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no permission</source>
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
   <source>No setting holds these words.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No slice is marked as a key image (K); choose other slices.</source>
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
   <source>No slice reaches the threshold; choose other slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>no transfer syntax</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No volume: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Noise and contrast differ between slices.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not a volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not axial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not checked yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not decided</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not DICOM</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not every check could be done, so nothing is known for sure of the localization here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not hounsfield</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not known</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not linked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not linked: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not read: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not resampled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not scored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not scored by this model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Not scored: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not scored; this model looks at slices {} to {} of {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not stated</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>not yet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note and open the result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note another opinion; the first one is kept beside it (P)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note the change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note your opinion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Note your opinion, or change it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is open.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is painted under this share of the scan's largest value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is painted under this share of the scan's largest value.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is sealed here.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was found that could mislead.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nuclear medicine image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Number of most suspicious slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>odd compression</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the window, from the next start on. Files stay English.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Off, the new key takes the place of the others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>on no slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On this computer {} ({}) gives other results than the model {} gave when it was made; choose another device in the settings.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>on {} slices</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>One pixel of the scan on one of the screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One row a case, without a patient's name or number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One slice toward the feet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One slice toward the head</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One view</source>
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
   <source>Opacity</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opacity of the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a DICOM file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a folder with a head CT first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a folder with DICOM images</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a head CT</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a head CT first; your opinion belongs to a patient.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a sealed result; the case will not count</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open a series first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open demo patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open file…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open folder…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open recent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open the bundled simulated patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open the folder of one DICOM file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open without an opinion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opened because: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opened because: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opened without an opinion and not counted: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Opening was stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>order by instance number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>order not sure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>original images</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Other DICOM object</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>out of memory</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>outside the scan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>outside training</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>outside training range</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>overlapping</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>overlapping slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Overlays, SR and heatmap as DICOM</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 2</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 3</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 4</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own window 5</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Own windows presets width center</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Package's own limits</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>padded</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pages of the settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>paper</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>paper-again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient data in the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient is negative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient is not decided</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient is positive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient's name and date</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patient, study, series and its geometry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PET image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture of this view (PNG)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Picture, page, film, or DICOM without the patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pictures</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pictures in a row; automatic: a page a little wider than high</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pixel data are shorter than the header says.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pixel data, not loaded ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pixel spacing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pixels are untouched: whether a picture itself shows the patient's name was not looked at.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>pixels of {} frames without their number, the first is shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Point at something and write beside it: drag from its tip</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>position missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>position unknown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Position {} mm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>positions are missing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Positive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>positive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Positive ones</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Posterior fossa</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Posterior fossa  120 / 40</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preparing the slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Presentation state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press for the meaning</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press or wheel on another view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Press the new key here; Tab leaves the field</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preview</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous disputed slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous key image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous measurement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Previous suspicious slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Privacy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress of the checks</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PyTorch could not run the model on {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PyTorch is installed and cannot be loaded; the processor does the work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PyTorch or torchvision is not installed; use the processor (ONNX Runtime).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quite sure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Radiotherapy object</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Random weights</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rank correlation, mean</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rather sure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reader</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reader first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reader-first mode is off; switch it on in the Model menu.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading attributes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading headers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reason</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Records that cannot be read: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rectangle</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Redo</source>
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
   <source>Reformats of this series with a crosshair</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>refused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Refused: models do not run on it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Refused: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Registration or segmentation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>regular geometry</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reject</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reject the result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remember opened folders</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove own window {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Remove this window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removed: {} attributes and {} private ones</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Removing the patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Repeatability</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Replaced: patient's name and ID, {} unique identifiers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report (*)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report as {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Report on the result as PDF, HTML or JSON</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>resampled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Research use, not for diagnosis</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Research use: no replacement for the clinician's complete review.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reset</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Results stay sealed until you note an opinion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Right click</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Right drag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>row {}, column {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rows of a page; automatic: as many as are needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run at least two packages on this series to compare them; each keeps its result.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the model by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the model to see a score for each slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run through the slices, and stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sagittal reformat</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save a report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save all measurements of this series as a table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save as</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save DICOM results…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save feedback on all studies as a CSV table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save picture…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save report…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the measurements as a CSV table</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the window as a picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the window as a PNG picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saved in {} without the patient: {}.</source>
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
   <source>Saved: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saving was stopped; nothing was written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>scan max</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scanner</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Score this series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Score this series with the chosen model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>score {:.2f}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Score, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scores are no probabilities</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scores by slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scores of slices compare less well.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scoring slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scoring the whole stack</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Screen captures hold gray levels, not HU.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scroll through the slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scroll together</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search all settings and keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search tag, keyword, name or value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search the attributes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Searching the folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Searching the folder …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Secondary capture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Secondary capture (a picture of a screen)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Select it; a drag moves it or the point that is held</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sequences lie in each other deeper than {} levels; what follows is not shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Series in this folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>series without UID</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Series {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Settings…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Several images lie at one position ({}, the first are slices {} and {}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sex</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shown as in the window, with its model and color bar</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shows the model what each feature sees, one by one, and asks for the score.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>shuffle {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>simulated patients</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Single pictures, no volume: models do not run on it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Size of words</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slabs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice distance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice is negative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice is not decided</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice is positive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice thickness</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} / {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} is negative</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} is not decided</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} is positive</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} of {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} of {}: frame {} of {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {} of {}: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {}: probability {}, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {}: score {}, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {}: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice {}: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slice, window, letters, scores and measurements</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices a second.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices and scores</source>
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
   <source>slices left out</source>
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
   <source>Slices needed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slices of {} mm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices on a page (PNG)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices overlap: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices that are not axial</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slices that you marked (K); Shift+K goes to the next one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>slices with labels of their own, in training, simulated patients</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slow: minutes for a scan on a CPU, longer with a large model; Esc stops it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slower</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Smaller</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Soft</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Soft tissue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Soft tissue  400 / 40</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>soft-tissue kernel ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Some</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Some remembered keys cannot be used ({}); the usual ones are back, the old file is kept as {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Some remembered keys cannot be used ({}); the usual ones are back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sorting slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Speed of cine</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Spread of {} heatmaps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Starting …</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stays</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stays alike</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop and keep the heatmap that is shown (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop checking (Esc)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop computing the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop what is running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stored</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stored pixels</source>
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
   <source>stress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Structured report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Study</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Study information</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Study information…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Subdural</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Subdural  215 / 75</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swap directions of the window's drag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Swap drag directions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take back the last change of a measurement or of feedback</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take the selected measurement away</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Take this key away from the other action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Takes the features away one by one and sees how far the score falls.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ten slices back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ten slices on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ten slices toward the feet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ten slices toward the head</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Text beside the measurement:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Text of the measurement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Text…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That of the files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The active view alone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The active view alone, and back</source>
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
   <source>The crosshair goes there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The decoder crashed on this slice's data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The decoder did not start within {} s; close other programs and open the folder again.</source>
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
   <source>the disk failed</source>
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
   <source>The files bring no window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The film would need {} GB of memory; choose fewer slices or smaller pictures.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The first one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The folder may not be opened; check its permissions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The gantry was tilted by {:.1f}°.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The gantry was tilted by {} degrees; axial pictures are true, slices are shifted against each other.</source>
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
   <source>The heatmap</source>
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
   <source>The key for pseudonyms ({} in the user's data folder) is damaged; remove it to get a new one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The key for pseudonyms ({}) cannot be read; check its permissions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The key that this action has by itself</source>
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
   <source>The lowest slice</source>
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
   <source>The menu alone leads to this action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The middle one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model</source>
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
   <source>The model's result is ready and sealed; it opens when you note your opinion.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model's result will come sealed; it opens when you note your opinion.</source>
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
   <source>The models disagree on this slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The most suspicious slices, each with and without heatmap; marked slices come besides</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The movie cannot be written there; choose another place, or save a GIF.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The movie could not be written whole; look whether the disk is full, or choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The network {} does not end in average pooling and one linear layer; use ResNet, ConvNeXt or DenseNet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next series of the list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next slice above the threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next slice on which the packages disagree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next slice that you marked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The one before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the only axial series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The order follows the files' numbers.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The other views follow the slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The package pytorch-grad-cam is not installed; only Grad-CAM is offered without it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient has leukoencephalopathy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient has none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient is positive with more positive slices than this</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient is under 18 years old; models are made for adults.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The patient is {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The picture is black in each.</source>
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
   <source>The previous series of the list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's feet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's front</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's head</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reformats' crosshair 1 mm to the patient's right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the result before it still stands</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result is right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result is right (Ctrl+Return)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result is sealed until you note your opinion (P).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result is wrong</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result is wrong (Ctrl+Shift+Return)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The result was opened without an opinion of yours; this case does not count in your statistics.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The same tissue counts more than once in the vote.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The same wherever it is painted.</source>
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
   <source>The slice nearest to the vertex</source>
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
   <source>The whole picture, as large as the view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window over the whole screen</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window that the files bring</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window that the files bring ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The window that the files bring; again for the next one</source>
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
   <source>Theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There are no key images yet; K marks the shown slice.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There are no measurements to export.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is a window named {} already; choose another name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no CT image that can be read here{}; choose the folder with the scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no feedback to export yet; judge a result first.</source>
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
   <source>there is no result</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no result for this series; run the model first (M), or choose other slices.</source>
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
   <source>These are all the windows that there is room for.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These are screen captures, not CT values.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These images do not decide it for you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>These slices are not shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Thickness {} mm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>thin {}</source>
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
   <source>This method points at nothing in this scan</source>
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
   <source>This series in two windows, and back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This slice could not be read. {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This slice is not read, so nothing can be measured on it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This slice is {}</source>
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
   <source>Threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Threshold and vote as the package has them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Threshold of the heatmap</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>tilt</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tilt {:+.1f}° corrected</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tilt {}°</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>tilted</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To and fro</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>To HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>too many files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Top and bottom exchanged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Torchvision does not start ({}); install it anew for this PyTorch.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>toward {}, away {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Trained on {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>True size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Tube voltage</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Turn left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Turn right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Turned 180°</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Turned 90° left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Turned 90° right</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two slices lie at one place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two views</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ultrasound image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Undo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown encoding</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unknown encoding {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unreadable file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unreadable slices</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Unsure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unusual field</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>unusual field of view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Up to three other series beside this one. Each view has its own window, zoom and position</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Usual key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Usual settings of this page</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>value × {:g} {:+g}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>vary slightly</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Verdict</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>vertex</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>View</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>View {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Views</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>W {}  C {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Warning: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Warnings</source>
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
   <source>What a head CT opens with; holds for the next series that opens.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is made</source>
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
   <source>What the left mouse button does on the picture. The wheel scrolls in any case.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the models point at together; each on its own scan's scale.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the report tells of the patient; texts of the scan may hold more</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What this page had at first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What this program is for, and what it is not for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wheel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where a series opens.</source>
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
   <source>Where the model runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where this slice cuts the others</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which slices of the series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>White</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>White matter</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>White matter  40 / 40</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wholly sure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Width</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Width by up and down, center by left and right.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Width of own window {} in HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window Bone: width 2500, center 480 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window Brain: width 80, center 40 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window center in HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window Lung: width 1500, center -600 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window Posterior fossa: width 120, center 40 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window Soft tissue: width 400, center 40 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window Subdural: width 215, center 75 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window White matter: width 40, center 40 HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window width in HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window {}: width {}, center {} HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window, zoom, position, flip and turn as at first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window: right widens, down raises the center</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Windows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With an opinion but no result yet: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With words, small pictures are enlarged by a whole number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>without a random region, largest</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>without a random region, mean</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without name, numbers, dates, free text and private attributes; pixels stay as they are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without pictures: {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without the hot region the score falls {} than without other regions of the same size.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without the panels, or this view alone; and back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Words and measurements</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Words beside the selected measurement</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Words in panels, menus and over the picture, from 100 to 200 %.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Words of a setting or of an action, or a key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writing DICOM results</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Written into the picture; never into a file's name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Wrong results of such programs are known to mislead readers. Read the scan first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>X-ray image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>yes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You agree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You are unsure</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You disagree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>You saw this result before the mode was on; an opinion noted now is not blind.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your feedback</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your label of the patient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your label of this slice</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your opinion</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your opinion…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your own windows stand in the Window menu and in the panel, each with a key.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your statistics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your statistics…</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>your threshold</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Yours</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Zoom</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Zoom in about the middle of the view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Zoom out about the middle of the view</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Zoom {} %</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{:,} attributes</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{:,} bytes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{:.0f} {} (interpolated)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{:.0f} × {:.0f} mm (height × width)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{:.1f} mm, from {:.1f} to {:.1f} mm along the normal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{:.2f} mm (median; {:.2f} to {:.2f} mm)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{:.3g} years</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{:g} to {:g} {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}  (Esc stops)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} % agree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} (damaged)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} (slice {} of {} that the model sees)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} (slow)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} ({})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} [slice {}]</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} [slices {}]</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} and {}</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{} attributes</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{} bits, signed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} bits, unsigned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} by {} {:.2f}{} on {} patients, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} by {} {:.2f}{} on {} simulated patients, {}</source>
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
  <message numerus="yes">
   <source>{} cases with an opinion before the result</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{} DICOM objects were saved in {}. They carry the patient's data, as the scan does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} exists already; choose another name or remove it.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{} files</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{} files without the patient: DICOM PS3.15, Basic Application Confidentiality Profile.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} gave no finite numbers; use Grad-CAM.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{} images</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{} is being read</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} is its key already.</source>
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
   <source>{} is the key of “{}” now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} is the key of “{}”; press another one, or take it from there.</source>
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
   <source>{} mm thick every {} mm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} models agree that the patient is {}; they disagree {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} moves between fields, presses buttons or leaves; choose another key.</source>
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
   <source>{} of {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of {} do not say how values become HU; raw values are shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} of {} slices positive, more than {} needed: {}</source>
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
   <source>{} on {} of {} x {} pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} opens the menu {}; choose another key.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{} pages</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{} piece{}, {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} pixels; mean {:.1f} ± {:.1f} {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} series were put together by their positions; use it only if they are one scan.</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{} slices</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>{} slices are</source>
   <translation type="unfinished" />
  </message>
  <message numerus="yes">
   <source>{} slices labeled</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
    <numerusform />
   </translation>
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
   <source>{} This is at your limit of slices; at the package's own ({:.2f}, more than {}) it is {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} This is at your threshold; at the package's own ({:.2f}, more than {}) it is {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} was stopped because another series is shown.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} {}, trained on {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} × {} (rows × columns)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} × {} mm (rows × columns)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} × {} pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}, confidence {} of 5</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}, simulated patients</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}, slice {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}, slices {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}, {} images of {} × {} pixels</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}, {} seconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}: width {:g}, center {:g} HU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}; Enter takes it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}; {} on {}{}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>◆ The models disagree on slice {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>◆ {} of {} disagree</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>★ Key image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>★ Slice {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>★ Slice {}, {} mm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>⚠ This folder holds {} patients; the name stands at each series.</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
