<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountPage</name>
    <message numerus="yes">
        <source>about %Ln photos at ${0} for 1,000, before tax; then Tagdrop stops</source>
        <translation>
            <numerusform>about %Ln photo at ${0} for 1,000, before tax; then Tagdrop stops</numerusform>
            <numerusform>about %Ln photos at ${0} for 1,000, before tax; then Tagdrop stops</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more photos are free this month.</source>
        <translation>
            <numerusform>%Ln more photo is free this month.</numerusform>
            <numerusform>%Ln more photos are free this month.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackfillRow</name>
    <message numerus="yes">
        <source>%Ln photos have no labels.</source>
        <translation>
            <numerusform>%Ln photo has no labels.</numerusform>
            <numerusform>%Ln photos have no labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were put in the last hour and may be on their way.</source>
        <translation>
            <numerusform>%Ln was put in the last hour and may be on its way.</numerusform>
            <numerusform>%Ln were put in the last hour and may be on their way.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have been labelled.</source>
        <translation>
            <numerusform>%Ln photo has been labelled.</numerusform>
            <numerusform>%Ln photos have been labelled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ByHand</name>
    <message numerus="yes">
        <source>At most %Ln photos can be dragged at once.</source>
        <translation>
            <numerusform>At most %Ln photo can be dragged at once.</numerusform>
            <numerusform>At most %Ln photos can be dragged at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln photos can be opened at once.</source>
        <translation>
            <numerusform>At most %Ln photo can be opened at once.</numerusform>
            <numerusform>At most %Ln photos can be opened at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectedPage</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>%n more since then; the log has them.</source>
        <translation>
            <numerusform>%n more since then; the log has it.</numerusform>
            <numerusform>%n more since then; the log has them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoctorPage</name>
    <message numerus="yes">
        <source>%n things are wrong</source>
        <translation>
            <numerusform>%n thing is wrong</numerusform>
            <numerusform>%n things are wrong</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message numerus="yes">
        <source>Added “{0}” to %n photos</source>
        <translation>
            <numerusform>Added “{0}” to %n photo</numerusform>
            <numerusform>Added “{0}” to %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>add “{0}” to %n photos</source>
        <translation>
            <numerusform>add “{0}” to %n photo</numerusform>
            <numerusform>add “{0}” to %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed “{0}” from %n photos</source>
        <translation>
            <numerusform>Removed “{0}” from %n photo</numerusform>
            <numerusform>Removed “{0}” from %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>remove “{0}” from %n photos</source>
        <translation>
            <numerusform>remove “{0}” from %n photo</numerusform>
            <numerusform>remove “{0}” from %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirmed “{0}” on %n photos</source>
        <translation>
            <numerusform>Confirmed “{0}” on %n photo</numerusform>
            <numerusform>Confirmed “{0}” on %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confirm “{0}” on %n photos</source>
        <translation>
            <numerusform>confirm “{0}” on %n photo</numerusform>
            <numerusform>confirm “{0}” on %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unconfirmed “{0}” on %n photos</source>
        <translation>
            <numerusform>Unconfirmed “{0}” on %n photo</numerusform>
            <numerusform>Unconfirmed “{0}” on %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>unconfirm “{0}” on %n photos</source>
        <translation>
            <numerusform>unconfirm “{0}” on %n photo</numerusform>
            <numerusform>unconfirm “{0}” on %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirmed %n labels</source>
        <translation>
            <numerusform>Confirmed %n label</numerusform>
            <numerusform>Confirmed %n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confirm %n labels</source>
        <translation>
            <numerusform>confirm %n label</numerusform>
            <numerusform>confirm %n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed %n photos from favourites</source>
        <translation>
            <numerusform>Removed %n photo from favourites</numerusform>
            <numerusform>Removed %n photos from favourites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>remove %n photos from favourites</source>
        <translation>
            <numerusform>remove %n photo from favourites</numerusform>
            <numerusform>remove %n photos from favourites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %n photos to favourites</source>
        <translation>
            <numerusform>Added %n photo to favourites</numerusform>
            <numerusform>Added %n photos to favourites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>add %n photos to favourites</source>
        <translation>
            <numerusform>add %n photo to favourites</numerusform>
            <numerusform>add %n photos to favourites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reviewed %n photos</source>
        <translation>
            <numerusform>Reviewed %n photo</numerusform>
            <numerusform>Reviewed %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>review %n photos</source>
        <translation>
            <numerusform>review %n photo</numerusform>
            <numerusform>review %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed %n photos from Tagdrop, not from the disk</source>
        <translation>
            <numerusform>Removed %n photo from Tagdrop, not from the disk</numerusform>
            <numerusform>Removed %n photos from Tagdrop, not from the disk</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>remove %n photos from Tagdrop</source>
        <translation>
            <numerusform>remove %n photo from Tagdrop</numerusform>
            <numerusform>remove %n photos from Tagdrop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> · also applies to %n duplicates</source>
        <translation>
            <numerusform> · also applies to %n duplicate</numerusform>
            <numerusform> · also applies to %n duplicates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderKeeper</name>
    <message numerus="yes">
        <source>Found %n photos of “{0}” in “{1}”</source>
        <translation>
            <numerusform>Found %n photo of “{0}” in “{1}”</numerusform>
            <numerusform>Found %n photos of “{0}” in “{1}”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobSheet</name>
    <message numerus="yes">
        <source>%n photos to label</source>
        <translation>
            <numerusform>%n photo to label</numerusform>
            <numerusform>%n photos to label</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already labelled</source>
        <translation>
            <numerusform>%n already labelled</numerusform>
            <numerusform>%n already labelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the limit will stop it after about %Ln photos</source>
        <translation>
            <numerusform>the limit stops it after about one photo</numerusform>
            <numerusform>the limit stops it after about %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message numerus="yes">
        <source>%n less certain labels shown</source>
        <translation>
            <numerusform>%n less certain label shown</numerusform>
            <numerusform>%n less certain labels shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n less certain labels hidden</source>
        <translation>
            <numerusform>%n less certain label hidden</numerusform>
            <numerusform>%n less certain labels hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewsLine</name>
    <message numerus="yes">
        <source>%n new photos: show them</source>
        <translation>
            <numerusform>%n new photo: show it</numerusform>
            <numerusform>%n new photos: show them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NothingPage</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OlderLabels</name>
    <message numerus="yes">
        <source>%Ln photos were labelled by an older model. Label them again? ({0})</source>
        <translation>
            <numerusform>%Ln photo was labelled by an older model. Label it again? ({0})</numerusform>
            <numerusform>%Ln photos were labelled by an older model. Label them again? ({0})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassedOverWords</name>
    <message numerus="yes">
        <source>%n files of kinds that Tagdrop cannot read ({0})</source>
        <translation>
            <numerusform>%n file of a kind that Tagdrop cannot read ({0})</numerusform>
            <numerusform>%n files of kinds that Tagdrop cannot read ({0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are only online: download them first</source>
        <translation>
            <numerusform>%n photo is only online: download it first</numerusform>
            <numerusform>%n photos are only online: download them first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are not photos</source>
        <translation>
            <numerusform>%n file is not a photo</numerusform>
            <numerusform>%n files are not photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoFacts</name>
    <message numerus="yes">
        <source>%n duplicates</source>
        <translation>
            <numerusform>%n duplicate</numerusform>
            <numerusform>%n duplicates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message numerus="yes">
        <source>%n more jobs waiting</source>
        <translation>
            <numerusform>%n more job waiting</numerusform>
            <numerusform>%n more jobs waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n seconds</source>
        <translation>
            <numerusform>in %n second</numerusform>
            <numerusform>in %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minutes</source>
        <translation>
            <numerusform>in %n minute</numerusform>
            <numerusform>in %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadyPage</name>
    <message numerus="yes">
        <source>Label my %Ln photos with Amazon (about ${0})</source>
        <translation>
            <numerusform>Label my %Ln photo with Amazon (about ${0})</numerusform>
            <numerusform>Label my %Ln photos with Amazon (about ${0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %Ln sample photos (about ${0})</source>
        <translation>
            <numerusform>Label %Ln sample photo (about ${0})</numerusform>
            <numerusform>Label %Ln sample photos (about ${0})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rescans</name>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln no longer there</source>
        <translation>
            <numerusform>%Ln no longer there</numerusform>
            <numerusform>%Ln no longer there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetentionBox</name>
    <message numerus="yes">
        <source>days</source>
        <translation>
            <numerusform>day</numerusform>
            <numerusform>days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Amazon is still set to delete them after %n days.</source>
        <translation>
            <numerusform>Amazon is still set to delete them after a day.</numerusform>
            <numerusform>Amazon is still set to delete them after %n days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunDialog</name>
    <message numerus="yes">
        <source>%Ln photos needed no change.</source>
        <translation>
            <numerusform>%Ln photo needed no change.</numerusform>
            <numerusform>%Ln photos needed no change.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos were left out:</source>
        <translation>
            <numerusform>%Ln photo was left out:</numerusform>
            <numerusform>%Ln photos were left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message numerus="yes">
        <source>%Ln photos moved into folders</source>
        <translation>
            <numerusform>%Ln photo moved into folders</numerusform>
            <numerusform>%Ln photos moved into folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos copied into folders</source>
        <translation>
            <numerusform>%Ln photo copied into folders</numerusform>
            <numerusform>%Ln photos copied into folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>keywords kept up to date in %Ln photos</source>
        <translation>
            <numerusform>keywords kept up to date in %Ln photo</numerusform>
            <numerusform>keywords kept up to date in %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>keywords written to %Ln photos</source>
        <translation>
            <numerusform>keywords written to %Ln photo</numerusform>
            <numerusform>keywords written to %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keywords written to %Ln photos</source>
        <translation>
            <numerusform>Keywords written to %Ln photo</numerusform>
            <numerusform>Keywords written to %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln photos into folders</source>
        <translation>
            <numerusform>Moved %Ln photo into folders</numerusform>
            <numerusform>Moved %Ln photos into folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln photos into folders</source>
        <translation>
            <numerusform>Copied %Ln photo into folders</numerusform>
            <numerusform>Copied %Ln photos into folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message numerus="yes">
        <source>%Ln selected photos</source>
        <translation>
            <numerusform>%Ln selected photo</numerusform>
            <numerusform>%Ln selected photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos shown now</source>
        <translation>
            <numerusform>%Ln photo shown now</numerusform>
            <numerusform>%Ln photos shown now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photos</source>
        <translation>
            <numerusform>The one photo</numerusform>
            <numerusform>All %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SentBox</name>
    <message numerus="yes">
        <source>%Ln copies have been sent.</source>
        <translation>
            <numerusform>One copy has been sent.</numerusform>
            <numerusform>%Ln copies have been sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them may still be with Amazon ({0}).</source>
        <translation>
            <numerusform>One of them may still be with Amazon ({0}).</numerusform>
            <numerusform>%Ln of them may still be with Amazon ({0}).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies deleted so far…</source>
        <translation>
            <numerusform>%Ln copy deleted so far…</numerusform>
            <numerusform>%Ln copies deleted so far…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies deleted; the labels stay on this computer.</source>
        <translation>
            <numerusform>One copy deleted; the labels stay on this computer.</numerusform>
            <numerusform>%Ln copies deleted; the labels stay on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay for now: a job is still working on these photos.</source>
        <translation>
            <numerusform>One stays for now: a job is not done with this photo.</numerusform>
            <numerusform>%Ln stay for now: a job is not done with these photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are out of reach: they belong to another set-up.</source>
        <translation>
            <numerusform>One lies in another Amazon set-up than this one, out of reach.</numerusform>
            <numerusform>%Ln lie in another Amazon set-up than this one, out of reach.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableForm</name>
    <message numerus="yes">
        <source>Saved the labels of %Ln photos as {0}</source>
        <translation>
            <numerusform>Saved the labels of %Ln photo as {0}</numerusform>
            <numerusform>Saved the labels of %Ln photos as {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpToDate</name>
    <message numerus="yes">
        <source>Keywords of %Ln photos could not be kept up to date</source>
        <translation>
            <numerusform>Keywords of %Ln photo could not be kept up to date</numerusform>
            <numerusform>Keywords of %Ln photos could not be kept up to date</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry %n photos</source>
        <translation>
            <numerusform>Retry %n photo</numerusform>
            <numerusform>Retry %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n less certain labels hidden</source>
        <translation>
            <numerusform>%n less certain label hidden</numerusform>
            <numerusform>%n less certain labels hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos show none</source>
        <translation>
            <numerusform>%n photo shows none</numerusform>
            <numerusform>%n photos show none</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message numerus="yes">
        <source>%Ln new photos in {0}</source>
        <translation>
            <numerusform>%Ln new photo in {0}</numerusform>
            <numerusform>%Ln new photos in {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new photos are waiting</source>
        <translation>
            <numerusform>%Ln new photo is waiting</numerusform>
            <numerusform>%Ln new photos are waiting</numerusform>
        </translation>
    </message>
</context>
</TS>
