<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open images…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;sample project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save project as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy picture with overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep &amp;zoom between images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Heat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show where the image differs from the golden images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Boxes and labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide everything drawn over the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with &amp;golden image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slide between the part and the golden image; hold B to blink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect &amp;this image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect &amp;all images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New recipe from golden images…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open recipe…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next image to &amp;review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw &amp;region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;an</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict: a&amp;ccept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict: re&amp;view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict: re&amp;ject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding is unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys and help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Inspector</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder of part images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector {version}

Inspects parts with expert models and vision-language models on this computer. Nothing is sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no image in the clipboard. Copy a picture or image files first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pasted picture could not be saved in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space and paste again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF, for reading and printing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTML, one file for the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON, everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COCO boxes, for training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Flows</name>
    <message>
        <source>This project is open elsewhere ({owner}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is shown read-only here; close it there to work on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is read-only: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can look and export; save it elsewhere to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is read-only, so no result can be stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it elsewhere first (File &gt; Save project as).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the engine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning from the golden images…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning: {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of a name, or: accept, review, reject, none, unreadable, edited, overruled, score&gt;0.4, label:scratch. A minus in front turns a word round.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the order of the names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest score first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject first, then review, then accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {total} images shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image matches this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No images yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GalleryDelegate</name>
    <message>
        <source>overruled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>edited</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Inspect parts against good ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of part images. The program learns from good parts, decides accept, review or reject, and shows where it sees a difference. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open sample project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} holds no JPEG, PNG, TIFF, BMP or WebP file. Open another folder, or drop images here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>defect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about region {number}: {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of the heat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no recipe yet. Choose a folder of good parts: the program learns from them what a good part looks like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose good parts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open recipe…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be inspected.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The reason stands in the gallery; the others are done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Learned from %n golden image(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be used.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Report written to {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecipeDialog</name>
    <message>
        <source>New recipe from golden images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of good parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good parts flagged at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also compare with the golden image (printed patterns, fixed parts)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of &amp;good parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good parts &amp;flagged at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that holds images of good parts only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no image in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n image(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>With fewer than {needed} good images a false-alarm rate of 10 % cannot be promised; more images make the limits safer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Draw region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overrule verdict</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your &amp;name on corrections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good parts &amp;flagged at most, for new recipes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Inspector is started again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel under the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s/image</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not inspected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
