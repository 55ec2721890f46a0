<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>FindingsLayer</source>
        <comment>Score {score}</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>Drawn by {name}</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>Found by {name}</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>✓ Accepted</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>✕ Rejected</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>? Unsure</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>{width} × {height} px</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
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
        <source>&amp;Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode&amp;l</source>
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
        <source>P&amp;ages of this PDF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose which pages of this PDF are open</source>
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
        <source>Export con&amp;versation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the conversation about this image to read, or to learn from</source>
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
        <source>Copy con&amp;versation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the conversation about this image as Markdown</source>
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
        <source>Page: inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at parts, decide and ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page: improve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train an adapter on corrections and compare it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page: models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get, load and choose the models that answer</source>
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
        <source>Ne&amp;w conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin anew about this image; the old one and findings stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer is good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer is bad</source>
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
        <source>&amp;Read this document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the fields of this receipt, label or card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read &amp;all documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read all images that were not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read all a&amp;gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read with the &amp;language engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read all &amp;with the language engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it read all documents that were read, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it the &amp;text that was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language engine reads the picture with the text, or by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it s&amp;ummarize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use the language engine&apos;s value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the chosen field to what the engine reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget what the language engine read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next field to check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next field that readers differ in, in a conflict or unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Places of the fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame what was read in the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy fields as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export this document…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export all &amp;documents…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write all documents that were read into one file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an &amp;evaluation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at how well an engine did, and compare two</source>
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
    <name>AgreementLines</name>
    <message numerus="yes">
        <source>Agreement of %n answer(s)</source>
        <translation>
            <numerusform>Agreement of %n answer</numerusform>
            <numerusform>Agreement of %n answers</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} of {count}: {answer}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AskBox</name>
    <message>
        <source>Ask about the image or a region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This engine answers no questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask about the whole image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a box around what you mean, then send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AskFlows</name>
    <message>
        <source>{name} is not on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get it on the Models page, or choose another engine.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BlindDialog</name>
    <message>
        <source>Which answer is better?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left is better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right is better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why (if you like)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show results…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes; what you judged is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps your judgement and shows the next pair ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n judged</source>
        <translation>
            <numerusform>%n judged</numerusform>
            <numerusform>%n judged</numerusform>
        </translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show results</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The results tell whose answers are whose. %n pair(s) that you have not judged can then hardly be judged blind.</source>
        <translation>
            <numerusform>The results tell whose answers are whose. %n pair that you have not judged can then hardly be judged blind.</numerusform>
            <numerusform>The results tell whose answers are whose. %n pairs that you have not judged can then hardly be judged blind.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlindResults</name>
    <message>
        <source>Judge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength (Elo)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All judgements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change judgements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has judged yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}: {first} better {wins} times, {second} better {losses} times, as good {ties} times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People, the majority of each pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (model)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatHead</name>
    <message>
        <source>More about this conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No engine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatMessage</name>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this question and answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show raw text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this version and what follows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>about %n region(s)</source>
        <translation>
            <numerusform>about %Ln region</numerusform>
            <numerusform>about %Ln regions</numerusform>
        </translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}: message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why no box?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answering…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more in Findings</source>
        <translation>
            <numerusform>%Ln more in Findings</numerusform>
            <numerusform>%Ln more in Findings</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>Drawn with the seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatPanel</name>
    <message>
        <source>Choose an engine that answers questions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask whether there is a defect, or select a region in the picture and ask what it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask what you see: whether there is a defect, what a region shows, where something is. Select a region in the picture to ask about it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command matches.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareLayer</name>
    <message>
        <source>Golden image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareStep</name>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at both…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures side by side and what only one has right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge blind…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let a model judge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of judging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} judges every item twice, in both orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load a language model on the page Models first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>{first} and {second}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one is right ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge blind…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows up to {n} pairs of answers without saying whose they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the first…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the second…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} (first)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} (second)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {n} items that both answered, only {first} has {a} right, only {second} has {b} right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question or image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items that only one has right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score: {score}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConcernList</name>
    <message>
        <source>Severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Concerns about the data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConflictList</name>
    <message>
        <source>Conflicts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConflictRow</name>
    <message>
        <source>Use {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct {field} to {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document does say {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It says so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the field in the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfusionTable</name>
    <message>
        <source>Confusion matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>given: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wanted: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted {wanted}, given {given} ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConvertDialog</name>
    <message>
        <source>Convert {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vision tower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Llama folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep LoRA pairs apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add them to the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is published in three parts, which you fetch yourself. Here they are checked and written as one model; the parts stay as they are. Where to get them, and what their licences ask: user guide, section 13.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was trained: a .pth file, about 680 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Vision tower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What sees the image: eva_vit_g.pth, about 2 GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Llama folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What writes the answer: Llama-2-7b-chat-hf, about 13.5 GB as safetensors, with tokenizer.model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LoRA pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apart: as published, exact. Added: less to compute for each word, but the sums are rounded, and converting takes much more memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target &amp;folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May stay empty: the folder where the program keeps its models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May stay empty; with a name it becomes a model of its own in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes {need} on the disk, where {free} are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the checkpoint, the vision tower and the Llama folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {name} at this place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a folder. Choose the file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds no weights: it ends early, or a web page was saved in its place. Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a checkpoint: it belongs into the first row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is the vision tower: it belongs into the second row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The target folder {name} is there already and not empty. Choose another one, or give the model a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes {need}, but only {free} are free. Free some space, or choose a target folder on another disk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurvePlots</name>
    <message>
        <source>ROC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Defects found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves need scores of both good and defective parts; one kind is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>defective</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DataStep</name>
    <message>
        <source>Add corrections of this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test set (manifest)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Defects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields of receipts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples as the model sees them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the new adapter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen test set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples learned from: {n}. Measured on during the run: {held}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data cannot be learned from yet. Mend what is marked ✕, then check again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide findings and samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show findings and samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project on the page Inspect first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model that can be trained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the new adapter a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what to learn from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a test set.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DecideStep</name>
    <message>
        <source>the base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} answers from now on, in place of {old}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{old} goes on answering. {name} stays on the page Models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promote after all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promote the new one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the one of now</source>
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
        <source>Save as preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
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
        <source>Open evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluations (*.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTML, one file for the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markdown, the text alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON, for other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON lines, to learn from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export conversation</source>
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
        <source>Export document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON Schema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose JSON Schema file</source>
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
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>not in the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row removed by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read right, says {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrected by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the document: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence {score}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not agree with the other numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{engine} reads: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These digits stand nowhere in the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F4 or a double click on it uses that value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{engine} read the picture, and the text that was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{engine} read the picture by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{engine} reads {count} items, not {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{item} (not all of its digits stand in the text)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentHead</name>
    <message>
        <source>Kind of document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What kind of document it is: which fields are read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about this document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON Schema file…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read this image to get its fields, check them against the picture and correct them. Choose above what kind of document it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No text could be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No text was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the fields was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is text, but nothing in it that belongs to a {schema}. Is it another kind of document? Choose it above and read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is the picture sharp, bright and upright enough to be read by eye? Then read again; otherwise take another one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentTable</name>
    <message>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the row back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DuelView</name>
    <message>
        <source>Show what people say is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people say is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(an empty answer)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EditingLine</name>
    <message>
        <source>Sends another version of that question; the old one stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask it as a new question instead</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EngineButton</name>
    <message>
        <source>Questions are answered by {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manage models…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EvaluateStep</name>
    <message>
        <source>Evaluate both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the new adapter (2 of 2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the one of now (1 of 2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one of now is measured; what is left is measured next.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EvaluationDialog</name>
    <message>
        <source>Evaluation of {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}: {task}. {manifest}, split {split}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{right} of {n} items right, {failed} failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Defective” rests on {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation to compare with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluations (*.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EvaluationWords</name>
    <message>
        <source>AUROC of images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chance that a defective part has a higher score than a good one; 0.5 is guessing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mean of recall and specificity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall: defects found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of defective parts that were found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Specificity: good parts passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of good parts that were called good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of good parts that were called defective.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The harmonic mean of precision and recall of “defective”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AUROC of pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chance that a pixel of a defect is hotter in the heat map than another pixel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Per-region overlap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of every defect the heat map covers, up to 30 % false pixels (AU-PRO).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlap of boxes (IoU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mean overlap of the best box for each true box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes with overlap from 0.3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of true boxes whose best box overlaps by at least 0.3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes with overlap from 0.5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of true boxes whose best box overlaps by at least 0.5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall of boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True boxes matched one to one at overlap 0.3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision of boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found boxes that match a true one; boxes on good parts are false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers exactly right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of answers that are exactly right in normal form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words shared (F1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many words the answer shares with a right one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VQA accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An answer counts whole when three other people gave it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness of letters (ANLS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Below a likeness of 0.5 an answer counts nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons: BLEU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness of the reason to those of people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons: ROUGE-L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons: chrF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer and reason right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is right and ROUGE-L of its reason is at least 0.3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields exactly right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of fields whose value is exactly right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields invented</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields that were filled though the truth has none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of goods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the rows of goods of a receipt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness: ROUGE-L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness of the text to the right one (ROUGE-L).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness: chrF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness of the text to the right one (chrF).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds a document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean time of one document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters read wrong (CER)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edits a letter that turn what was read into truth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>defective</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type of defect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind of question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finding defects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answering questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading receipts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its boxes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Example</name>
    <message>
        <source>Describe this part in detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find all defects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the largest scratch?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is any piece missing?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What could have caused this damage?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExampleList</name>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images of this project that people have judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose images, or drop them here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other image has an accepted finding</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExampleRow</name>
    <message>
        <source>The same question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question of the example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer of the example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this example out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>For example</source>
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
    <name>FieldsModel</name>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the document</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileRow</name>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FindingsLayer</name>
    <message>
        <source>Score {score}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>? Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size (px)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>proposed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FindingsTable</name>
    <message>
        <source>No findings. Run the inspection, or draw a region in the picture (R).</source>
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
        <source>Writing the report…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>as it comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a line “Answer: …”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in my words</source>
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
        <source>Part of a name, or: accept, review, reject, none, unreadable, edited, overruled, conflict, differs, score&gt;0.4, label:scratch. A minus in front turns a word round.</source>
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
        <source>Differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents that two readers read differently first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents whose numbers do not agree first</source>
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
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
    <message>
        <source>edited</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImageViewer</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s).</source>
        <translation>
            <numerusform>%Ln finding.</numerusform>
            <numerusform>%Ln findings.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tab goes through the findings, arrow keys move the picture or the selected finding.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImproveJobs</name>
    <message>
        <source>Checking data of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluating {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judging {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImprovePage</name>
    <message>
        <source>Rounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model here can be trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To learn from your corrections, a language model has to be on this computer. Fetch one, or choose its folder, on the page Models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} on {base}; data sets: {count}; tested on {n} items of {split}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begins when the data are checked and nothing is marked ✕.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures the adapter of now and the new one on the frozen test set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item by item: what is better, what is worse, and whether it is chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new adapter answers from then on, or the old one goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>promoted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>old one kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>evaluation next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decision next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The round {name} is deleted with its run and its figures. An adapter that came of it stays on the page Models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run and the figures of this round are forgotten. An adapter that came of it stays on the page Models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The steps trained so far are deleted; Resume would go on from them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImproveSlot</name>
    <message>
        <source>Tools for rounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again at rounds and models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the window the run ends too. The step under way is finished and saved first, which may take a minute; Resume goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImproveWords</name>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} ({low} to {high})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {n} items, {gained} are right only with the new adapter, {lost} only with the one of now, and {even} are the same with both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one of now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures speak for the new adapter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures speak against the new adapter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures show no difference. Judge blind, or train on more corrections; until then the one of now is the safer choice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}: of {n} judged, the new one wins {second}, the one of now {first}, {even} ties ({p}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manifest (JSON lines)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrections of a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MVTec AD (folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List of boxes (JSON)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COCO (JSON)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YOLO (folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pascal VOC (folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>labelme (folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SROIE receipts (folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Viet-Receipt-VQA (folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ViVQA (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ViVQA-X (JSON)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectChat</name>
    <message>
        <source>Answering…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectCommands</name>
    <message>
        <source>defect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit label</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectDocument</name>
    <message>
        <source>“{text}” is no number, which {field} has to be. It was not stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct {field}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} is not in the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} was read right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing differs in {field}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} says so in the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put row {row} back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is left to check in this document.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectFiles</name>
    <message>
        <source>{name} is locked with a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give password…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This password does not open {name}. Try another:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked PDF</source>
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
        <source>{folder} holds no JPEG, PNG, TIFF, BMP, WebP or PDF file. Open another folder, or drop images here.</source>
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
        <source>rendered images, not photographs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about region {number}: {label}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectReading</name>
    <message>
        <source>Read this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) read</source>
        <translation>
            <numerusform>%n document read</numerusform>
            <numerusform>%n documents read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read before</source>
        <translation>
            <numerusform>%n read before</numerusform>
            <numerusform>%n read before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with conflicts</source>
        <translation>
            <numerusform>%n with conflicts</numerusform>
            <numerusform>%n with conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read differently by two readers</source>
        <translation>
            <numerusform>%n read differently by two readers</numerusform>
            <numerusform>%n read differently by two readers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without any field</source>
        <translation>
            <numerusform>%n without any field</numerusform>
            <numerusform>%n without any field</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectSecond</name>
    <message>
        <source>{engine} fills in the same fields, beside what was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the language engine write the summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the document first; then a language engine can read it too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is read-only, so no reading can be stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only its text was read. Choose a kind of document and read it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No language engine that fills in fields is loaded. Load one on the Models page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document is being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written by {engine}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures that stand in no field: {figures}. Check them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what {engine} read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectTelling</name>
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
        <translation>
            <numerusform>%Ln image could not be inspected.</numerusform>
            <numerusform>%Ln images could not be inspected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learned from %n golden image(s).</source>
        <translation>
            <numerusform>Learned from %Ln golden image.</numerusform>
            <numerusform>Learned from %Ln golden images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be used.</source>
        <translation>
            <numerusform>%Ln file could not be used.</numerusform>
            <numerusform>%Ln files could not be used.</numerusform>
        </translation>
    </message>
    <message>
        <source>Report written to {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation written to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n other branch(es) not written.</source>
        <translation>
            <numerusform>%n other branch not written.</numerusform>
            <numerusform>%n other branches not written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) written to {path} to learn from.</source>
        <translation>
            <numerusform>%n answer written to {path} to learn from.</numerusform>
            <numerusform>%n answers written to {path} to learn from.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not marked as good left out.</source>
        <translation>
            <numerusform>%n not marked as good left out.</numerusform>
            <numerusform>%n not marked as good left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: bad, not whole, or without a place.</source>
        <translation>
            <numerusform>%n left out: bad, not whole, or without a place.</numerusform>
            <numerusform>%n left out: bad, not whole, or without a place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are without what was said before.</source>
        <translation>
            <numerusform>%n of them is without what was said before.</numerusform>
            <numerusform>%n of them are without what was said before.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents written to {path}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectTurns</name>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove question and answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectWays</name>
    <message>
        <source>Choose images of good parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose images to show as examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples: {each} tokens. The whole prompt: {total}, {images} of images.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemGallery</name>
    <message>
        <source>Which items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About this item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No items here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemPicture</name>
    <message>
        <source>true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemsModel</name>
    <message>
        <source>Add an item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type here to add an item that was not read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JudgingWords</name>
    <message>
        <source>Nothing speaks for either of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As much speaks for one as for the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is ahead. By chance alone so large a difference comes about {times} times in 100 ({p}), so it is hardly chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is ahead, but by chance alone so large a difference comes about {times} times in 100 ({p}): too often to say that it is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} and people say the same of {same} % of {n} pairs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both always say the same thing, so chance would do as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beyond chance: {word} (kappa {kappa}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slight agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fair agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moderate agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>substantial agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>almost perfect agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as good</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MadeView</name>
    <message>
        <source>Reasoning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good parts given</source>
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
        <source>Document</source>
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
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Improve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ManyButton</name>
    <message>
        <source>Ask several times, or two engines</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ManyPopup</name>
    <message>
        <source>How often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At temperature 0 all answers will be the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the temperature to {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no second engine or adapter on this computer that answers this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask two engines and compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Ask %n time(s)</source>
        <translation>
            <numerusform>Ask %n time</numerusform>
            <numerusform>Ask %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkButtons</name>
    <message>
        <source>Good answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bad answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more message(s)</source>
        <translation>
            <numerusform>%Ln more message</numerusform>
            <numerusform>%Ln more messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the earlier conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelAdapters</name>
    <message>
        <source>Adapters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adapter that answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add adapter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove adapter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None (base model)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (cannot be used)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is none yet. An adapter is a small set of trained weights on top of this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model answers as it came, without trained weights on top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in use. {trouble}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelBusy</name>
    <message>
        <source>Fetching {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Converting {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Convert…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose local folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loaded on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelFlows</name>
    <message>
        <source>Fetching {name} was stopped. What came is kept; Fetch goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Converting {name} was stopped. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} can be used now.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers questions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelProgress</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading; the first time on a computer this may take a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Fetching, {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the engine process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Converting, {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Converting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>went on at {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading and checking the files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder you chose is gone or not complete. Choose it again, or forget it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {size} of it are on this computer, which cannot be loaded. Remove them, then convert it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is published in three parts that are converted once. Convert them, or choose a folder that holds it converted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {size} of its files are on this computer; fetching goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its files are not on this computer. Fetch them, or choose a folder that has them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its files are not on this computer. Fetch them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its files are not on this computer and there is no address to fetch them from. Copy the model folder here and choose it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it needs is not on this computer and cannot be fetched: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Tools for models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add model from folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again at what is on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder with the files of this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program forgets {folder}. The files in it stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is taken out of the list. The files in its folder stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files of {name} ({size}) are deleted from this computer. To use it again, they have to be fetched or made again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of a model to add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of an adapter to add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove adapter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The adapter {name} is removed from this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionTable</name>
    <message>
        <source>Share of the likelihood among the options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same by byte, so that a long option is not worse for its length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by length</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>{n} dpi, quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} dpi, usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} dpi, for small print</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages, for instance 1-3, 7</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The same for the %n other long PDF(s)</source>
        <translation>
            <numerusform>The same for the %n other long PDF</numerusform>
            <numerusform>The same for the %n other long PDFs</numerusform>
        </translation>
    </message>
    <message>
        <source>Only page 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page}, open</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{name} has %n page(s). Choose those to open.</source>
        <translation>
            <numerusform>{name} has %n page. Choose those to open.</numerusform>
            <numerusform>{name} has %n pages. Choose those to open.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;First {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drawn at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write for instance: 1-3, 7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no page {page}; the last one is {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {all} pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PairView</name>
    <message>
        <source>First · boxes: solid line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second · boxes: dotted line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>goes on from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which is better?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first answer is better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second answer is better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Even</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both are equally good or bad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So far: first {first}, second {second}, even {even}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PathRow</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Drive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QComboBox</name>
    <message>
        <source>Open the combo box selection popup</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QDockWidget</name>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undocks and re-attaches the dock widget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes the dock widget</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find Directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Directories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent Places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are you sure you want to delete &apos;%1&apos;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is write protected.
Do you want to delete it anyway?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not delete directory.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My Computer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QGnomeTheme</name>
    <message>
        <source>&amp;OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without Saving</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Show Details...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide Details...</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QTabBar</name>
    <message>
        <source>Scroll Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scroll Right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReadFlows</name>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{engine} is reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing the summary…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is read-only, so no reading can be stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it elsewhere first (File &gt; Save project as).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading documents</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet</source>
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
        <translation>
            <numerusform>%Ln image.</numerusform>
            <numerusform>%Ln images.</numerusform>
        </translation>
    </message>
    <message>
        <source>With fewer than {needed} good images a false-alarm rate of 10 % cannot be promised; more images make the limits safer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RightAnswer</name>
    <message>
        <source>What would be right? It goes into lines to learn from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SamplingPopup</name>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers vary: asking again gives another one. Each answer keeps its seed. For inspection choose 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The likeliest answer, the same each time: right for inspection. Higher varies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the likeliest words up to this share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only so many of the likeliest words; 0 for all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only words at least this likely beside the likeliest one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above 1, words that were said already become less likely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed draws the same answer again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In tokens; a longer answer is cut off, and that is said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System message; empty for the usual one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} takes {low} to {high}; {value} is left out.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>later</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeenDialog</name>
    <message>
        <source>What the model sees of {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeenLine</name>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the picture that the model gets</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The model sees {width} × {height} px, %n token(s)</source>
        <translation>
            <numerusform>The model sees {width} × {height} px, %Ln token</numerusform>
            <numerusform>The model sees {width} × {height} px, %Ln tokens</numerusform>
        </translation>
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
        <source>Built in (RapidOCR and Vietnamese lines)</source>
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
        <source>&amp;Reader of documents</source>
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
        <source>&amp;Pages of PDFs drawn at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Inspector is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tesseract with its Vietnamese data is not usable here, so no document can be read with it. The command “inspector doctor” says why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: show the golden image while held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: move the view or the selected box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: resize the selected box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: move the comparison line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: pan while held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: cancel or unselect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: next or previous finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: add a region in the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings: edit the label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by action or key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the new key for {action}; Esc leaves it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture needs this key; choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} belongs to {action}. Take it away there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} belongs to {action} and stays there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceDialog</name>
    <message>
        <source>Add data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only where the data do not say it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
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
        <translation>
            <numerusform>%Ln second left</numerusform>
            <numerusform>%Ln seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%Ln minute left</numerusform>
            <numerusform>%Ln minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryBox</name>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length and tone of the summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Style of the summary</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TalkExportDialog</name>
    <message>
        <source>Export conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Also the %n branch(es) that are not on show</source>
        <translation>
            <numerusform>Also the %n branch that is not on show</numerusform>
            <numerusform>Also the %n branches that are not on show</numerusform>
        </translation>
    </message>
    <message>
        <source>Only answers marked as good or put right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations about all images of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One line for each question with its answer, for inspector train. The file must lie in a folder around the images. A line does not hold what was said before.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Task</name>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your words go to the model as they are, without a task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vqa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is there a defect on this part?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers a question about the image in words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>caption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe this part in one sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describes the image in a sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grounding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe what is wrong with this part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describes the image and draws a box around what it names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the scratch?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws a box around the one thing you name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>identify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is in this region?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says what the selected region shows. Select or draw a region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>detect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find all scratches, dents and stains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws a box around everything it finds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>extract</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the fields of this document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads the fields of a receipt, label or document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>summarize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summarize this document in three sentences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sums a document up in a few sentences.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TemperatureButton</name>
    <message>
        <source>T {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainPlot</name>
    <message>
        <source>Loss over steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainSamples</name>
    <message>
        <source>Answers to validation samples at step {step} (solid: found, dashed: true)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainStep</name>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes over the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The warm-up of {preset} steps does not fit: {steps} steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} of {steps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} at first, {best} at best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading data and loading the model. This may take some minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused. The model stays in memory; Go on takes it up at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping: the step under way is finished and saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausing after the step under way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished after {time}; the adapter {name} holds the weights of step {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ended early because validation got no better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped after step {step}. Resume goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was broken off. Resume goes on from the last saved step.</source>
        <translation type="unfinished"></translation>
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
<context>
    <name>VerdictBar</name>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason code that goes with your verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take your verdict back; the engine&apos;s counts again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your verdict: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not inspected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {person}: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overruled: {sign} {word} by {engine}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>Previous version of the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next version of the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {place} of {count} of the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous answer to this question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next answer to this question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer {place} of {count} to this question</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WayBar</name>
    <message>
        <source>Options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What goes with the question in this way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets: ways of asking kept by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Way of asking: {about}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Way of asking: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No preset yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WayStrip</name>
    <message>
        <source>Options of the way of asking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give two options or more, each in a line of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the fields, with commas between them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other engine found anything here yet; run one, or type it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add images with the right answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a question with its answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An example has no answer yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An example has no question yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say in your words how the answer should look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer in at most three words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the answer in your words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scratch
dent
no defect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Options, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shop, date, total — or a JSON schema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What other engines found comes here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context for the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regions, text, verdict and caption that are known of this image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the model a good part beside this one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_EditorDelegate</name>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_MessageRow</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{text} (%n times)</source>
        <translation>
            <numerusform>{text} (%Ln time)</numerusform>
            <numerusform>{text} (%Ln times)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Table</name>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
