<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Licences and credits</source>
        <translation>Lizenzen und Urheber</translation>
    </message>
    <message>
        <source>Check for a newer version at startup</source>
        <translation>Beim Start nach einer neueren Version sehen</translation>
    </message>
    <message>
        <source>Save diagnostics…</source>
        <translation>Diagnose speichern …</translation>
    </message>
    <message>
        <source>For reporting a bug. You see everything before it is saved, and nothing is sent anywhere.</source>
        <translation>Für einen Bericht über einen Fehler im Programm. Sie sehen alles, bevor es gespeichert wird; es wird nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Labels what is in your photos. Free software under the GNU GPL, version 3.</source>
        <translation>Verschlagwortet, was auf Ihren Fotos ist. Freie Software unter der GNU GPL, Version 3.</translation>
    </message>
    <message>
        <source>Built with</source>
        <translation>Verwendete Software</translation>
    </message>
    <message>
        <source>The on-device model</source>
        <translation>Das Modell auf diesem Computer</translation>
    </message>
    <message>
        <source>The words that a search knows</source>
        <translation>Die Wörter, die eine Suche kennt</translation>
    </message>
    <message>
        <source>The sample photos</source>
        <translation>Die Beispielfotos</translation>
    </message>
</context>
<context>
    <name>AccountBox</name>
    <message>
        <source>Until removed</source>
        <translation>Bis zum Löschen</translation>
    </message>
    <message>
        <source>Days to keep labels in Amazon&apos;s table, 0 until they are removed</source>
        <translation>Tage, die Schlagwörter in Amazons Tabelle bleiben, 0 bis zum Löschen</translation>
    </message>
    <message>
        <source>No e-mail</source>
        <translation>Keine E-Mail</translation>
    </message>
    <message>
        <source>E-mail address for Amazon&apos;s alarm</source>
        <translation>E-Mail-Adresse für Amazons Warnung</translation>
    </message>
    <message>
        <source>Change at Amazon…</source>
        <translation>Bei Amazon ändern …</translation>
    </message>
    <message>
        <source>Days to keep labels in Amazon&apos;s table:</source>
        <translation>Tage, die Schlagwörter in Amazons Tabelle bleiben:</translation>
    </message>
    <message>
        <source>E-mail when the month costs more than the limit:</source>
        <translation>E-Mail, wenn der Monat mehr kostet als die Grenze:</translation>
    </message>
    <message>
        <source>Before tax. Amazon&apos;s other services add about {0} %.</source>
        <translation>Vor Steuern. Amazons andere Dienste kosten etwa {0} % zusätzlich.</translation>
    </message>
    <message>
        <source>Your account sets no limit.</source>
        <translation>Ihr Konto setzt keine Grenze.</translation>
    </message>
    <message>
        <source>Your account keeps this limit too, for all computers together: ${0} a month.</source>
        <translation>Auch Ihr Konto achtet auf diese Grenze, für alle Computer zusammen: {0} $ im Monat.</translation>
    </message>
    <message>
        <source>Your account&apos;s own limit, for all computers together, is ${0} a month.</source>
        <translation>Die eigene Grenze Ihres Kontos, für alle Computer zusammen, ist {0} $ im Monat.</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Monthly limit in dollars</source>
        <translation>Monatsgrenze in Dollar</translation>
    </message>
    <message>
        <source>This account does not allow users</source>
        <translation>Dieses Konto erlaubt keine Benutzer</translation>
    </message>
    <message>
        <source>Show the technical details</source>
        <translation>Technische Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>How to opt out</source>
        <translation>So lässt sich widersprechen</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Location:</source>
        <translation>Standort:</translation>
    </message>
    <message>
        <source>Monthly limit:</source>
        <translation>Monatsgrenze:</translation>
    </message>
    <message>
        <source>What will be created in your Amazon account</source>
        <translation>Was in Ihrem Amazon-Konto angelegt wird</translation>
    </message>
    <message>
        <source>Storage for copies of photos, each deleted once its labels are here</source>
        <translation>Speicher für Kopien von Fotos; jede wird gelöscht, sobald ihre Schlagwörter hier sind</translation>
    </message>
    <message>
        <source>A table for the labels and the files&apos; names, kept until you remove it</source>
        <translation>Eine Tabelle für die Schlagwörter und die Dateinamen, die bleibt, bis Sie sie löschen</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln photos at ${0} for 1,000, before tax; then Tagdrop stops</source>
        <translation>
            <numerusform>etwa ein Foto, bei {0} $ für 1.000, vor Steuern; dann hört Tagdrop auf</numerusform>
            <numerusform>etwa %Ln Fotos, bei {0} $ für 1.000, vor Steuern; dann hört Tagdrop auf</numerusform>
        </translation>
    </message>
    <message>
        <source>A small program that runs when a copy arrives</source>
        <translation>Ein kleines Programm, das von selbst startet, wenn eine Kopie ankommt</translation>
    </message>
    <message>
        <source>A key for Tagdrop that allows nothing else</source>
        <translation>Ein Schlüssel für Tagdrop, der nur das kann</translation>
    </message>
    <message>
        <source>It costs nothing while idle, and one button removes it all. Amazon may keep photos it has analysed to improve its service, also in another region, unless the account opts out, which needs AWS Organizations.</source>
        <translation>Es kostet nichts, solange es nichts tut, und ein Knopf löscht alles wieder. Amazon darf Fotos, die es angesehen hat, behalten, um seinen Dienst zu verbessern, auch in einer anderen Region, es sei denn, das Konto widerspricht; dafür braucht es AWS Organizations.</translation>
    </message>
    <message>
        <source>You are no longer signed in to account {0}</source>
        <translation>Sie sind nicht mehr beim Konto {0} angemeldet</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Signed in to account {0}</source>
        <translation>Angemeldet beim Konto {0}</translation>
    </message>
    <message>
        <source>No key: your profile “{0}” labels the photos</source>
        <translation>Kein Schlüssel: Die Fotos werden mit Ihrem Profil „{0}“ verschlagwortet</translation>
    </message>
    <message>
        <source>The account has ${0} of credit left.</source>
        <translation>Das Konto hat noch {0} $ Guthaben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more photos are free this month.</source>
        <translation>
            <numerusform>%Ln weiteres Foto ist diesen Monat frei.</numerusform>
            <numerusform>%Ln weitere Fotos sind diesen Monat frei.</numerusform>
        </translation>
    </message>
    <message>
        <source>Amazon labels up to {0} photos a second there.</source>
        <translation>Amazon verschlagwortet dort bis zu {0} Fotos in der Sekunde.</translation>
    </message>
</context>
<context>
    <name>AddLabel</name>
    <message>
        <source>Add a label…</source>
        <translation>Schlagwort hinzufügen …</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
</context>
<context>
    <name>Adding</name>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Dragging photos here may not work</source>
        <translation>Vielleicht lassen sich keine Fotos hierher ziehen</translation>
    </message>
    <message>
        <source>Tagdrop is running as administrator, so Windows blocks dragging from other programs. Use Add photos, or restart Tagdrop normally.</source>
        <translation>Tagdrop läuft als Administrator, und Windows sperrt dann, was aus anderen Programmen hierher gezogen wird. Nutzen Sie „Fotos hinzufügen“ oder starten Sie Tagdrop wie gewöhnlich.</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>Fotos hinzufügen …</translation>
    </message>
    <message>
        <source>There are no photos to paste</source>
        <translation>Es gibt keine Fotos zum Einfügen</translation>
    </message>
    <message>
        <source>Copy photos or folders in your file manager, or a picture from anywhere, and paste again.</source>
        <translation>Kopieren Sie Fotos oder Ordner in der Dateiverwaltung oder irgendwo ein Bild und fügen Sie erneut ein.</translation>
    </message>
    <message>
        <source>That does not contain a picture</source>
        <translation>Das enthält kein Bild</translation>
    </message>
    <message>
        <source>Fetching a picture from {0}…</source>
        <translation>Ein Bild von {0} wird geholt …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saved as {0} in {1}</source>
        <translation>Gespeichert als {0} in {1}</translation>
    </message>
</context>
<context>
    <name>AmazonSide</name>
    <message>
        <source>Something is not finished at Amazon</source>
        <translation>Bei Amazon ist etwas nicht fertig</translation>
    </message>
    <message>
        <source>Tagdrop was closed before this finished. Amazon carried on without it.</source>
        <translation>Tagdrop wurde vorher geschlossen. Amazon hat ohne es weitergemacht.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>less than 1 cent</source>
        <translation>weniger als 1 Cent</translation>
    </message>
    <message>
        <source>${0}</source>
        <translation>{0} $</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Restart to change language.</source>
        <translation>Zum Ändern der Sprache neu starten.</translation>
    </message>
</context>
<context>
    <name>BackfillRow</name>
    <message>
        <source>Labels photos that another program put into the storage.</source>
        <translation>Verschlagwortet Fotos, die ein anderes Programm in den Speicher gelegt hat.</translation>
    </message>
    <message>
        <source>Label the storage…</source>
        <translation>Verschlagworten …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Looking for photos without labels…</source>
        <translation>Fotos ohne Schlagwörter werden gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have no labels.</source>
        <translation>
            <numerusform>%Ln Foto hat keine Schlagwörter.</numerusform>
            <numerusform>%Ln Fotos haben keine Schlagwörter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Labelling them costs about ${0} before tax.</source>
        <translation>Sie zu verschlagworten kostet etwa {0} $ vor Steuern.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln were put in the last hour and may be on their way.</source>
        <translation>
            <numerusform>%Ln wurde in der letzten Stunde abgelegt und ist vielleicht unterwegs.</numerusform>
            <numerusform>%Ln wurden in der letzten Stunde abgelegt und sind vielleicht unterwegs.</numerusform>
        </translation>
    </message>
    <message>
        <source>Label them</source>
        <translation>Verschlagworten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have been labelled.</source>
        <translation>
            <numerusform>%Ln Foto wurde verschlagwortet.</numerusform>
            <numerusform>%Ln Fotos wurden verschlagwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} labelled</source>
        <translation>{0} von {1} verschlagwortet</translation>
    </message>
    <message>
        <source>Stopped. What was begun is still labelled.</source>
        <translation>Angehalten. Was begonnen wurde, wird noch verschlagwortet.</translation>
    </message>
</context>
<context>
    <name>ByHand</name>
    <message numerus="yes">
        <source>At most %Ln photos can be dragged at once.</source>
        <translation>
            <numerusform>Höchstens %Ln Foto lässt sich auf einmal ziehen.</numerusform>
            <numerusform>Höchstens %Ln Fotos lassen sich auf einmal ziehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No program opens “{0}”</source>
        <translation>Kein Programm öffnet „{0}“</translation>
    </message>
    <message>
        <source>Choose one in your system&apos;s settings, or with “Open with…”.</source>
        <translation>Wählen Sie eines in den Einstellungen Ihres Systems oder mit „Öffnen mit …“.</translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation>Programm wählen</translation>
    </message>
    <message>
        <source>Programs (*.app)</source>
        <translation>Programme (*.app)</translation>
    </message>
    <message>
        <source>This system has no dialog to choose a program. Drag the photo instead.</source>
        <translation>Dieses System hat keinen Dialog, um ein Programm zu wählen. Zieh das Foto stattdessen hinüber.</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln photos can be opened at once.</source>
        <translation>
            <numerusform>Höchstens %Ln Foto lässt sich auf einmal öffnen.</numerusform>
            <numerusform>Höchstens %Ln Fotos lassen sich auf einmal öffnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{0}” is not there</source>
        <translation>„{0}“ ist nicht da</translation>
    </message>
    <message>
        <source>The photo is, or was, at {0}</source>
        <translation>Das Foto liegt oder lag unter {0}</translation>
    </message>
</context>
<context>
    <name>CodeBox</name>
    <message>
        <source>Open Amazon&apos;s page</source>
        <translation>Amazons Seite öffnen</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Code from Amazon&apos;s page</source>
        <translation>Code von Amazons Seite</translation>
    </message>
    <message>
        <source>Use this code</source>
        <translation>Diesen Code verwenden</translation>
    </message>
    <message>
        <source>Sign in on Amazon&apos;s page, here or on another device, then paste the code that it shows.</source>
        <translation>Melden Sie sich auf Amazons Seite an, hier oder auf einem anderen Gerät, und fügen Sie dann den Code ein, den sie zeigt.</translation>
    </message>
</context>
<context>
    <name>ComputerPage</name>
    <message>
        <source>Creating a key</source>
        <translation>Ein Schlüssel wird erstellt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Add another computer</source>
        <translation>Weiteren Computer verbinden</translation>
    </message>
    <message>
        <source>Tagdrop creates another key for the same labelling service and saves it in a file. Drop the file on Tagdrop&apos;s window on the other computer.</source>
        <translation>Tagdrop erstellt einen weiteren Schlüssel für denselben Schlagwortdienst und schreibt ihn in eine Datei. Ziehen Sie die Datei auf dem anderen Computer in das Fenster von Tagdrop.</translation>
    </message>
    <message>
        <source>Choose a passphrase of at least 8 characters and pass it on separately from the file. Anyone who has both can label with your account.</source>
        <translation>Wählen Sie ein Kennwort aus mindestens 8 Zeichen und geben Sie es getrennt von der Datei weiter. Wer beides hat, kann mit Ihrem Konto verschlagworten.</translation>
    </message>
    <message>
        <source>Passphrase:</source>
        <translation>Kennwort:</translation>
    </message>
    <message>
        <source>Repeat:</source>
        <translation>Noch einmal:</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Repeat passphrase</source>
        <translation>Kennwort noch einmal</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Gespeichert als {0}.</translation>
    </message>
    <message>
        <source>Save the connection file</source>
        <translation>Verbindungsdatei speichern</translation>
    </message>
    <message>
        <source>The passphrases do not match.</source>
        <translation>Die Kennwörter stimmen nicht überein.</translation>
    </message>
    <message>
        <source>Save the connection file…</source>
        <translation>Verbindungsdatei speichern …</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
</context>
<context>
    <name>ConfidenceSlider</name>
    <message>
        <source>How sure a label must be, in per cent</source>
        <translation>Wie sicher ein Schlagwort sein muss, in Prozent</translation>
    </message>
</context>
<context>
    <name>ConnectedPage</name>
    <message>
        <source>Monthly limit in dollars</source>
        <translation>Monatsgrenze in Dollar</translation>
    </message>
    <message>
        <source>Price of 1,000 photos in dollars</source>
        <translation>Preis für 1.000 Fotos in Dollar</translation>
    </message>
    <message>
        <source>Update now</source>
        <translation>Jetzt aktualisieren</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>New key…</source>
        <translation>Neuer Schlüssel …</translation>
    </message>
    <message>
        <source>Add another computer…</source>
        <translation>Weiteren Computer verbinden …</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
    <message>
        <source>Remove from this computer…</source>
        <translation>Von diesem Computer entfernen …</translation>
    </message>
    <message>
        <source>Delete everything from Amazon…</source>
        <translation>Alles bei Amazon löschen …</translation>
    </message>
    <message>
        <source>Amazon is set up</source>
        <translation>Amazon ist eingerichtet</translation>
    </message>
    <message>
        <source>The labelling service is up to date.</source>
        <translation>Der Schlagwortdienst ist auf dem neuesten Stand.</translation>
    </message>
    <message>
        <source>A newer version of the labelling service is available.</source>
        <translation>Es gibt eine neuere Fassung des Schlagwortdienstes.</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>Konto:</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Checking for a newer version…</source>
        <translation>Es wird nach einer neueren Fassung gesehen …</translation>
    </message>
    <message>
        <source>Location:</source>
        <translation>Standort:</translation>
    </message>
    <message>
        <source>This month:</source>
        <translation>Diesen Monat:</translation>
    </message>
    <message>
        <source>Monthly limit:</source>
        <translation>Monatsgrenze:</translation>
    </message>
    <message>
        <source>Price of 1,000 photos:</source>
        <translation>Preis für 1.000 Fotos:</translation>
    </message>
    <message>
        <source>Checks each part and labels one test photo.</source>
        <translation>Sieht jeden Teil an und verschlagwortet ein Testfoto.</translation>
    </message>
    <message>
        <source>Creates a key and a connection file for it.</source>
        <translation>Erstellt einen Schlüssel dafür und eine Datei zum Verbinden.</translation>
    </message>
    <message>
        <source>Replaces this computer&apos;s key.</source>
        <translation>Ersetzt den Schlüssel dieses Computers.</translation>
    </message>
    <message>
        <source>The full template and permissions.</source>
        <translation>Die Vorlage und die Rechte im Wortlaut.</translation>
    </message>
    <message>
        <source>Nothing changes at Amazon, and your labels stay here.</source>
        <translation>Bei Amazon ändert sich nichts, und Ihre Schlagwörter bleiben hier.</translation>
    </message>
    <message>
        <source>Nothing is left at Amazon; your labels stay here.</source>
        <translation>Bei Amazon bleibt nichts zurück; Ihre Schlagwörter bleiben hier.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1} of ${2}</source>
        <translation>{0}, {1} von {2} $</translation>
    </message>
    <message>
        <source>The labelling service was set up by a newer Tagdrop: update this one.</source>
        <translation>Der Schlagwortdienst stammt von einem neueren Tagdrop: Aktualisieren Sie dieses.</translation>
    </message>
    <message>
        <source>The labelling service cannot be reached right now.</source>
        <translation>Der Schlagwortdienst ist gerade nicht erreichbar.</translation>
    </message>
</context>
<context>
    <name>ConnectionFilePage</name>
    <message>
        <source>This computer is already connected. It will switch to the service in the file; the one it uses now stays in its Amazon account.</source>
        <translation>Dieser Computer ist schon verbunden. Er verwendet dann den Dienst aus der Datei; der bisherige bleibt in seinem Amazon-Konto.</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindung wird hergestellt</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Use a connection file</source>
        <translation>Verbindungsdatei verwenden</translation>
    </message>
    <message>
        <source>Drop the connection file (its name ends in .tagdrop) on the window, or choose it. The passphrase is the one chosen on the other computer.</source>
        <translation>Ziehen Sie die Verbindungsdatei (ihr Name endet auf .tagdrop) in das Fenster oder wählen Sie sie. Das Kennwort ist das, das auf dem anderen Computer gewählt wurde.</translation>
    </message>
    <message>
        <source>Passphrase:</source>
        <translation>Kennwort:</translation>
    </message>
    <message>
        <source>Choose the connection file</source>
        <translation>Verbindungsdatei wählen</translation>
    </message>
    <message>
        <source>No file chosen.</source>
        <translation>Keine Datei gewählt.</translation>
    </message>
</context>
<context>
    <name>CopyView</name>
    <message>
        <source>The copy that was sent</source>
        <translation>Die gesendete Kopie</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>{0}, sent on {1}</source>
        <translation>{0}, gesendet am {1}</translation>
    </message>
    <message>
        <source>stored in {0} as {1}</source>
        <translation>gespeichert in {0} als {1}</translation>
    </message>
    <message>
        <source>deleted by you on {0}</source>
        <translation>von Ihnen gelöscht am {0}</translation>
    </message>
    <message>
        <source>deleted by Amazon on {0}</source>
        <translation>von Amazon gelöscht am {0}</translation>
    </message>
    <message>
        <source>Amazon&apos;s answer was lost: the copy may not have arrived.</source>
        <translation>Amazons Antwort ging verloren: Vielleicht ist die Kopie nicht angekommen.</translation>
    </message>
    <message>
        <source>Loading the exact copy…</source>
        <translation>Die genaue Kopie wird geladen …</translation>
    </message>
    <message>
        <source>This is exactly what was sent: {0} × {1} pixels, with no location, date or camera details.</source>
        <translation>Genau das wurde gesendet: {0} × {1} Pixel, ohne Angaben zu Ort, Datum oder Kamera.</translation>
    </message>
    <message>
        <source>The photo or Tagdrop has changed since. This is what would be sent today: {0} × {1} pixels.</source>
        <translation>Das Foto oder Tagdrop hat sich seitdem geändert. Das würde heute gesendet: {0} × {1} Pixel.</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>use this profile</source>
        <translation>dieses Profil zu verwenden</translation>
    </message>
    <message>
        <source>Amazon&apos;s answer to the attempt to {act} makes no sense</source>
        <translation>Amazons Antwort auf den Versuch, {act}, ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>Amazon&apos;s tools say: {reason}</source>
        <translation>Amazons Werkzeuge sagen: {reason}</translation>
    </message>
    <message>
        <source>Amazon refused the attempt to {act}</source>
        <translation>Amazon hat den Versuch abgelehnt, {act}</translation>
    </message>
    <message>
        <source>Amazon says: {reason}</source>
        <translation>Amazon sagt: {reason}</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} minutes off</source>
        <translation>Die Uhr dieses Computers geht um {minutes} Minuten falsch</translation>
    </message>
    <message>
        <source>Set its time, then try again.</source>
        <translation>Stellen Sie die Uhr und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This user may not {act}</source>
        <translation>Dieser Benutzer hat nicht das Recht, {act}</translation>
    </message>
    <message>
        <source>Sign in as the account&apos;s owner, or ask for the permission.</source>
        <translation>Melden Sie sich als Inhaber des Kontos an oder bitten Sie um das Recht dazu.</translation>
    </message>
    <message>
        <source>Amazon says: {reason}.</source>
        <translation>Amazon sagt: {reason}.</translation>
    </message>
    <message>
        <source>Amazon does not know this key</source>
        <translation>Amazon kennt diesen Schlüssel nicht</translation>
    </message>
    <message>
        <source>The secret does not match the key id</source>
        <translation>Der geheime Schlüssel passt nicht zur Schlüssel-ID</translation>
    </message>
    <message>
        <source>It has 40 characters; check its end.</source>
        <translation>Der geheime Schlüssel hat 40 Zeichen; prüfen Sie, ob das Ende fehlt.</translation>
    </message>
    <message>
        <source>You were signed out for safety</source>
        <translation>Zur Sicherheit wurden Sie abgemeldet</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Melden Sie sich noch einmal an.</translation>
    </message>
    <message>
        <source>The labelling service was removed from the Amazon account</source>
        <translation>Der Schlagwortdienst wurde aus dem Amazon-Konto entfernt</translation>
    </message>
    <message>
        <source>Your labels are safe here, and the photos are waiting. Set it up again to continue.</source>
        <translation>Ihre Schlagwörter sind hier sicher; die Fotos warten. Richten Sie ihn neu ein, um weiterzumachen.</translation>
    </message>
    <message>
        <source>Amazon is still activating the new account</source>
        <translation>Amazon schaltet das neue Konto noch frei</translation>
    </message>
    <message>
        <source>Amazon is busy</source>
        <translation>Amazon ist ausgelastet</translation>
    </message>
    <message>
        <source>Slowed down; nothing is lost.</source>
        <translation>Es geht langsamer weiter; nichts geht verloren.</translation>
    </message>
    <message>
        <source>Tagdrop, a program that labels photos through our own Amazon account, was not allowed to {act}. A rule of our organisation forbids it, so no permission in the account can help. Amazon says: {reason}</source>
        <translation>Tagdrop, ein Programm, das Fotos über unser eigenes Amazon-Konto verschlagwortet, durfte Folgendes nicht: {act}. Eine Regel unserer Organisation verbietet es, so dass kein Recht des Kontos hilft. Amazon sagt: {reason}</translation>
    </message>
    <message>
        <source>This computer&apos;s key may not {act}</source>
        <translation>Der Schlüssel dieses Computers hat nicht das Recht, {act}</translation>
    </message>
    <message>
        <source>Something was changed in the Amazon account. Repair the labelling service; your labels are safe.</source>
        <translation>Im Amazon-Konto wurde etwas geändert. Reparieren Sie den Schlagwortdienst; Ihre Schlagwörter sind sicher.</translation>
    </message>
    <message>
        <source>The account has reached its limit of {what}</source>
        <translation>Das Konto hat seine Grenze erreicht: {what}</translation>
    </message>
    <message>
        <source>Delete some that are no longer needed, or ask Amazon for more. Amazon says: {reason}.</source>
        <translation>Löschen Sie einige, die nicht mehr gebraucht werden, oder bitten Sie Amazon um mehr. Amazon sagt: {reason}.</translation>
    </message>
    <message>
        <source>keys for one user</source>
        <translation>Schlüssel für einen Benutzer</translation>
    </message>
    <message>
        <source>storage places</source>
        <translation>Speicherplätze</translation>
    </message>
    <message>
        <source>stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>functions</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>It may have been deleted, or a character may be missing: a key id has 20 characters and starts with AKIA.</source>
        <translation>Vielleicht wurde er gelöscht, oder ein Zeichen fehlt: Eine Schlüssel-ID hat 20 Zeichen und beginnt mit AKIA.</translation>
    </message>
    <message>
        <source>No key for Amazon was found</source>
        <translation>Es wurde kein Schlüssel für Amazon gefunden</translation>
    </message>
    <message>
        <source>Sign in, or name a profile that has one. Amazon&apos;s tools say: {reason}</source>
        <translation>Melden Sie sich an oder nennen Sie ein Profil, das einen hat. Amazons Werkzeuge sagen: {reason}</translation>
    </message>
    <message>
        <source>Sign in, or name a profile that has one.</source>
        <translation>Melden Sie sich an oder nennen Sie ein Profil, das einen hat.</translation>
    </message>
    <message>
        <source>Amazon&apos;s location is missing</source>
        <translation>Der Standort bei Amazon fehlt</translation>
    </message>
    <message>
        <source>Name it with --region, for example eu-central-1.</source>
        <translation>Nennen Sie ihn mit --region, zum Beispiel eu-central-1.</translation>
    </message>
    <message>
        <source>This usually takes minutes, at most a day. Then continue here.</source>
        <translation>Das dauert meist Minuten und höchstens einen Tag. Danach geht es hier weiter.</translation>
    </message>
    <message>
        <source>Amazon was too busy</source>
        <translation>Amazon war zu sehr ausgelastet</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>Versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Cannot reach Amazon</source>
        <translation>Amazon ist nicht zu erreichen</translation>
    </message>
    <message>
        <source>Check the connection and try again.</source>
        <translation>Prüfen Sie die Verbindung und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Amazon is having problems</source>
        <translation>Bei Amazon gibt es eine Störung</translation>
    </message>
    <message>
        <source>Try again; nothing is lost.</source>
        <translation>Versuchen Sie es noch einmal; nichts geht verloren.</translation>
    </message>
    <message>
        <source>The account has reached a limit</source>
        <translation>Das Konto hat eine Grenze erreicht</translation>
    </message>
    <message>
        <source>Your company does not allow this</source>
        <translation>Ihre Firma erlaubt das nicht</translation>
    </message>
    <message>
        <source>Its rules for Amazon accounts do not allow you to {act}. Ask your IT department.</source>
        <translation>Die Regeln Ihrer Firma für Amazon-Konten erlauben es nicht, {act}. Fragen Sie die IT-Abteilung.</translation>
    </message>
    <message>
        <source>Sign in as the account&apos;s owner, or ask for the permission. The missing permission is {permission}.</source>
        <translation>Melden Sie sich als Inhaber des Kontos an oder bitten Sie um das Recht dazu. Das fehlende Recht heißt {permission}.</translation>
    </message>
    <message>
        <source>Amazon gave no reason.</source>
        <translation>Amazon hat keinen Grund genannt.</translation>
    </message>
    <message>
        <source>Amazon&apos;s answer was damaged on the way</source>
        <translation>Amazons Antwort wurde unterwegs beschädigt</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong</source>
        <translation>Die Uhr dieses Computers geht falsch</translation>
    </message>
    <message>
        <source>You are signed in as the account&apos;s owner. Tagdrop uses this only for set-up: it creates a labelling-only key for itself and keeps nothing of the owner&apos;s.</source>
        <translation>Sie sind als Inhaber des Kontos angemeldet. Tagdrop nutzt das nur für die Einrichtung, macht sich einen Schlüssel nur zum Verschlagworten und behält nichts vom Inhaber.</translation>
    </message>
    <message>
        <source>This is the account owner&apos;s key, which can do everything. Tagdrop uses it only for set-up and does not keep it. Amazon advises against having such a key; you can delete it afterwards.</source>
        <translation>Dieser Schlüssel gehört dem Inhaber des Kontos und darf alles. Tagdrop nutzt ihn nur für die Einrichtung und behält ihn nicht. Amazon rät davon ab, einen solchen Schlüssel zu haben; danach kann er gelöscht werden.</translation>
    </message>
    <message>
        <source>look at the app&apos;s keys</source>
        <translation>die Schlüssel des Programms anzusehen</translation>
    </message>
    <message>
        <source>create a key for the app</source>
        <translation>einen Schlüssel für das Programm zu erstellen</translation>
    </message>
    <message>
        <source>delete one of the app&apos;s keys</source>
        <translation>einen Schlüssel des Programms zu löschen</translation>
    </message>
    <message>
        <source>reach Amazon</source>
        <translation>Amazon zu erreichen</translation>
    </message>
    <message>
        <source>check the labelling service</source>
        <translation>den Schlagwortdienst zu prüfen</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Nicht versucht</translation>
    </message>
    <message>
        <source>Something it depends on is not working.</source>
        <translation>Etwas, worauf es angewiesen ist, funktioniert nicht.</translation>
    </message>
    <message>
        <source>This computer&apos;s own key cannot check this</source>
        <translation>Der Schlüssel dieses Computers kann das nicht prüfen</translation>
    </message>
    <message>
        <source>Sign in to check it.</source>
        <translation>Melden Sie sich an, um es zu prüfen.</translation>
    </message>
    <message>
        <source>The labelling service is in account {ours}, the key in {theirs}. Sign in to the first to get a key for it.</source>
        <translation>Der Schlagwortdienst ist im Konto {ours}, der Schlüssel in {theirs}. Melden Sie sich beim ersten an, um einen Schlüssel dafür zu bekommen.</translation>
    </message>
    <message>
        <source>The labelling service is not complete</source>
        <translation>Der Schlagwortdienst ist nicht vollständig</translation>
    </message>
    <message>
        <source>Repair it: what is still there is reused or removed.</source>
        <translation>Reparieren Sie ihn; was von ihm da ist, wird verwendet oder weggeräumt.</translation>
    </message>
    <message>
        <source>The labelling service was set up again after this computer was connected</source>
        <translation>Der Schlagwortdienst wurde neu eingerichtet, seit dieser Computer verbunden wurde</translation>
    </message>
    <message>
        <source>Repair the connection; your labels are safe.</source>
        <translation>Reparieren Sie die Verbindung; Ihre Schlagwörter sind sicher.</translation>
    </message>
    <message>
        <source>Amazon did not say what time it is</source>
        <translation>Amazon hat nicht gesagt, wie spät es ist</translation>
    </message>
    <message>
        <source>{part} is missing</source>
        <translation>{part} fehlt</translation>
    </message>
    <message>
        <source>Someone deleted or changed it in the Amazon account. Repair the labelling service; your labels are safe.</source>
        <translation>Jemand hat es im Amazon-Konto gelöscht oder geändert. Reparieren Sie den Schlagwortdienst; Ihre Schlagwörter sind sicher.</translation>
    </message>
    <message>
        <source>Set it up to continue: what is still there is reused or removed.</source>
        <translation>Richten Sie ihn ein, um weiterzumachen; was von ihm da ist, wird verwendet oder weggeräumt.</translation>
    </message>
    <message>
        <source>This is not a Tagdrop connection file</source>
        <translation>Das ist keine Verbindungsdatei von Tagdrop</translation>
    </message>
    <message>
        <source>To create one, choose &quot;Add another computer&quot; in the settings of Tagdrop on the other computer.</source>
        <translation>Eine solche Datei macht „Weiteren Computer verbinden …“ in den Einstellungen des anderen Tagdrop.</translation>
    </message>
    <message>
        <source>This connection file is damaged</source>
        <translation>Diese Verbindungsdatei ist beschädigt</translation>
    </message>
    <message>
        <source>Copy it again from the other computer, or make a new one there.</source>
        <translation>Kopieren Sie sie noch einmal vom anderen Computer oder machen Sie dort eine neue.</translation>
    </message>
    <message>
        <source>The passphrase is too short</source>
        <translation>Das Kennwort ist zu kurz</translation>
    </message>
    <message>
        <source>Use at least {count} characters.</source>
        <translation>Nehmen Sie mindestens {count} Zeichen.</translation>
    </message>
    <message>
        <source>This file was made by a newer Tagdrop</source>
        <translation>Diese Datei stammt von einem neueren Tagdrop</translation>
    </message>
    <message>
        <source>Update Tagdrop on this computer, then open the file again.</source>
        <translation>Aktualisieren Sie Tagdrop auf diesem Computer und öffnen Sie die Datei dann noch einmal.</translation>
    </message>
    <message>
        <source>Wrong passphrase</source>
        <translation>Falsches Kennwort</translation>
    </message>
    <message>
        <source>Type the one chosen when the file was created.</source>
        <translation>Geben Sie das ein, das beim Erstellen der Datei gewählt wurde.</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Die Datei kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>{path}: {reason}</source>
        <translation>{path}: {reason}</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>Die Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>read the list of failed attempts</source>
        <translation>die Liste der fehlgeschlagenen Versuche zu lesen</translation>
    </message>
    <message>
        <source>have a photo labelled</source>
        <translation>ein Foto verschlagworten lassen</translation>
    </message>
    <message>
        <source>This labelling service has no keys</source>
        <translation>Dieser Schlagwortdienst hat keine Schlüssel</translation>
    </message>
    <message>
        <source>It was set up for a company that allows no users with keys. On each computer, label with a profile of your own: in a terminal, tagdrop aws join --profile NAME.</source>
        <translation>Er wurde für ein Unternehmen eingerichtet, das keine Benutzer mit Schlüsseln erlaubt. Verwenden Sie auf jedem Computer ein eigenes Profil: im Terminal tagdrop aws join --profile NAME.</translation>
    </message>
    <message>
        <source>Photos that Amazon could not label in any attempt: {count}</source>
        <translation>Fotos, die Amazon in keinem Versuch verschlagworten konnte: {count}</translation>
    </message>
    <message>
        <source>This does not contain the outputs of a labelling service</source>
        <translation>Darin stehen nicht die Ausgaben eines Schlagwortdienstes</translation>
    </message>
    <message>
        <source>It must be what &quot;aws cloudformation describe-stacks --stack-name NAME&quot; prints of the service.</source>
        <translation>Es muss das sein, was „aws cloudformation describe-stacks --stack-name NAME“ von dem Dienst ausgibt.</translation>
    </message>
    <message>
        <source>This does not contain an Amazon key</source>
        <translation>Darin ist kein Schlüssel von Amazon</translation>
    </message>
    <message>
        <source>Amazon&apos;s key file is small and contains an access key id, which starts with AKIA, and a secret.</source>
        <translation>Die Datei von Amazon ist klein und enthält eine Schlüssel-ID, die mit AKIA beginnt, und einen geheimen Schlüssel.</translation>
    </message>
    <message>
        <source>The key is missing</source>
        <translation>Der Schlüssel fehlt</translation>
    </message>
    <message>
        <source>Paste the access key id, which starts with AKIA, and its secret.</source>
        <translation>Fügen Sie die Schlüssel-ID ein, die mit AKIA beginnt, und den geheimen Schlüssel dazu.</translation>
    </message>
    <message>
        <source>This contains {count} keys</source>
        <translation>Darin sind {count} Schlüssel</translation>
    </message>
    <message>
        <source>Tagdrop needs just one. Paste only the lines for the user who is to set up the service.</source>
        <translation>Tagdrop braucht einen. Fügen Sie die Zeilen des Benutzers ein, der den Dienst einrichten darf.</translation>
    </message>
    <message>
        <source>The key id has {count} characters</source>
        <translation>Die Schlüssel-ID hat {count} Zeichen</translation>
    </message>
    <message>
        <source>It must have {expected} and start with AKIA. Copy it again.</source>
        <translation>Sie muss {expected} haben und mit AKIA beginnen. Kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>This key expires after a few hours</source>
        <translation>Dieser Schlüssel gilt nur für einige Stunden</translation>
    </message>
    <message>
        <source>It starts with ASIA. Make an access key, which starts with AKIA, or sign in with the browser.</source>
        <translation>Er beginnt mit ASIA. Erstellen Sie einen Zugriffsschlüssel, der mit AKIA beginnt, oder melden Sie sich mit dem Browser an.</translation>
    </message>
    <message>
        <source>The key&apos;s secret is missing</source>
        <translation>Der geheime Schlüssel fehlt</translation>
    </message>
    <message>
        <source>Amazon shows it only when a key is created. Copy it then, or create a new key.</source>
        <translation>Amazon zeigt ihn nur, wenn ein Schlüssel erstellt wird. Kopieren Sie ihn dort oder erstellen Sie einen neuen Schlüssel.</translation>
    </message>
    <message>
        <source>The secret has {count} characters</source>
        <translation>Der geheime Schlüssel hat {count} Zeichen</translation>
    </message>
    <message>
        <source>It must have {expected}. Check its end and copy it again.</source>
        <translation>Er muss {expected} haben. Prüfen Sie das Ende und kopieren Sie ihn noch einmal.</translation>
    </message>
    <message>
        <source>Amazon did not sign you in</source>
        <translation>Amazon hat Sie nicht angemeldet</translation>
    </message>
    <message>
        <source>Try again, or sign in another way. Amazon says: {reason}</source>
        <translation>Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg. Amazon sagt: {reason}</translation>
    </message>
    <message>
        <source>The sign-in was not allowed</source>
        <translation>Die Anmeldung wurde nicht erlaubt</translation>
    </message>
    <message>
        <source>Choose Allow on Amazon&apos;s page, or sign in another way.</source>
        <translation>Wählen Sie auf der Seite von Amazon „Zulassen“ oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>The browser cannot reach Tagdrop</source>
        <translation>Der Browser erreicht Tagdrop nicht</translation>
    </message>
    <message>
        <source>This computer does not allow connections to itself (127.0.0.1): {reason}. Sign in another way.</source>
        <translation>Dieser Computer erlaubt keine Verbindung zu sich selbst (127.0.0.1): {reason}. Nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>No answer came from the browser</source>
        <translation>Vom Browser kam keine Antwort</translation>
    </message>
    <message>
        <source>Tagdrop waited for {minutes} minutes. Try again, or sign in another way.</source>
        <translation>Tagdrop hat {minutes} Minuten gewartet. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>This code is from another attempt</source>
        <translation>Dieser Code stammt von einem anderen Versuch</translation>
    </message>
    <message>
        <source>Open Amazon&apos;s page again and paste the code that it shows then.</source>
        <translation>Öffnen Sie Amazons Seite erneut und fügen Sie den Code ein, den sie dann zeigt.</translation>
    </message>
    <message>
        <source>This is not the code that Amazon&apos;s page shows</source>
        <translation>Das ist nicht der Code, den Amazons Seite zeigt</translation>
    </message>
    <message>
        <source>Copy all of it, from its first to its last character.</source>
        <translation>Kopieren Sie ihn ganz, vom ersten bis zum letzten Zeichen.</translation>
    </message>
    <message>
        <source>Storage for copies</source>
        <translation>Speicher für Kopien</translation>
    </message>
    <message>
        <source>Encrypted-transfer rule</source>
        <translation>Regel für verschlüsselte Übertragung</translation>
    </message>
    <message>
        <source>Table for the labels</source>
        <translation>Tabelle für die Schlagwörter</translation>
    </message>
    <message>
        <source>Labelling program</source>
        <translation>Programm zum Verschlagworten</translation>
    </message>
    <message>
        <source>Program log</source>
        <translation>Protokoll des Programms</translation>
    </message>
    <message>
        <source>Program permissions</source>
        <translation>Rechte des Programms</translation>
    </message>
    <message>
        <source>Automatic retry</source>
        <translation>Automatische Wiederholung</translation>
    </message>
    <message>
        <source>List of failed attempts</source>
        <translation>Liste der fehlgeschlagenen Versuche</translation>
    </message>
    <message>
        <source>Trigger for new photos</source>
        <translation>Auslöser für neue Fotos</translation>
    </message>
    <message>
        <source>Labelling-only permissions</source>
        <translation>Rechte nur zum Verschlagworten</translation>
    </message>
    <message>
        <source>Labelling-only user</source>
        <translation>Benutzer nur zum Verschlagworten</translation>
    </message>
    <message>
        <source>Labelling-only key</source>
        <translation>Schlüssel nur zum Verschlagworten</translation>
    </message>
    <message>
        <source>Check with this key</source>
        <translation>Prüfung mit diesem Schlüssel</translation>
    </message>
    <message>
        <source>Connection to Amazon</source>
        <translation>Verbindung zu Amazon</translation>
    </message>
    <message>
        <source>This computer&apos;s clock</source>
        <translation>Uhr dieses Computers</translation>
    </message>
    <message>
        <source>Key for Amazon</source>
        <translation>Schlüssel für Amazon</translation>
    </message>
    <message>
        <source>Amazon account</source>
        <translation>Amazon-Konto</translation>
    </message>
    <message>
        <source>Amazon&apos;s location</source>
        <translation>Standort bei Amazon</translation>
    </message>
    <message>
        <source>Labelling service as a whole</source>
        <translation>Schlagwortdienst als Ganzes</translation>
    </message>
    <message>
        <source>One test photo, start to finish</source>
        <translation>Ein Testfoto von Anfang bis Ende</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>The profile &quot;{name}&quot; cannot be used</source>
        <translation>Das Profil „{name}“ ist nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>Fix it, or sign in another way. Amazon&apos;s tools say: {reason}</source>
        <translation>Nehmen Sie einen anderen Weg oder berichtigen Sie es. Amazons Werkzeuge sagen: {reason}</translation>
    </message>
    <message>
        <source>The program named in the profile &quot;{name}&quot; returned no key</source>
        <translation>Das Programm, das im Profil „{name}“ steht, hat keinen Schlüssel geliefert</translation>
    </message>
    <message>
        <source>Fix it, or sign in another way. The program says: {reason}</source>
        <translation>Nehmen Sie einen anderen Weg oder berichtigen Sie es. Das Programm sagt: {reason}</translation>
    </message>
    <message>
        <source>There is no profile &quot;{name}&quot;</source>
        <translation>Es gibt kein Profil „{name}“</translation>
    </message>
    <message>
        <source>Choose another profile, or sign in another way.</source>
        <translation>Wählen Sie ein anderes oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>The profile &quot;{name}&quot; needs a code from your device</source>
        <translation>Das Profil „{name}“ verlangt einen Code von Ihrem Gerät</translation>
    </message>
    <message>
        <source>That works only in a terminal. Sign in with the browser instead.</source>
        <translation>Das geht nur in einem Terminal. Melden Sie sich stattdessen mit dem Browser an.</translation>
    </message>
    <message>
        <source>A settings file of AWS&apos;s tools cannot be read</source>
        <translation>Eine Einstellungsdatei von Amazons Werkzeugen ist nicht lesbar</translation>
    </message>
    <message>
        <source>{path} has the wrong format. Fix it, or sign in another way.</source>
        <translation>{path} hat nicht die nötige Form. Berichtigen Sie die Datei oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>This Amazon account cannot use {region} yet</source>
        <translation>Dieses Amazon-Konto darf {region} noch nicht verwenden</translation>
    </message>
    <message>
        <source>Choose another location, or enable this one in the account&apos;s settings at Amazon, which takes a few minutes.</source>
        <translation>Wählen Sie einen anderen Standort, oder schalten Sie diesen in den Einstellungen des Kontos bei Amazon ein; das dauert einige Minuten.</translation>
    </message>
    <message>
        <source>remove the labelling service</source>
        <translation>den Schlagwortdienst zu entfernen</translation>
    </message>
    <message>
        <source>{reason} Try again in a minute.</source>
        <translation>{reason} Versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>A copy could not be deleted</source>
        <translation>Eine Kopie konnte nicht gelöscht werden</translation>
    </message>
    <message>
        <source>&quot;{part}&quot; could not be removed</source>
        <translation>„{part}“ konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>delete the copies</source>
        <translation>die Kopien zu löschen</translation>
    </message>
    <message>
        <source>delete the app&apos;s key</source>
        <translation>den Schlüssel des Programms zu löschen</translation>
    </message>
    <message>
        <source>The sign-in cannot be saved for AWS&apos;s tools</source>
        <translation>Die Anmeldung kann für Amazons Werkzeuge nicht gespeichert werden</translation>
    </message>
    <message>
        <source>set up the labelling service</source>
        <translation>den Schlagwortdienst einzurichten</translation>
    </message>
    <message>
        <source>update the labelling service</source>
        <translation>den Schlagwortdienst zu aktualisieren</translation>
    </message>
    <message>
        <source>There is nothing to update</source>
        <translation>Es gibt nichts zu aktualisieren</translation>
    </message>
    <message>
        <source>Set up the labelling service first.</source>
        <translation>Richten Sie den Schlagwortdienst zuerst ein.</translation>
    </message>
    <message>
        <source>Amazon cannot label photos in {region}</source>
        <translation>In {region} kann Amazon keine Fotos verschlagworten</translation>
    </message>
    <message>
        <source>Choose another location, for example eu-central-1 (Frankfurt) or us-east-1 (Virginia).</source>
        <translation>Wählen Sie einen anderen Standort, zum Beispiel eu-central-1 (Frankfurt) oder us-east-1 (Virginia).</translation>
    </message>
    <message>
        <source>An earlier update left the labelling service broken</source>
        <translation>Eine frühere Aktualisierung hat den Schlagwortdienst beschädigt zurückgelassen</translation>
    </message>
    <message>
        <source>The sign-in took too long</source>
        <translation>Die Anmeldung hat zu lange gedauert</translation>
    </message>
    <message>
        <source>Try again, or sign in another way.</source>
        <translation>Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>The password of this Amazon user has changed</source>
        <translation>Das Kennwort dieses Amazon-Benutzers wurde geändert</translation>
    </message>
    <message>
        <source>This Amazon user is not allowed to sign in to programs</source>
        <translation>Dieser Amazon-Benutzer darf sich nicht bei Programmen anmelden</translation>
    </message>
    <message>
        <source>It needs the policy SignInLocalDevelopmentAccess. Sign in as the account&apos;s owner, or another way.</source>
        <translation>Er braucht die Richtlinie SignInLocalDevelopmentAccess. Melden Sie sich als Inhaber des Kontos an oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>Amazon&apos;s sign-in is busy or having problems</source>
        <translation>Die Anmeldung bei Amazon ist ausgelastet oder gestört</translation>
    </message>
    <message>
        <source>Try again in a minute, or sign in another way.</source>
        <translation>Versuchen Sie es in einer Minute noch einmal oder nehmen Sie einen anderen Weg.</translation>
    </message>
    <message>
        <source>Amazon&apos;s sign-in gave an answer that Tagdrop does not understand</source>
        <translation>Amazons Anmeldung hat auf eine Weise geantwortet, die Tagdrop nicht kennt</translation>
    </message>
    <message>
        <source>view the labelling service</source>
        <translation>den Schlagwortdienst anzusehen</translation>
    </message>
    <message>
        <source>The stack &quot;{name}&quot; in this account is not Tagdrop&apos;s</source>
        <translation>Der Stack „{name}“ in diesem Konto gehört nicht zu Tagdrop</translation>
    </message>
    <message>
        <source>Amazon is not set up yet</source>
        <translation>Amazon ist noch nicht eingerichtet</translation>
    </message>
    <message>
        <source>Amazon could not label this photo</source>
        <translation>Amazon konnte dieses Foto nicht verschlagworten</translation>
    </message>
    <message>
        <source>{reason} Try again in a minute; what has been deleted stays deleted.</source>
        <translation>{reason} Versuchen Sie es in einer Minute noch einmal; was weg ist, bleibt weg.</translation>
    </message>
    <message>
        <source>undo the update</source>
        <translation>die Aktualisierung zurückzunehmen</translation>
    </message>
    <message>
        <source>The labelling service was set up by a newer Tagdrop</source>
        <translation>Der Schlagwortdienst wurde von einem neueren Tagdrop eingerichtet</translation>
    </message>
    <message>
        <source>Update Tagdrop on this computer. Nothing was changed.</source>
        <translation>Aktualisieren Sie Tagdrop auf diesem Computer. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The test photo got no labels</source>
        <translation>Das Testfoto bekam keine Schlagwörter</translation>
    </message>
    <message>
        <source>It was sent, and nothing came back within {seconds} seconds. Repair the labelling service; your labels are safe.</source>
        <translation>Es wurde gesendet, und innerhalb von {seconds} Sekunden kam nichts zurück. Reparieren Sie den Schlagwortdienst; Ihre Schlagwörter sind sicher.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose another name.</source>
        <translation>Es wurde nichts geändert. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>It gave no reason.</source>
        <translation>Ein Grund wurde nicht genannt.</translation>
    </message>
    <message>
        <source>Amazon cannot read this picture</source>
        <translation>Amazon kann dieses Bild nicht lesen</translation>
    </message>
    <message>
        <source>The copy that was sent is not a JPEG or PNG that it knows.</source>
        <translation>Die gesendete Kopie ist kein JPEG oder PNG, das Amazon kennt.</translation>
    </message>
    <message>
        <source>The picture is too large for Amazon</source>
        <translation>Das Bild ist zu groß für Amazon</translation>
    </message>
    <message>
        <source>It takes up to 15 MB and 10,000 pixels a side.</source>
        <translation>Angenommen werden bis zu 15 MB und 10.000 Pixel je Seite.</translation>
    </message>
    <message>
        <source>Amazon does not accept this picture</source>
        <translation>Amazon nimmt dieses Bild nicht an</translation>
    </message>
    <message>
        <source>It needs at least 80 pixels on each side.</source>
        <translation>Jede Seite braucht mindestens 80 Pixel.</translation>
    </message>
    <message>
        <source>The labelling service is not allowed to read photos</source>
        <translation>Der Schlagwortdienst darf die Fotos nicht ansehen</translation>
    </message>
    <message>
        <source>Something in the Amazon account prevents it. Run the set-up again to repair it.</source>
        <translation>Etwas im Amazon-Konto verbietet es. Führen Sie die Einrichtung noch einmal aus, um das zu beheben.</translation>
    </message>
    <message>
        <source>It says: {reason}</source>
        <translation>Amazon sagt: {reason}</translation>
    </message>
    <message>
        <source>The labels in the table cannot be read</source>
        <translation>Die Schlagwörter in der Tabelle sind nicht lesbar</translation>
    </message>
    <message>
        <source>Something other than the labelling service wrote them. Label the photo again.</source>
        <translation>Etwas anderes als der Schlagwortdienst hat dort hineingeschrieben. Verschlagworten Sie das Foto neu.</translation>
    </message>
    <message>
        <source>sign in</source>
        <translation>sich anzumelden</translation>
    </message>
    <message>
        <source>This key belongs to another Amazon account</source>
        <translation>Dieser Schlüssel gehört zu einem anderen Amazon-Konto</translation>
    </message>
    <message>
        <source>The labelling service is in account {ours}, the key in {theirs}. Sign in to the first, or set the service up in the second.</source>
        <translation>Der Schlagwortdienst liegt im Konto {ours}, der Schlüssel in {theirs}. Melden Sie sich beim ersten an oder richten Sie den Dienst im zweiten ein.</translation>
    </message>
    <message>
        <source>look up its own account</source>
        <translation>die eigene Identität abzufragen</translation>
    </message>
    <message>
        <source>To sign in to programs, this user needs the AWS managed policy SignInLocalDevelopmentAccess (arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess).</source>
        <translation>Um sich bei Programmen anzumelden, braucht dieser Benutzer die von AWS verwaltete Richtlinie SignInLocalDevelopmentAccess (arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess).</translation>
    </message>
    <message>
        <source>list the storage</source>
        <translation>in den Speicher zu sehen</translation>
    </message>
    <message>
        <source>read a copy</source>
        <translation>eine Kopie zu lesen</translation>
    </message>
    <message>
        <source>read the set-up</source>
        <translation>die Einrichtung anzusehen</translation>
    </message>
    <message>
        <source>store a photo</source>
        <translation>ein Foto abzulegen</translation>
    </message>
    <message>
        <source>delete a copy</source>
        <translation>eine Kopie zu löschen</translation>
    </message>
    <message>
        <source>delete labels</source>
        <translation>Schlagwörter zu löschen</translation>
    </message>
    <message>
        <source>read the labels</source>
        <translation>die Schlagwörter zu lesen</translation>
    </message>
    <message>
        <source>Nothing was left behind.</source>
        <translation>Es ist nichts zurückgeblieben.</translation>
    </message>
    <message>
        <source>{what} stopped at &quot;{part}&quot;</source>
        <translation>{what} ist bei „{part}“ stehen geblieben</translation>
    </message>
    <message>
        <source>{reason} {outcome}</source>
        <translation>{reason} {outcome}</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>Die Einrichtung</translation>
    </message>
    <message>
        <source>Everything works as it did before.</source>
        <translation>Alles funktioniert wie zuvor.</translation>
    </message>
    <message>
        <source>The update</source>
        <translation>Die Aktualisierung</translation>
    </message>
    <message>
        <source>Connect your own Amazon account in the settings (in a terminal: tagdrop aws setup), or label on this computer.</source>
        <translation>Verbinden Sie Ihr eigenes Amazon-Konto in den Einstellungen (im Terminal: tagdrop aws setup) oder verschlagworten Sie auf diesem Computer.</translation>
    </message>
    <message>
        <source>What was sent reached Amazon damaged</source>
        <translation>Was gesendet wurde, kam beschädigt bei Amazon an</translation>
    </message>
    <message>
        <source>A profile of &quot;aws login&quot; cannot be used for this</source>
        <translation>Ein Profil von „aws login“ geht dafür nicht</translation>
    </message>
    <message>
        <source>Choose a profile that has a key, SSO or a role of its own. In a terminal: tagdrop aws join --profile NAME.</source>
        <translation>Wählen Sie ein Profil, das einen Schlüssel, SSO oder eine eigene Rolle hat. In einem Terminal: tagdrop aws join --profile NAME.</translation>
    </message>
    <message>
        <source>Something is wrong with the Amazon account</source>
        <translation>Mit dem Amazon-Konto stimmt etwas nicht</translation>
    </message>
    <message>
        <source>Amazon has blocked it, for example because of an unpaid bill. Sign in on Amazon&apos;s own page to see what it needs. Amazon says: {reason}</source>
        <translation>Amazon lässt es nicht benutzen, etwa weil eine Rechnung offen ist. Melden Sie sich auf Amazons eigener Seite an, um zu sehen, was verlangt wird. Amazon sagt: {reason}</translation>
    </message>
    <message>
        <source>Other sites do not answer either: this computer seems to be offline. Connect it and try again.</source>
        <translation>Auch andere Seiten antworten nicht: Dieser Computer scheint nicht mit dem Internet verbunden zu sein. Verbinden Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Something else answered in Amazon&apos;s place</source>
        <translation>Etwas anderes hat an Amazons Stelle geantwortet</translation>
    </message>
    <message>
        <source>A firewall seems to be in the way. Ask whoever runs this network, or use another one.</source>
        <translation>Eine Firewall scheint den Weg zu sperren. Fragen Sie, wer dieses Netz betreibt, oder nehmen Sie ein anderes.</translation>
    </message>
    <message>
        <source>Tagdrop, a program that labels photos through our own Amazon account, receives a web page from another server instead of Amazon&apos;s answers. Please let it reach *.amazonaws.com on port 443.</source>
        <translation>Tagdrop, ein Programm, das Fotos über unser eigenes Amazon-Konto verschlagwortet, bekommt statt Amazons Antworten die Seite eines anderen Servers. Bitte lassen Sie es *.amazonaws.com auf Port 443 erreichen.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first</source>
        <translation>Dieses Netz verlangt zuerst eine Anmeldung</translation>
    </message>
    <message>
        <source>Open any page in the browser and do what the network asks, then try again.</source>
        <translation>Öffnen Sie im Browser eine beliebige Seite und tun Sie, was das Netz verlangt; versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Something is intercepting the encrypted connection to Amazon</source>
        <translation>Etwas liest die verschlüsselte Verbindung zu Amazon mit</translation>
    </message>
    <message>
        <source>It may be a company&apos;s network or a virus scanner. Nothing was sent. Ask whoever runs it to leave connections to Amazon alone, or use another network.</source>
        <translation>Das tun Firmennetze oder Virenscanner. Nichts wurde gesendet. Bitten Sie die Zuständigen, Amazons Verbindungen unberührt zu lassen, oder nehmen Sie ein anderes Netz.</translation>
    </message>
    <message>
        <source>Tagdrop, a program that labels photos through our own Amazon account, does not trust the certificate it receives for {host}: it was not issued by a well-known authority. Please exempt *.amazonaws.com from inspection, or point the variable AWS_CA_BUNDLE to a file with the network&apos;s own authority.</source>
        <translation>Tagdrop, ein Programm, das Fotos über unser eigenes Amazon-Konto verschlagwortet, vertraut dem Zertifikat nicht, das ihm für {host} gezeigt wird: Keine der üblichen Stellen hat es ausgestellt. Bitte lassen Sie *.amazonaws.com durch, ohne die Verschlüsselung zu öffnen, oder legen Sie die Zertifizierungsstelle des Netzes in eine Datei, die die Variable AWS_CA_BUNDLE nennt.</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not answer</source>
        <translation>Der Proxy {proxy} antwortet nicht</translation>
    </message>
    <message>
        <source>This computer is set to reach the internet through it. Check the network settings, and whether you are connected to the company&apos;s network.</source>
        <translation>Dieser Computer soll das Internet über ihn erreichen. Prüfen Sie die Netzwerkeinstellungen, oder ob das Firmennetz verbunden ist.</translation>
    </message>
    <message>
        <source>Other sites answer, so the connection itself works: a firewall may be in the way, or Amazon is having problems. Try again later, or on another network.</source>
        <translation>Andere Seiten antworten, die Verbindung selbst funktioniert also: Vielleicht steht eine Firewall dazwischen, oder bei Amazon ist etwas gestört. Versuchen Sie es später oder in einem anderen Netz.</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not let this program through</source>
        <translation>Der Proxy {proxy} lässt dieses Programm nicht durch</translation>
    </message>
    <message>
        <source>It requires a name and a password. Ask your IT department how programs can get through.</source>
        <translation>Er verlangt Namen und Kennwort. Fragen Sie die IT-Abteilung, wie Programme hindurchkommen.</translation>
    </message>
    <message>
        <source>The proxy {proxy} answers Tagdrop with 407, Proxy Authentication Required. How can a program get through it to reach *.amazonaws.com?</source>
        <translation>Der Proxy {proxy} antwortet Tagdrop mit 407, Proxy Authentication Required. Wie kommt ein Programm hindurch, um *.amazonaws.com zu erreichen?</translation>
    </message>
    <message>
        <source>The monthly limit in your Amazon account is reached</source>
        <translation>Die Monatsgrenze in Ihrem Amazon-Konto ist erreicht</translation>
    </message>
    <message>
        <source>It counts what all computers send. The remaining photos are waiting. Sign in to raise it and continue now; otherwise they continue next month.</source>
        <translation>Sie zählt, was alle Computer senden. Die übrigen Fotos warten. Melden Sie sich an, um sie zu erhöhen und jetzt fortzufahren; sonst geht es im nächsten Monat weiter.</translation>
    </message>
    <message>
        <source>Amazon could not read the copy</source>
        <translation>Amazon konnte die Kopie nicht lesen</translation>
    </message>
    <message>
        <source>It was deleted too soon, or the labelling service may not read it. Label the photo again; if that fails too, check everything on the Amazon page.</source>
        <translation>Sie wurde zu früh gelöscht, oder der Schlagwortdienst darf sie nicht lesen. Verschlagworten Sie das Foto noch einmal; schlägt auch das fehl, prüfen Sie alles auf der Amazon-Seite.</translation>
    </message>
    <message>
        <source>Amazon deletes it by itself.</source>
        <translation>Amazon löscht sie von selbst.</translation>
    </message>
    <message>
        <source>Remove it and download it again. Your photos and labels stay as they are.</source>
        <translation>Entfernen Sie es und laden Sie es erneut herunter. Ihre Fotos und Schlagwörter bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Labelling on this computer is not available</source>
        <translation>Auf diesem Computer kann nicht verschlagwortet werden</translation>
    </message>
    <message>
        <source>A part of the program is missing or damaged. Install Tagdrop again; your photos and labels stay as they are.</source>
        <translation>Ein Teil des Programms fehlt oder ist beschädigt. Installieren Sie Tagdrop neu; Ihre Fotos und Schlagwörter bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>This photo could not be read safely</source>
        <translation>Dieses Foto konnte nicht sicher gelesen werden</translation>
    </message>
    <message>
        <source>Reading it was stopped: it crashed, or took too much time or memory. The file may be damaged. Look for another copy, or try again.</source>
        <translation>Das Lesen wurde abgebrochen: Es stürzte ab oder brauchte zu viel Zeit oder Speicher. Die Datei ist vielleicht beschädigt. Suchen Sie eine andere Kopie, oder versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The library is gone</source>
        <translation>Die Bibliothek ist weg</translation>
    </message>
    <message>
        <source>{path} is missing or empty. {backup} is a backup: use it, or move it away to start with an empty library.</source>
        <translation>{path} fehlt oder ist leer. {backup} ist eine Sicherungskopie: Verwenden Sie sie, oder verschieben Sie sie, um mit einer leeren Bibliothek zu beginnen.</translation>
    </message>
    <message>
        <source>{path} cannot be read. Close Tagdrop and open it again: it will offer the backup at {backup}.</source>
        <translation>{path} ist nicht lesbar. Schließen Sie Tagdrop und öffnen Sie es wieder: Es bietet die Sicherungskopie unter {backup} an.</translation>
    </message>
    <message>
        <source>This is not the file that Tagdrop expects</source>
        <translation>Das ist nicht die Datei, die Tagdrop erwartet</translation>
    </message>
    <message>
        <source>Search by meaning is not installed</source>
        <translation>Die Suche nach Bedeutung ist nicht installiert</translation>
    </message>
    <message>
        <source>{path}: {reason}. Check the drive and the folder&apos;s permissions, then try again.</source>
        <translation>{path}: {reason}. Prüfen Sie das Laufwerk und die Rechte des Ordners und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{host} cannot be reached</source>
        <translation>{host} ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The download was interrupted</source>
        <translation>Der Download wurde unterbrochen</translation>
    </message>
    <message>
        <source>{host} does not answer</source>
        <translation>{host} antwortet nicht</translation>
    </message>
    <message>
        <source>It answered with error {code}. Update Tagdrop, or try again later.</source>
        <translation>Die Antwort war Fehler {code}. Aktualisieren Sie Tagdrop oder versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>The download was led to an address that is not encrypted</source>
        <translation>Der Download wurde an eine unverschlüsselte Adresse weitergeleitet</translation>
    </message>
    <message>
        <source>{host} is too busy</source>
        <translation>{host} ist überlastet</translation>
    </message>
    <message>
        <source>The proxy asks for a password</source>
        <translation>Der Proxy verlangt ein Passwort</translation>
    </message>
    <message>
        <source>The connection to {host} is not safe</source>
        <translation>Die Verbindung zu {host} ist nicht sicher</translation>
    </message>
    <message>
        <source>This copy can no longer be shown</source>
        <translation>Diese Kopie lässt sich nicht mehr zeigen</translation>
    </message>
    <message>
        <source>It has been deleted, and the photo is no longer on this computer.</source>
        <translation>Dort, wo sie lag, ist sie gelöscht, und das Foto ist nicht mehr auf diesem Computer.</translation>
    </message>
    <message>
        <source>Your limit of ${limit} a month for a watched folder is reached</source>
        <translation>Ihre Grenze von {limit} $ im Monat für einen überwachten Ordner ist erreicht</translation>
    </message>
    <message>
        <source>The remaining photos are waiting. Raise it under Folders in the menu; otherwise they continue next month.</source>
        <translation>Die übrigen Fotos warten. Erhöhen Sie sie im Menü unter „Ordner“; sonst geht es nächsten Monat weiter.</translation>
    </message>
    <message>
        <source>This picture has too many pixels</source>
        <translation>Dieses Bild hat zu viele Pixel</translation>
    </message>
    <message>
        <source>Files of this kind can have at most {millions} million. Add a smaller copy instead.</source>
        <translation>Von dieser Art Datei können höchstens {millions} Millionen gelesen werden. Fügen Sie stattdessen eine kleinere Kopie hinzu.</translation>
    </message>
    <message>
        <source>Not a photo format that Tagdrop can read</source>
        <translation>Kein Fotoformat, das Tagdrop lesen kann</translation>
    </message>
    <message>
        <source>This picture is too small</source>
        <translation>Dieses Bild ist zu klein</translation>
    </message>
    <message>
        <source>Each side needs at least {pixels} pixels.</source>
        <translation>Jede Seite braucht mindestens {pixels} Pixel.</translation>
    </message>
    <message>
        <source>This picture is too long and narrow</source>
        <translation>Dieses Bild ist zu lang und schmal</translation>
    </message>
    <message>
        <source>The long side may be at most {times} times the short one. Crop it and add the parts.</source>
        <translation>Die lange Seite darf höchstens {times}-mal so lang sein wie die kurze. Schneiden Sie das Bild zu und fügen Sie die Teile hinzu.</translation>
    </message>
    <message>
        <source>The photos cannot be reached</source>
        <translation>Die Fotos sind nicht erreichbar</translation>
    </message>
    <message>
        <source>{path}: {reason}. Check that the drive is plugged in and the network is up, then try again.</source>
        <translation>{path}: {reason}. Ist das Laufwerk angeschlossen und das Netzwerk da? Dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>A folder cannot be read</source>
        <translation>Ein Ordner kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>{path}: {reason}. Its photos are left out until it can be read; then try again.</source>
        <translation>{path}: {reason}. Seine Fotos fehlen, bis er gelesen werden kann. Versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Something went wrong inside Tagdrop</source>
        <translation>In Tagdrop ist etwas schiefgegangen</translation>
    </message>
    <message>
        <source>This is a bug in Tagdrop, not a problem with your photo. The log has the details.</source>
        <translation>Das ist ein Fehler im Programm, nicht in Ihrem Foto. Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>This is a bug in Tagdrop. The log has the details.</source>
        <translation>Das ist ein Fehler im Programm. Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>{title}. {message}</source>
        <translation>{title}. {message}</translation>
    </message>
    <message>
        <source>That does not contain a picture</source>
        <translation>Das enthält kein Bild</translation>
    </message>
    <message>
        <source>Save the picture in the browser first, then add it.</source>
        <translation>Speichern Sie das Bild zuerst im Browser und fügen Sie es dann hinzu.</translation>
    </message>
    <message>
        <source>The picture cannot be saved</source>
        <translation>Das Bild kann nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Labels are late</source>
        <translation>Die Schlagwörter sind überfällig</translation>
    </message>
    <message>
        <source>The photo was sent three times, and no labels came back. Try again later, or check the connection.</source>
        <translation>Das Foto wurde dreimal gesendet, und es kamen keine Schlagwörter zurück. Versuchen Sie es später noch einmal oder prüfen Sie die Verbindung.</translation>
    </message>
    <message>
        <source>This file could not be read</source>
        <translation>Diese Datei konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>The drive or the network gave an error. Try again.</source>
        <translation>Das Laufwerk oder das Netz meldete einen Fehler. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This is a folder, not a photo</source>
        <translation>Das ist ein Ordner, kein Foto</translation>
    </message>
    <message>
        <source>Add the folder itself to label the photos in it.</source>
        <translation>Fügen Sie den Ordner selbst hinzu, um die Fotos darin zu verschlagworten.</translation>
    </message>
    <message>
        <source>This is not an ordinary file</source>
        <translation>Das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>Pipes and devices cannot be labelled.</source>
        <translation>Pipes und Geräte können nicht verschlagwortet werden.</translation>
    </message>
    <message>
        <source>This file is empty</source>
        <translation>Diese Datei ist leer</translation>
    </message>
    <message>
        <source>It contains no data. Copy the photo again from its source.</source>
        <translation>Sie enthält keine Daten. Kopieren Sie das Foto noch einmal von dort, woher es kam.</translation>
    </message>
    <message>
        <source>This file is too large</source>
        <translation>Diese Datei ist zu groß</translation>
    </message>
    <message>
        <source>At most {limit} MB can be read. Add a smaller copy instead.</source>
        <translation>Höchstens {limit} MB können gelesen werden. Fügen Sie stattdessen eine kleinere Kopie hinzu.</translation>
    </message>
    <message>
        <source>This photo has just changed</source>
        <translation>Dieses Foto hat sich gerade geändert</translation>
    </message>
    <message>
        <source>Another program changed it before Tagdrop got to it. Try again.</source>
        <translation>Ein anderes Programm hat es verändert, bevor es an der Reihe war. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This photo is damaged</source>
        <translation>Dieses Foto ist beschädigt</translation>
    </message>
    <message>
        <source>Part of it is missing or broken. Look for another copy.</source>
        <translation>Ein Teil davon fehlt oder ist kaputt. Suchen Sie nach einer anderen Kopie.</translation>
    </message>
    <message>
        <source>This file is gone</source>
        <translation>Diese Datei ist weg</translation>
    </message>
    <message>
        <source>It was moved, renamed or deleted, or its drive was unplugged.</source>
        <translation>Sie wurde verschoben, umbenannt oder gelöscht, oder ihr Laufwerk wurde getrennt.</translation>
    </message>
    <message>
        <source>This photo cannot be opened</source>
        <translation>Dieses Foto lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Your user account is not allowed to read the file. Change its permissions, or copy it.</source>
        <translation>Ihr Benutzerkonto darf die Datei nicht lesen. Ändern Sie ihre Zugriffsrechte oder kopieren Sie sie.</translation>
    </message>
    <message>
        <source>The library is damaged</source>
        <translation>Die Bibliothek ist beschädigt</translation>
    </message>
    <message>
        <source>{path} cannot be read. There is a backup at {backup}.</source>
        <translation>{path} ist nicht lesbar. Eine Sicherungskopie liegt unter {backup}.</translation>
    </message>
    <message>
        <source>{path} cannot be read. There is no backup yet.</source>
        <translation>{path} ist nicht lesbar. Es gibt noch keine Sicherungskopie.</translation>
    </message>
    <message>
        <source>This library was written by a newer Tagdrop</source>
        <translation>Diese Bibliothek stammt von einem neueren Tagdrop</translation>
    </message>
    <message>
        <source>Update Tagdrop to open {path}. Nothing was changed.</source>
        <translation>Aktualisieren Sie Tagdrop, um {path} zu öffnen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>This Tagdrop does not know “{name}”</source>
        <translation>Dieses Tagdrop kennt „{name}“ nicht</translation>
    </message>
    <message>
        <source>A newer Tagdrop uses it for labelling. Update Tagdrop to continue.</source>
        <translation>Ein neueres Tagdrop verschlagwortet damit. Aktualisieren Sie Tagdrop, um fortzufahren.</translation>
    </message>
    <message>
        <source>The settings cannot be read</source>
        <translation>Die Einstellungen können nicht gelesen werden</translation>
    </message>
    <message>
        <source>{path}: {reason}. Check that you are allowed to read the file.</source>
        <translation>{path}: {reason}. Darf dieses Benutzerkonto die Datei lesen?</translation>
    </message>
    <message>
        <source>The settings were written by a newer Tagdrop</source>
        <translation>Die Einstellungen stammen von einem neueren Tagdrop</translation>
    </message>
    <message>
        <source>Update Tagdrop to use {path}. Nothing was changed.</source>
        <translation>Aktualisieren Sie Tagdrop, um {path} zu verwenden. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The settings cannot be saved</source>
        <translation>Die Einstellungen können nicht gespeichert werden</translation>
    </message>
    <message>
        <source>{path}: {reason}. Is the disk full or write-protected?</source>
        <translation>{path}: {reason}. Ist der Datenträger voll oder schreibgeschützt?</translation>
    </message>
    <message>
        <source>This computer&apos;s keychain is locked</source>
        <translation>Der Schlüsselbund dieses Computers ist gesperrt</translation>
    </message>
    <message>
        <source>The key for Amazon is in it. Unlock the keychain and try again.</source>
        <translation>Darin liegt der Schlüssel für Amazon. Entsperren Sie den Schlüsselbund und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Your limit of ${limit} a month is reached</source>
        <translation>Ihre Grenze von {limit} $ im Monat ist erreicht</translation>
    </message>
    <message>
        <source>The remaining photos are waiting. Raise the limit to continue now; otherwise they continue next month.</source>
        <translation>Die übrigen Fotos warten. Mit einer höheren Grenze geht es gleich weiter, sonst im nächsten Monat.</translation>
    </message>
    <message>
        <source>The library cannot be used</source>
        <translation>Die Bibliothek kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>read the table for the labels</source>
        <translation>die Tabelle der Schlagwörter lesen</translation>
    </message>
    <message>
        <source>write the labels into the new table</source>
        <translation>die Schlagwörter in die neue Tabelle schreiben</translation>
    </message>
    <message>
        <source>The labelling service cannot be repaired</source>
        <translation>Der Schlagwortdienst kann nicht repariert werden</translation>
    </message>
    <message>
        <source>It can be removed and created again (in a terminal: setup --anew). The labels in its table are carried over. Copies that are not labelled yet are deleted there and sent again. Other computers that need a new key then: {count}.</source>
        <translation>Er kann entfernt und neu erstellt werden (im Terminal: setup --anew). Die Schlagwörter in seiner Tabelle werden übernommen. Kopien, die noch nicht verschlagwortet sind, werden dort gelöscht und erneut gesendet. Andere Computer, die dann einen neuen Schlüssel brauchen: {count}.</translation>
    </message>
    <message>
        <source>The labels in the table cannot be kept</source>
        <translation>Die Schlagwörter in der Tabelle können nicht aufgehoben werden</translation>
    </message>
    <message>
        <source>{reason}. Nothing was removed.</source>
        <translation>{reason}. Es wurde nichts entfernt.</translation>
    </message>
    <message>
        <source>Update the labelling service first</source>
        <translation>Aktualisieren Sie zuerst den Schlagwortdienst</translation>
    </message>
    <message>
        <source>It keeps no such list yet.</source>
        <translation>Er führt noch keine solche Liste.</translation>
    </message>
    <message>
        <source>The reasons were: {reasons}. They can be put back on the list of those that are tried again.</source>
        <translation>Die Gründe waren: {reasons}. Sie lassen sich wieder auf die Liste derer setzen, die noch einmal versucht werden.</translation>
    </message>
    <message>
        <source>Update the labelling service to check this</source>
        <translation>Aktualisieren Sie den Schlagwortdienst, um dies zu prüfen</translation>
    </message>
    <message>
        <source>Amazon is trying some photos again: {count}</source>
        <translation>Fotos, die Amazon noch einmal versucht: {count}</translation>
    </message>
    <message>
        <source>try photos again that were given up</source>
        <translation>aufgegebene Fotos noch einmal versuchen</translation>
    </message>
    <message>
        <source>Repetition of failed attempts</source>
        <translation>Wiederholung der fehlgeschlagenen Versuche</translation>
    </message>
    <message>
        <source>List of photos given up</source>
        <translation>Liste der aufgegebenen Fotos</translation>
    </message>
    <message>
        <source>Alarm for photos given up</source>
        <translation>Alarm bei aufgegebenen Fotos</translation>
    </message>
    <message>
        <source>Mail of that alarm</source>
        <translation>E-Mail dieses Alarms</translation>
    </message>
    <message>
        <source>Alarm for the costs</source>
        <translation>Alarm bei den Kosten</translation>
    </message>
    <message>
        <source>Repair it; your labels are safe.</source>
        <translation>Reparieren Sie ihn; Ihre Schlagwörter sind sicher.</translation>
    </message>
    <message>
        <source>You are signed in to another Amazon account</source>
        <translation>Sie sind bei einem anderen Amazon-Konto angemeldet</translation>
    </message>
    <message>
        <source>The labelling service is in account {ours}, and this is account {theirs}. Sign in to the first.</source>
        <translation>Der Schlagwortdienst ist im Konto {ours}, und dies ist das Konto {theirs}. Melden Sie sich beim ersten an.</translation>
    </message>
    <message>
        <source>Keywords cannot be written into this file safely</source>
        <translation>In diese Datei lassen sich keine Schlagwörter sicher schreiben</translation>
    </message>
    <message>
        <source>What it says of itself is damaged or unusual. They can go into a sidecar beside it.</source>
        <translation>Ihre eigenen Angaben sind beschädigt oder ungewöhnlich. Eine Begleitdatei daneben kann sie aufnehmen.</translation>
    </message>
    <message>
        <source>Keywords are not written into files of this kind</source>
        <translation>In Dateien dieser Art werden keine Schlagwörter geschrieben</translation>
    </message>
    <message>
        <source>They can go into a sidecar beside it.</source>
        <translation>Eine Begleitdatei daneben kann sie aufnehmen.</translation>
    </message>
    <message>
        <source>This file could not be written</source>
        <translation>Diese Datei konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>This kind of picture cannot be read</source>
        <translation>Diese Art von Bild kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Its format allows for many kinds, and this is a rare one. Save it as JPEG or PNG with the program that it comes from, and add that file.</source>
        <translation>Sein Format erlaubt viele Arten, und dies ist eine seltene. Speichern Sie es mit dem Programm, aus dem es stammt, als JPEG oder PNG, und fügen Sie diese Datei hinzu.</translation>
    </message>
    <message>
        <source>The system says: {reason}. The file is as it was.</source>
        <translation>Das System meldet: {reason}. Die Datei ist unverändert.</translation>
    </message>
    <message>
        <source>This file has just changed</source>
        <translation>Diese Datei wurde gerade geändert</translation>
    </message>
    <message>
        <source>Another program wrote to it, so it was left alone. Try again.</source>
        <translation>Ein anderes Programm hat sie geändert, deshalb blieb sie, wie sie war. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This file has been changed since it was saved</source>
        <translation>Diese Datei wurde nach dem Speichern geändert</translation>
    </message>
    <message>
        <source>Another program wrote to it later, so it was left as it is now.</source>
        <translation>Ein anderes Programm hat sie später geändert, deshalb bleibt sie, wie sie jetzt ist.</translation>
    </message>
    <message>
        <source>This cannot be undone now</source>
        <translation>Das lässt sich jetzt nicht rückgängig machen</translation>
    </message>
    <message>
        <source>Something else was saved after it. Undo that first.</source>
        <translation>Danach wurde noch etwas anderes gespeichert. Machen Sie zuerst das rückgängig.</translation>
    </message>
    <message>
        <source>This photo has been edited since it was labelled</source>
        <translation>Dieses Foto wurde nach dem Verschlagworten bearbeitet</translation>
    </message>
    <message>
        <source>Its labels may no longer fit. Add it again to label it, then save the keywords.</source>
        <translation>Seine Schlagwörter passen vielleicht nicht mehr. Fügen Sie es noch einmal hinzu, damit es neu verschlagwortet wird, und speichern Sie dann die Schlagwörter.</translation>
    </message>
    <message>
        <source>This file is read-only</source>
        <translation>Diese Datei ist schreibgeschützt</translation>
    </message>
    <message>
        <source>Allow changes to it, then try again.</source>
        <translation>Erlauben Sie Änderungen daran und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This link leads to another folder</source>
        <translation>Diese Verknüpfung führt in einen anderen Ordner</translation>
    </message>
    <message>
        <source>The file itself is outside the folder that you added. Add its own folder.</source>
        <translation>Die Datei selbst liegt außerhalb des Ordners, den Sie hinzugefügt haben. Fügen Sie ihren eigenen Ordner hinzu.</translation>
    </message>
    <message>
        <source>This file has several names</source>
        <translation>Diese Datei hat mehrere Namen</translation>
    </message>
    <message>
        <source>The same file is in several folders (hard links), and writing would separate them.</source>
        <translation>Dieselbe Datei liegt in mehreren Ordnern (harte Links), und das Schreiben würde sie trennen.</translation>
    </message>
    <message>
        <source>This file belongs to someone else</source>
        <translation>Diese Datei gehört jemand anderem</translation>
    </message>
    <message>
        <source>Writing would make you its owner, so it was left alone.</source>
        <translation>Durch das Schreiben würde sie Ihnen gehören, deshalb blieb sie unverändert.</translation>
    </message>
    <message>
        <source>Another file has its name</source>
        <translation>Eine andere Datei hat ihren Namen</translation>
    </message>
    <message>
        <source>A file with this name is now there, and nothing is overwritten. Try again.</source>
        <translation>Inzwischen gibt es eine Datei mit diesem Namen, und nichts wird überschrieben. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The folder cannot be used</source>
        <translation>Der Ordner lässt sich nicht verwenden</translation>
    </message>
    <message>
        <source>{folder}: {reason}. Choose another one.</source>
        <translation>{folder}: {reason}. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This file is open in another program</source>
        <translation>Diese Datei ist in einem anderen Programm geöffnet</translation>
    </message>
    <message>
        <source>Close it there, then try again.</source>
        <translation>Schließen Sie sie dort und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The drive or network share cannot be reached</source>
        <translation>Das Laufwerk oder die Netzwerkfreigabe ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The model for search by meaning does not work</source>
        <translation>Das Modell für die Suche nach Bedeutung funktioniert nicht</translation>
    </message>
    <message>
        <source>The file is as it was. Connect the drive, then try again.</source>
        <translation>Die Datei ist unverändert. Verbinden Sie das Laufwerk und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>The file is as it was. Make room on its disk, then try again.</source>
        <translation>Die Datei ist unverändert. Schaffen Sie Platz auf ihrem Datenträger und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The disk is write-protected</source>
        <translation>Der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>The file is as it was. Move the card&apos;s lock switch, or use another disk.</source>
        <translation>Die Datei ist unverändert. Schieben Sie den Sperrschalter der Karte zurück, oder nehmen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>This file cannot be written</source>
        <translation>Diese Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>This user account may not write to its folder. Change the folder&apos;s permissions.</source>
        <translation>Dieses Benutzerkonto darf nicht in ihren Ordner schreiben. Ändern Sie die Berechtigungen des Ordners.</translation>
    </message>
    <message>
        <source>This path is too long or not allowed</source>
        <translation>Dieser Pfad ist zu lang oder nicht erlaubt</translation>
    </message>
    <message>
        <source>Shorten the names of the file and its folders, without special characters, then try again.</source>
        <translation>Kürzen Sie die Namen der Datei und ihrer Ordner, ohne Sonderzeichen, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This file is only online</source>
        <translation>Diese Datei ist nur online</translation>
    </message>
    <message>
        <source>Its cloud service (OneDrive, say) did not download it. Check that it is running and connected, then try again.</source>
        <translation>Ihr Cloud-Dienst (zum Beispiel OneDrive) hat sie nicht heruntergeladen. Prüfen Sie, ob er läuft und verbunden ist, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The folder does not contain the model</source>
        <translation>Der Ordner enthält das Modell nicht</translation>
    </message>
    <message>
        <source>{name} was not found in {folder}, or cannot be read. `tagdrop model list` lists the files and says where they are published.</source>
        <translation>{name} wurde in {folder} nicht gefunden oder kann nicht gelesen werden. `tagdrop model list` nennt die Dateien und wo sie veröffentlicht sind.</translation>
    </message>
    <message>
        <source>{name} is not the published file, so it was not kept. Try again later, or over another connection.</source>
        <translation>{name} ist nicht die veröffentlichte Datei und wurde deshalb nicht behalten. Versuchen Sie es später noch einmal oder über eine andere Verbindung.</translation>
    </message>
    <message>
        <source>Download its model first: Settings → Labelling, or `tagdrop model get`.</source>
        <translation>Laden Sie zuerst ihr Modell herunter: Einstellungen → Verschlagworten, oder `tagdrop model get`.</translation>
    </message>
    <message>
        <source>The model for search by meaning is damaged</source>
        <translation>Das Modell für die Suche nach Bedeutung ist beschädigt</translation>
    </message>
    <message>
        <source>Not enough disk space for the model</source>
        <translation>Nicht genug Speicherplatz für das Modell</translation>
    </message>
    <message>
        <source>{megabytes} MB must be free. Free up some space, then try again.</source>
        <translation>{megabytes} MB müssen frei sein. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The model&apos;s folder cannot be read or written</source>
        <translation>Der Ordner des Modells kann nicht gelesen oder beschrieben werden</translation>
    </message>
    <message>
        <source>The model is already being downloaded</source>
        <translation>Das Modell wird bereits heruntergeladen</translation>
    </message>
    <message>
        <source>Another window or terminal is downloading it. Wait until it has finished.</source>
        <translation>Ein anderes Fenster oder Terminal lädt es gerade herunter. Warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>Check the connection and try again. What has been downloaded is kept.</source>
        <translation>Prüfen Sie die Verbindung und versuchen Sie es noch einmal. Was heruntergeladen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The connection to {host} broke. Try again: what has been downloaded is kept.</source>
        <translation>Die Verbindung zu {host} ist abgebrochen. Versuchen Sie es noch einmal: Was heruntergeladen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>It has sent nothing for a while. Try again later: what has been downloaded is kept.</source>
        <translation>Seit einer Weile kommt nichts mehr. Versuchen Sie es später noch einmal: Was heruntergeladen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>{host} no longer has the model</source>
        <translation>{host} hat das Modell nicht mehr</translation>
    </message>
    <message>
        <source>Tagdrop does not follow to {host}. Try again later, or over another connection.</source>
        <translation>Tagdrop folgt nicht zu {host}. Versuchen Sie es später noch einmal oder über eine andere Verbindung.</translation>
    </message>
    <message>
        <source>It answered with error {code}. Try again later: what has been downloaded is kept.</source>
        <translation>Die Antwort war Fehler {code}. Versuchen Sie es später noch einmal: Was heruntergeladen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Put it into the proxy&apos;s address (HTTPS_PROXY), or download the model elsewhere and use `tagdrop model add`.</source>
        <translation>Tragen Sie es in die Adresse des Proxys ein (HTTPS_PROXY), oder laden Sie das Modell anderswo herunter und verwenden Sie `tagdrop model add`.</translation>
    </message>
    <message>
        <source>Something in between opens the encryption, a company&apos;s proxy or a virus scanner. Ask IT, or download the model elsewhere and use `tagdrop model add`.</source>
        <translation>Etwas dazwischen öffnet die Verschlüsselung, ein Proxy der Firma oder ein Virenscanner. Fragen Sie die IT, oder laden Sie das Modell anderswo herunter und verwenden Sie `tagdrop model add`.</translation>
    </message>
    <message>
        <source>Its content is not JPEG, PNG, HEIC, AVIF, WebP, TIFF, JPEG XL, JPEG 2000, BMP, GIF or a camera&apos;s RAW format, whatever its name says.</source>
        <translation>Der Inhalt ist weder JPEG, PNG, HEIC, AVIF, WebP, TIFF, JPEG XL, JPEG 2000, BMP, GIF noch das RAW-Format einer Kamera, auch wenn der Name etwas anderes sagt.</translation>
    </message>
    <message>
        <source>You are not allowed to read this folder</source>
        <translation>Sie dürfen diesen Ordner nicht lesen</translation>
    </message>
    <message>
        <source>{path}: change its permissions, then try again.</source>
        <translation>{path}: Ändern Sie seine Berechtigungen und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{path}: allow it for Tagdrop in System Settings &gt; Privacy &amp; Security &gt; Files &amp; Folders, then try again.</source>
        <translation>{path}: Erlauben Sie es Tagdrop in den Systemeinstellungen unter „Datenschutz &amp; Sicherheit“ &gt; „Dateien &amp; Ordner“ und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This link leads nowhere</source>
        <translation>Diese Verknüpfung führt ins Leere</translation>
    </message>
    <message>
        <source>It points to itself or to something that cannot be opened. Add the photo itself.</source>
        <translation>Sie zeigt auf sich selbst oder auf etwas, das sich nicht öffnen lässt. Fügen Sie das Foto selbst hinzu.</translation>
    </message>
    <message>
        <source>There is no card in the drive</source>
        <translation>Im Laufwerk ist keine Karte</translation>
    </message>
    <message>
        <source>Put the card or the disk back, then try again.</source>
        <translation>Legen Sie die Karte oder den Datenträger wieder ein und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The sidecar beside this photo cannot be read</source>
        <translation>Die Begleitdatei neben diesem Foto lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>It is damaged or of another kind, and was left as it is. Move it away to get a new one.</source>
        <translation>Sie ist beschädigt oder von anderer Art und blieb, wie sie ist. Verschieben Sie sie, um eine neue zu bekommen.</translation>
    </message>
    <message>
        <source>The table cannot be saved</source>
        <translation>Die Tabelle kann nicht gespeichert werden</translation>
    </message>
    <message>
        <source>{path}: {reason}. Choose another place, or try again.</source>
        <translation>{path}: {reason}. Wählen Sie einen anderen Ort, oder versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Free, private and offline. Knows more than 1,000 things, animals and scenes.</source>
        <translation>Kostenlos, privat und ohne Netz. Kennt mehr als 1.000 Dinge, Tiere und Szenen.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>labelled on this computer</source>
        <translation>auf diesem Computer verschlagwortet</translation>
    </message>
    <message>
        <source>With Amazon</source>
        <translation>Mit Amazon</translation>
    </message>
    <message>
        <source>Finer labels, scenes and places, for about $1 per 1,000 photos, charged to your own account.</source>
        <translation>Feinere Schlagwörter, Szenen und Orte, für etwa 1 $ je 1.000 Fotos aus Ihrem eigenen Konto.</translation>
    </message>
    <message>
        <source>Amazon</source>
        <translation>Amazon</translation>
    </message>
    <message>
        <source>labelled with Amazon</source>
        <translation>mit Amazon verschlagwortet</translation>
    </message>
    <message>
        <source>Tagdrop is already open with other rights</source>
        <translation>Tagdrop ist schon mit anderen Rechten geöffnet</translation>
    </message>
    <message>
        <source>Close the window that is open: an administrator or somebody else started it. Then start Tagdrop again.</source>
        <translation>Schließen Sie das offene Fenster: Es wurde als Administrator oder von jemand anderem gestartet. Starten Sie dann Tagdrop noch einmal.</translation>
    </message>
    <message>
        <source>Tagdrop is already open but not responding</source>
        <translation>Tagdrop ist schon geöffnet, antwortet aber nicht</translation>
    </message>
    <message>
        <source>Wait a moment and start it again. If that does not help, quit the one that is open.</source>
        <translation>Warten Sie einen Moment und starten Sie es noch einmal. Hilft das nicht, beenden Sie das andere.</translation>
    </message>
    <message>
        <source>The picture could not be fetched</source>
        <translation>Das Bild konnte nicht geholt werden</translation>
    </message>
    <message>
        <source>A link cannot be moved</source>
        <translation>Eine Verknüpfung lässt sich nicht verschieben</translation>
    </message>
    <message>
        <source>This photo, or a file that belongs to it, is a link, which moving would break. Copy it instead.</source>
        <translation>Dieses Foto oder eine Datei, die dazugehört, ist eine Verknüpfung, die beim Verschieben kaputtginge. Kopieren Sie es stattdessen.</translation>
    </message>
    <message>
        <source>Its website does not allow it. Save the picture in the browser, then add the file.</source>
        <translation>Seine Website gibt es nicht heraus. Speichern Sie das Bild im Browser und fügen Sie dann die Datei hinzu.</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>This is a bug in Tagdrop. Your photos and labels are safe. You can continue; if the window behaves strangely, quit and start again.</source>
        <translation>Das ist ein Fehler in Tagdrop. Ihre Fotos und Schlagwörter sind sicher. Sie können weitermachen; wenn sich das Fenster seltsam verhält, beenden Sie Tagdrop und starten Sie es neu.</translation>
    </message>
    <message>
        <source>Error details</source>
        <translation>Einzelheiten des Fehlers</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message numerus="yes">
        <source>%n more since then; the log has them.</source>
        <translation>
            <numerusform>%n weiterer kam inzwischen dazu; er steht im Protokoll.</numerusform>
            <numerusform>%n weitere kamen inzwischen dazu; sie stehen im Protokoll.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Days</name>
    <message>
        <source>No date</source>
        <translation>Kein Datum</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>What the set-up may do</source>
        <translation>Was die Einrichtung darf</translation>
    </message>
    <message>
        <source>What the program may do</source>
        <translation>Was das Programm darf</translation>
    </message>
    <message>
        <source>What Tagdrop&apos;s key may do</source>
        <translation>Was Tagdrops Schlüssel darf</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>Save diagnostics</source>
        <translation>Diagnose speichern</translation>
    </message>
    <message>
        <source>This is everything the file will contain. Keys, accounts, photo names and your own name have been removed; delete anything else that you want to keep to yourself.</source>
        <translation>Das ist alles, was in der Datei stehen wird. Schlüssel, Konten, Ihr Name und die Namen der Fotos sind entfernt; streichen Sie, was Sie außerdem für sich behalten möchten.</translation>
    </message>
    <message>
        <source>The diagnostics</source>
        <translation>Die Diagnose</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Wird gesammelt …</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Not saved: {0}. Choose another place.</source>
        <translation>Es wurde nicht gespeichert: {0}. Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>Gespeichert als {0}</translation>
    </message>
    <message>
        <source>The diagnostics could not be collected. The log has the details.</source>
        <translation>Die Diagnose konnte nicht gesammelt werden. Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>Save diagnostics as</source>
        <translation>Diagnose speichern unter</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>Textdateien (*.txt)</translation>
    </message>
</context>
<context>
    <name>DoctorPage</name>
    <message>
        <source>Checking</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Sign in to check the rest</source>
        <translation>Anmelden und den Rest prüfen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>no problem</source>
        <translation>kein Problem</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Checking everything</source>
        <translation>Alles wird geprüft</translation>
    </message>
    <message>
        <source>Not everything could be checked</source>
        <translation>Nicht alles konnte geprüft werden</translation>
    </message>
    <message numerus="yes">
        <source>%n things are wrong</source>
        <translation>
            <numerusform>%n Sache stimmt nicht</numerusform>
            <numerusform>%n Sachen stimmen nicht</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything works</source>
        <translation>Alles funktioniert</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop to label</source>
        <translation>Loslassen zum Verschlagworten</translation>
    </message>
</context>
<context>
    <name>Duplicates</name>
    <message>
        <source>Show duplicates</source>
        <translation>Duplikate zeigen</translation>
    </message>
    <message>
        <source>Looking for photos that look alike: {0} of {1}</source>
        <translation>Ähnliche Fotos werden gesucht: {0} von {1}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Identical</source>
        <translation>Identisch</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>less than a minute</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>etwa %n Minute</numerusform>
            <numerusform>etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>about {0} hours</source>
        <translation>etwa {0} Stunden</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Show all boxes</source>
        <translation>Alle Rahmen zeigen</translation>
    </message>
    <message>
        <source>Compare labels</source>
        <translation>Schlagwörter vergleichen</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Add a label…</source>
        <translation>Schlagwort hinzufügen …</translation>
    </message>
    <message>
        <source>Confirm all labels</source>
        <translation>Alle Schlagwörter bestätigen</translation>
    </message>
    <message>
        <source>Show or hide what it belongs to</source>
        <translation>Oberbegriffe ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Confirm or unconfirm</source>
        <translation>Bestätigen oder Bestätigung aufheben</translation>
    </message>
    <message>
        <source>Remove this label</source>
        <translation>Dieses Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Never show this label</source>
        <translation>Dieses Schlagwort nie zeigen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>Rückgängig: {0}</translation>
    </message>
    <message>
        <source>Redo: {0}</source>
        <translation>Wiederholen: {0}</translation>
    </message>
    <message>
        <source>Added “{0}”</source>
        <translation>„{0}“ hinzugefügt</translation>
    </message>
    <message>
        <source>add “{0}”</source>
        <translation>„{0}“ hinzufügen</translation>
    </message>
    <message>
        <source>Removed “{0}”</source>
        <translation>„{0}“ entfernt</translation>
    </message>
    <message>
        <source>remove “{0}”</source>
        <translation>„{0}“ entfernen</translation>
    </message>
    <message>
        <source>Confirmed “{0}”</source>
        <translation>„{0}“ bestätigt</translation>
    </message>
    <message>
        <source>confirm “{0}”</source>
        <translation>„{0}“ bestätigen</translation>
    </message>
    <message>
        <source>Unconfirmed “{0}”</source>
        <translation>Bestätigung von „{0}“ aufgehoben</translation>
    </message>
    <message>
        <source>unconfirm “{0}”</source>
        <translation>Bestätigung von „{0}“ aufheben</translation>
    </message>
    <message numerus="yes">
        <source>Added “{0}” to %n photos</source>
        <translation>
            <numerusform>„{0}“ bei %n Foto hinzugefügt</numerusform>
            <numerusform>„{0}“ bei %n Fotos hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>add “{0}” to %n photos</source>
        <translation>
            <numerusform>„{0}“ bei %n Foto hinzufügen</numerusform>
            <numerusform>„{0}“ bei %n Fotos hinzufügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed “{0}” from %n photos</source>
        <translation>
            <numerusform>„{0}“ von %n Foto entfernt</numerusform>
            <numerusform>„{0}“ von %n Fotos entfernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>remove “{0}” from %n photos</source>
        <translation>
            <numerusform>„{0}“ von %n Foto entfernen</numerusform>
            <numerusform>„{0}“ von %n Fotos entfernen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirmed “{0}” on %n photos</source>
        <translation>
            <numerusform>„{0}“ auf %n Foto bestätigt</numerusform>
            <numerusform>„{0}“ auf %n Fotos bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confirm “{0}” on %n photos</source>
        <translation>
            <numerusform>„{0}“ auf %n Foto bestätigen</numerusform>
            <numerusform>„{0}“ auf %n Fotos bestätigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unconfirmed “{0}” on %n photos</source>
        <translation>
            <numerusform>Bestätigung von „{0}“ auf %n Foto aufgehoben</numerusform>
            <numerusform>Bestätigung von „{0}“ auf %n Fotos aufgehoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>unconfirm “{0}” on %n photos</source>
        <translation>
            <numerusform>Bestätigung von „{0}“ auf %n Foto aufheben</numerusform>
            <numerusform>Bestätigung von „{0}“ auf %n Fotos aufheben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirmed %n labels</source>
        <translation>
            <numerusform>%n Schlagwort bestätigt</numerusform>
            <numerusform>%n Schlagwörter bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confirm %n labels</source>
        <translation>
            <numerusform>%n Schlagwort bestätigen</numerusform>
            <numerusform>%n Schlagwörter bestätigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed %n photos from favourites</source>
        <translation>
            <numerusform>%n Foto aus den Favoriten entfernt</numerusform>
            <numerusform>%n Fotos aus den Favoriten entfernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>remove %n photos from favourites</source>
        <translation>
            <numerusform>%n Foto aus den Favoriten entfernen</numerusform>
            <numerusform>%n Fotos aus den Favoriten entfernen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %n photos to favourites</source>
        <translation>
            <numerusform>%n Foto zu den Favoriten hinzugefügt</numerusform>
            <numerusform>%n Fotos zu den Favoriten hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>add %n photos to favourites</source>
        <translation>
            <numerusform>%n Foto zu den Favoriten hinzufügen</numerusform>
            <numerusform>%n Fotos zu den Favoriten hinzufügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>review %n photos</source>
        <translation>
            <numerusform>%n Foto prüfen</numerusform>
            <numerusform>%n Fotos prüfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed %n photos from Tagdrop, not from the disk</source>
        <translation>
            <numerusform>%n Foto aus Tagdrop entfernt, nicht vom Datenträger</numerusform>
            <numerusform>%n Fotos aus Tagdrop entfernt, nicht vom Datenträger</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>remove %n photos from Tagdrop</source>
        <translation>
            <numerusform>%n Foto aus Tagdrop entfernen</numerusform>
            <numerusform>%n Fotos aus Tagdrop entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed a job&apos;s labels</source>
        <translation>Schlagwörter eines Auftrags entfernt</translation>
    </message>
    <message>
        <source>remove a job&apos;s labels</source>
        <translation>Schlagwörter eines Auftrags entfernen</translation>
    </message>
    <message>
        <source>Nothing to change</source>
        <translation>Nichts zu ändern</translation>
    </message>
    <message>
        <source>Undid: {0}</source>
        <translation>Rückgängig gemacht: {0}</translation>
    </message>
    <message>
        <source>Redid: {0}</source>
        <translation>Wiederholt: {0}</translation>
    </message>
    <message>
        <source>Rename “{0}” to “{1}”</source>
        <translation>„{0}“ in „{1}“ umbenennen</translation>
    </message>
    <message numerus="yes">
        <source>Reviewed %n photos</source>
        <translation>
            <numerusform>%n Foto geprüft</numerusform>
            <numerusform>%n Fotos geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> · also applies to %n duplicates</source>
        <translation>
            <numerusform> · gilt auch für %n Duplikat</numerusform>
            <numerusform> · gilt auch für %n Duplikate</numerusform>
        </translation>
    </message>
    <message>
        <source>Never show “{0}”</source>
        <translation>„{0}“ nie zeigen</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Drop photos or folders here</source>
        <translation>Fotos oder Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Tagdrop labels what is in them. Labelling never changes a photo.</source>
        <translation>Tagdrop verschlagwortet, was darauf ist. Dabei wird nie ein Foto verändert.</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>Fotos hinzufügen …</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Try it with sample photos</source>
        <translation>Mit Beispielfotos ausprobieren</translation>
    </message>
</context>
<context>
    <name>EndNotice</name>
    <message>
        <source>Labelling finished</source>
        <translation>Das Verschlagworten ist beendet</translation>
    </message>
    <message>
        <source>Labelling stopped</source>
        <translation>Das Verschlagworten wurde angehalten</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Photos ({0})</source>
        <translation>Fotos ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
</context>
<context>
    <name>FilmStrip</name>
    <message>
        <source>Photos before and after this one</source>
        <translation>Fotos vor und nach diesem</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Save search</source>
        <translation>Suche speichern</translation>
    </message>
    <message>
        <source>Keep this search in the sidebar</source>
        <translation>Diese Suche in der Seitenleiste behalten</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Nach Bedeutung suchen</translation>
    </message>
    <message>
        <source>Show the photos that look most like these words</source>
        <translation>Die Fotos zeigen, die am besten zu diesen Wörtern passen</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>not {0}</source>
        <translation>nicht {0}</translation>
    </message>
    <message>
        <source>Photos of a job</source>
        <translation>Fotos eines Auftrags</translation>
    </message>
    <message>
        <source>Looks like “{0}”</source>
        <translation>Sieht aus wie „{0}“</translation>
    </message>
    <message>
        <source>Like one photo</source>
        <translation>Ähnlich wie ein Foto</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Fast gleiche Fotos</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>„{0}“</translation>
    </message>
    <message>
        <source>Leave this filter: {0}</source>
        <translation>Filter aufheben: {0}</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
</context>
<context>
    <name>FolderActions</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Rescan</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Watch for new photos</source>
        <translation>Auf neue Fotos überwachen</translation>
    </message>
    <message>
        <source>Change the limit…</source>
        <translation>Grenze ändern …</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr überwachen</translation>
    </message>
    <message>
        <source>Watch another folder…</source>
        <translation>Anderen Ordner überwachen …</translation>
    </message>
</context>
<context>
    <name>FolderKeeper</name>
    <message>
        <source>“{0}” cannot be found</source>
        <translation>„{0}“ ist nicht auffindbar</translation>
    </message>
    <message>
        <source>It was at {0}. If its drive or network share is not connected, connect it. If the folder was moved or renamed, show where it is now: its photos keep their labels.</source>
        <translation>Der Ordner lag unter {0}. Wenn das Laufwerk oder die Netzwerkfreigabe nicht verbunden ist, verbinden Sie es. Wenn der Ordner verschoben oder umbenannt wurde, geben Sie an, wo er jetzt liegt: Seine Fotos behalten ihre Schlagwörter.</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Ort angeben …</translation>
    </message>
    <message>
        <source>Where is “{0}” now?</source>
        <translation>Wo liegt „{0}“ jetzt?</translation>
    </message>
    <message>
        <source>“{0}” holds none of the photos of “{1}”</source>
        <translation>„{0}“ enthält keins der Fotos von „{1}“</translation>
    </message>
    <message>
        <source>Choose the folder in which the photos lie as they did before.</source>
        <translation>Wählen Sie den Ordner, in dem die Fotos so liegen wie vorher.</translation>
    </message>
    <message numerus="yes">
        <source>Found %n photos of “{0}” in “{1}”</source>
        <translation>
            <numerusform>%n Foto von „{0}“ in „{1}“ gefunden</numerusform>
            <numerusform>%n Fotos von „{0}“ in „{1}“ gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>locate “{0}”</source>
        <translation>Ort von „{0}“ angeben</translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>FoldersForm</name>
    <message>
        <source>Sort into folders by label</source>
        <translation>Nach Schlagwort in Ordner sortieren</translation>
    </message>
    <message>
        <source>Sort photos</source>
        <translation>Fotos sortieren</translation>
    </message>
    <message>
        <source>By label</source>
        <translation>Nach Schlagwort</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Copy the photos</source>
        <translation>Fotos kopieren</translation>
    </message>
    <message>
        <source>Move the photos</source>
        <translation>Fotos verschieben</translation>
    </message>
    <message>
        <source>Nested folders: Animal/Mammal/Dog</source>
        <translation>Ordner in Ordnern: Tier, Säugetier, Hund</translation>
    </message>
    <message>
        <source>A folder “Not sure” for photos with none of the labels</source>
        <translation>Ein Ordner „Unsicher“ für Fotos ohne eines der Schlagwörter</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>In den Ordner</translation>
    </message>
    <message>
        <source>Sidecar files and the videos of Live Photos go along. No file is overwritten, and all of it can be undone.</source>
        <translation>Begleitdateien und die Videos von Live Photos gehen mit. Keine Datei wird überschrieben, und alles lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Each photo goes to its surest label of those chosen here, of at least {0}.</source>
        <translation>Jedes Foto kommt zu seinem sichersten der hier gewählten Schlagwörter, ab {0}.</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Choose a folder first</source>
        <translation>Wählen Sie zuerst einen Ordner</translation>
    </message>
    <message>
        <source>No photo has one of these labels</source>
        <translation>Kein Foto hat eines dieser Schlagwörter</translation>
    </message>
</context>
<context>
    <name>ForgetPage</name>
    <message>
        <source>Remove from this computer</source>
        <translation>Von diesem Computer entfernen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>This computer forgets the connection and removes its key from the keychain. Photos are labelled on this computer again.</source>
        <translation>Dieser Computer vergisst die Verbindung, und sein Schlüssel wird aus dem Schlüsselbund entfernt. Fotos werden wieder auf diesem Computer verschlagwortet.</translation>
    </message>
    <message>
        <source>The labelling service stays in your Amazon account, and other computers keep using it. It costs nothing while idle. To remove it, choose “Delete everything from Amazon” instead.</source>
        <translation>Der Schlagwortdienst bleibt in Ihrem Amazon-Konto, und andere Computer verwenden ihn weiter. Solange nichts verschlagwortet wird, kostet er nichts. Um ihn loszuwerden, wählen Sie stattdessen „Alles bei Amazon löschen“.</translation>
    </message>
    <message>
        <source>Your labels stay.</source>
        <translation>Ihre Schlagwörter bleiben.</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobButton</name>
    <message>
        <source>More about this job</source>
        <translation>Mehr zu diesem Auftrag</translation>
    </message>
    <message>
        <source>Undo this job&apos;s labels</source>
        <translation>Schlagwörter dieses Auftrags zurücknehmen</translation>
    </message>
</context>
<context>
    <name>JobSheet</name>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>%n photos to label</source>
        <translation>
            <numerusform>%n Foto zu verschlagworten</numerusform>
            <numerusform>%n Fotos zu verschlagworten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already labelled</source>
        <translation>
            <numerusform>%n schon verschlagwortet</numerusform>
            <numerusform>%n schon verschlagwortet</numerusform>
        </translation>
    </message>
    <message>
        <source>about ${0} of your ${1}</source>
        <translation>etwa {0} $ von Ihren {1} $</translation>
    </message>
    <message>
        <source>some folders cannot be read and may contain more</source>
        <translation>einige Ordner sind gerade nicht lesbar und enthalten vielleicht mehr</translation>
    </message>
    <message>
        <source>this month&apos;s limit is reached, so they will wait</source>
        <translation>die Grenze für diesen Monat ist erreicht: Sie warten</translation>
    </message>
    <message numerus="yes">
        <source>the limit will stop it after about %Ln photos</source>
        <translation>
            <numerusform>nach etwa einem Foto endet es an der Grenze</numerusform>
            <numerusform>nach etwa %Ln Fotos endet es an der Grenze</numerusform>
        </translation>
    </message>
    <message>
        <source>still looking for photos</source>
        <translation>sucht noch nach Fotos</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Open the console and sign in.</source>
        <translation>Öffnen Sie die Konsole und melden Sie sich an.</translation>
    </message>
    <message>
        <source>Type a name for the user, such as “tagdrop-setup”, and choose Next.</source>
        <translation>Geben Sie einen Namen für den Benutzer ein, zum Beispiel „tagdrop-setup“, und wählen Sie „Next“.</translation>
    </message>
    <message>
        <source>Choose “Attach policies directly”, tick “AdministratorAccess”, and choose Next, then Create user.</source>
        <translation>Wählen Sie „Attach policies directly“, setzen Sie das Häkchen bei „AdministratorAccess“ und wählen Sie „Next“, dann „Create user“.</translation>
    </message>
    <message>
        <source>Open the new user and its tab “Security credentials”.</source>
        <translation>Öffnen Sie den neuen Benutzer und dort „Security credentials“.</translation>
    </message>
    <message>
        <source>Choose “Create access key”, then “Other”, Next, Create access key.</source>
        <translation>Wählen Sie „Create access key“, dann „Other“, „Next“, „Create access key“.</translation>
    </message>
    <message>
        <source>Choose “Download .csv file” and drop the file here.</source>
        <translation>Wählen Sie „Download .csv file“ und ziehen Sie die Datei hierher.</translation>
    </message>
    <message>
        <source>Once Tagdrop is set up, it has a labelling-only key of its own: delete this user again.</source>
        <translation>Wenn Tagdrop bereit ist, hat es einen eigenen Schlüssel nur zum Verschlagworten: Löschen Sie diesen Benutzer wieder.</translation>
    </message>
    <message>
        <source>How to get one</source>
        <translation>So bekommen Sie eine</translation>
    </message>
    <message>
        <source>Open the console</source>
        <translation>Konsole öffnen</translation>
    </message>
</context>
<context>
    <name>KeywordsForm</name>
    <message>
        <source>Write keywords into photos</source>
        <translation>Schlagwörter in Fotos schreiben</translation>
    </message>
    <message>
        <source>Write keywords</source>
        <translation>Schlagwörter schreiben</translation>
    </message>
    <message>
        <source>Keep photos up to date</source>
        <translation>Fotos aktuell halten</translation>
    </message>
    <message>
        <source>From then on, keywords are written by themselves after each job and each correction.</source>
        <translation>Von da an werden Schlagwörter nach jedem Auftrag und jeder Korrektur von selbst geschrieben.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Only labels that you confirmed or added</source>
        <translation>Nur Schlagwörter, die Sie bestätigt oder hinzugefügt haben</translation>
    </message>
    <message>
        <source>Also what they belong to: Mammal and Animal for Dog</source>
        <translation>Auch, wozu sie gehören: Säugetier und Tier bei Hund</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None; for example “Auto”</source>
        <translation>Nichts; oder „Auto“</translation>
    </message>
    <message>
        <source>Same as the window</source>
        <translation>Wie das Fenster</translation>
    </message>
    <message>
        <source>Labels at least this sure</source>
        <translation>Schlagwörter mindestens so sicher</translation>
    </message>
    <message>
        <source>Labels per photo, at most</source>
        <translation>Höchstens je Foto</translation>
    </message>
    <message>
        <source>Language of the keywords</source>
        <translation>Sprache der Schlagwörter</translation>
    </message>
    <message>
        <source>Put all keywords under</source>
        <translation>Alle einordnen unter</translation>
    </message>
</context>
<context>
    <name>KeywordsPreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview: keyword</source>
        <translation>Vorschau: Schlagwort</translation>
    </message>
    <message>
        <source>In the tree of keywords</source>
        <translation>Im Baum der Schlagwörter</translation>
    </message>
    <message>
        <source>No keywords</source>
        <translation>Keine Schlagwörter</translation>
    </message>
    <message>
        <source>into the photo itself</source>
        <translation>in das Foto selbst</translation>
    </message>
    <message>
        <source>into {0}</source>
        <translation>in {0}</translation>
    </message>
</context>
<context>
    <name>LabelFilter</name>
    <message>
        <source>Filter labels</source>
        <translation>Schlagwörter filtern</translation>
    </message>
</context>
<context>
    <name>LabelList</name>
    <message>
        <source>Labels of this photo</source>
        <translation>Schlagwörter dieses Fotos</translation>
    </message>
    <message>
        <source>Show what it belongs to</source>
        <translation>Oberbegriffe zeigen</translation>
    </message>
    <message>
        <source>Remove this label (Delete)</source>
        <translation>Dieses Schlagwort entfernen (Entf)</translation>
    </message>
    <message>
        <source>Unconfirm (K)</source>
        <translation>Bestätigung aufheben (K)</translation>
    </message>
    <message>
        <source>Confirm this label (K)</source>
        <translation>Dieses Schlagwort bestätigen (K)</translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Select a photo to see its labels</source>
        <translation>Wählen Sie ein Foto aus, um seine Schlagwörter zu sehen</translation>
    </message>
    <message>
        <source>Add a label (Ctrl+L)</source>
        <translation>Schlagwort hinzufügen (Strg+L)</translation>
    </message>
    <message numerus="yes">
        <source>%n less certain labels shown</source>
        <translation>
            <numerusform>%n weniger sicheres Schlagwort eingeblendet</numerusform>
            <numerusform>%n weniger sichere Schlagwörter eingeblendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Labels of this photo</source>
        <translation>Schlagwörter dieses Fotos</translation>
    </message>
    <message>
        <source>Labels of the selected photos</source>
        <translation>Schlagwörter der ausgewählten Fotos</translation>
    </message>
    <message>
        <source>Partly damaged: some of this photo is missing or spoilt, so labels may be missing or wrong. Look for another copy.</source>
        <translation>Teilweise beschädigt: Ein Teil dieses Fotos fehlt oder ist verdorben, daher können Schlagwörter fehlen oder falsch sein. Suchen Sie nach einer anderen Kopie.</translation>
    </message>
    <message>
        <source>The file is gone: moved, renamed or deleted, or its drive is not connected. Add it from where it is now, and its labels come back.</source>
        <translation>Die Datei ist weg: verschoben, umbenannt, gelöscht, oder ihr Laufwerk fehlt. Fügen Sie sie dort hinzu, wo sie jetzt ist, und sie wird mit ihren Schlagwörtern wiedergefunden.</translation>
    </message>
    <message numerus="yes">
        <source>%n less certain labels hidden</source>
        <translation>
            <numerusform>%n weniger sicheres Schlagwort ausgeblendet</numerusform>
            <numerusform>%n weniger sichere Schlagwörter ausgeblendet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabellingPage</name>
    <message>
        <source>Where photos are labelled</source>
        <translation>Wo Fotos verschlagwortet werden</translation>
    </message>
    <message>
        <source>Keep one processor core free</source>
        <translation>Einen Prozessorkern freihalten</translation>
    </message>
    <message>
        <source>Other programs stay fast, and labelling takes longer. On battery, one core is always kept free.</source>
        <translation>Andere Programme bleiben schnell, das Verschlagworten dauert länger. Im Akkubetrieb bleibt immer ein Kern frei.</translation>
    </message>
    <message>
        <source>How sure a label must be to be shown</source>
        <translation>Wie sicher ein Schlagwort sein muss, um gezeigt zu werden</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Less certain labels are only hidden. Moving the slider never labels anything again and costs nothing.</source>
        <translation>Weniger sichere Schlagwörter werden nur ausgeblendet. Verschieben Sie den Regler nach Belieben: Dafür wird nichts neu verschlagwortet oder bezahlt.</translation>
    </message>
    <message>
        <source>Labels from an older model</source>
        <translation>Schlagwörter eines älteren Modells</translation>
    </message>
    <message>
        <source>Label again</source>
        <translation>Neu verschlagworten</translation>
    </message>
    <message>
        <source>{0} Not set up yet: choose it to begin.</source>
        <translation>{0} Noch nicht eingerichtet: Wählen Sie es, um zu beginnen.</translation>
    </message>
    <message>
        <source>At least {0} ({1})</source>
        <translation>Mindestens {0} ({1})</translation>
    </message>
</context>
<context>
    <name>Locations</name>
    <message>
        <source>Tokyo</source>
        <translation>Tokio</translation>
    </message>
    <message>
        <source>Seoul</source>
        <translation>Seoul</translation>
    </message>
    <message>
        <source>Mumbai</source>
        <translation>Mumbai</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>Singapur</translation>
    </message>
    <message>
        <source>Sydney</source>
        <translation>Sydney</translation>
    </message>
    <message>
        <source>Malaysia</source>
        <translation>Malaysia</translation>
    </message>
    <message>
        <source>Thailand</source>
        <translation>Thailand</translation>
    </message>
    <message>
        <source>Canada</source>
        <translation>Kanada</translation>
    </message>
    <message>
        <source>Frankfurt</source>
        <translation>Frankfurt</translation>
    </message>
    <message>
        <source>Spain</source>
        <translation>Spanien</translation>
    </message>
    <message>
        <source>Ireland</source>
        <translation>Irland</translation>
    </message>
    <message>
        <source>London</source>
        <translation>London</translation>
    </message>
    <message>
        <source>Tel Aviv</source>
        <translation>Tel Aviv</translation>
    </message>
    <message>
        <source>São Paulo</source>
        <translation>São Paulo</translation>
    </message>
    <message>
        <source>Virginia</source>
        <translation>Virginia</translation>
    </message>
    <message>
        <source>Ohio</source>
        <translation>Ohio</translation>
    </message>
    <message>
        <source>California</source>
        <translation>Kalifornien</translation>
    </message>
    <message>
        <source>Oregon</source>
        <translation>Oregon</translation>
    </message>
</context>
<context>
    <name>LookButton</name>
    <message>
        <source>Rows</source>
        <translation>Reihen</translation>
    </message>
    <message>
        <source>Squares</source>
        <translation>Quadrate</translation>
    </message>
    <message>
        <source>Show labels</source>
        <translation>Schlagwörter anzeigen</translation>
    </message>
    <message>
        <source>Show file names</source>
        <translation>Dateinamen anzeigen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
</context>
<context>
    <name>MeaningOffer</name>
    <message>
        <source>Tagdrop can also search by what photos show (a download of {0}).</source>
        <translation>Tagdrop kann auch danach suchen, was Fotos zeigen (Download: {0}).</translation>
    </message>
    <message>
        <source>Learn more</source>
        <translation>Mehr dazu</translation>
    </message>
    <message>
        <source>No, thanks</source>
        <translation>Nein, danke</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>{0} ({1} times)</source>
        <translation>{0} ({1}-mal)</translation>
    </message>
</context>
<context>
    <name>MonthLine</name>
    <message>
        <source>Counted on this computer at the price in the settings. Every photo sent counts; months follow UTC, as on Amazon&apos;s bill.</source>
        <translation>Auf diesem Computer gezählt, zum Preis in den Einstellungen und nach Monaten in UTC wie auf Amazons Rechnung. Jedes gesendete Foto zählt.</translation>
    </message>
    <message>
        <source>This month {0} of ${1}</source>
        <translation>Dieser Monat: {0} von {1} $</translation>
    </message>
</context>
<context>
    <name>NearDuplicates</name>
    <message>
        <source>Show near-duplicates</source>
        <translation>Fast gleiche Fotos anzeigen</translation>
    </message>
    <message>
        <source>Looking for near-duplicates: {0}</source>
        <translation>Fast gleiche Fotos werden gesucht: {0}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>All photos are compared</source>
        <translation>Alle Fotos sind verglichen</translation>
    </message>
</context>
<context>
    <name>NetworkBox</name>
    <message>
        <source>Search by meaning</source>
        <translation>Nach Bedeutung suchen</translation>
    </message>
    <message>
        <source>Find photos by what they show, even where no label says so: “kids at the beach”, “birthday cake with candles”. This runs on your computer: no photo is sent anywhere.</source>
        <translation>Findet Fotos nach dem, was sie zeigen, auch wenn kein Schlagwort es nennt: „kids at the beach“, „birthday cake with candles“. Das läuft auf Ihrem Computer; kein Foto wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>This needs {0} by {1} ({2} licence), a download of {3} from {4}. It understands sentences in English only; labels can still be searched in your language.</source>
        <translation>Dafür wird {0} von {1} gebraucht ({2}-Lizenz), ein Download von {3} von {4}. Sätze versteht es nur auf Englisch; nach Schlagwörtern suchen Sie weiter in Ihrer Sprache.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Delete the download and what it found. Photos and labels stay as they are.</source>
        <translation>Löscht den Download und was er gefunden hat. Fotos und Schlagwörter bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>About {0}</source>
        <translation>Über {0}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>{0} of {1} downloaded</source>
        <translation>{0} von {1} heruntergeladen</translation>
    </message>
    <message>
        <source>Ready: all photos looked at.</source>
        <translation>Bereit: Alle Fotos sind ausgewertet.</translation>
    </message>
    <message>
        <source>{0} of {1} photos looked at</source>
        <translation>{0} von {1} Fotos ausgewertet</translation>
    </message>
</context>
<context>
    <name>NewsLine</name>
    <message numerus="yes">
        <source>%n new photos: show them</source>
        <translation>
            <numerusform>%n neues Foto: anzeigen</numerusform>
            <numerusform>%n neue Fotos: anzeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoAccountPage</name>
    <message>
        <source>Open Amazon&apos;s sign-up page</source>
        <translation>Bei Amazon registrieren</translation>
    </message>
    <message>
        <source>I have an account now</source>
        <translation>Ich habe jetzt ein Konto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>A new Amazon account</source>
        <translation>Ein neues Konto bei Amazon</translation>
    </message>
    <message>
        <source>This is an Amazon Web Services (AWS) account. An Amazon shopping account is separate and does not work here.</source>
        <translation>Es ist ein Konto bei Amazon Web Services (AWS). Das Konto zum Einkaufen bei Amazon ist ein anderes und geht hier nicht.</translation>
    </message>
    <message>
        <source>You need an email address, a phone that can receive a call or a text message, and a credit or debit card. Choose the free plan or “Basic support”. It takes about ten minutes; Amazon may need up to a day to activate the account.</source>
        <translation>Sie brauchen eine E-Mail-Adresse, ein Telefon für einen Anruf oder eine SMS und eine Kredit- oder Debitkarte. Wählen Sie das kostenlose Angebot oder „Basic support“. Es dauert etwa zehn Minuten; bis das Konto freigeschaltet ist, kann es einen Tag dauern.</translation>
    </message>
    <message>
        <source>The account itself costs nothing. Labelling costs about $1 for 1,000 photos, and Tagdrop stops at the monthly limit that you set.</source>
        <translation>Das Konto selbst kostet nichts. Das Verschlagworten kostet etwa 1 $ für 1.000 Fotos, und Tagdrop hält bei der Monatsgrenze an, die Sie festlegen.</translation>
    </message>
    <message>
        <source>Take your time: this page is still here when you come back.</source>
        <translation>Lassen Sie sich Zeit: Diese Seite ist noch da, wenn Sie zurückkommen.</translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>Close this note</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>NothingPage</name>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Did you mean “{0}”? ({1})</source>
        <translation>Meinten Sie „{0}“? ({1})</translation>
    </message>
    <message>
        <source>Search all photos for “{0}” ({1})</source>
        <translation>„{0}“ in allen Fotos suchen ({1})</translation>
    </message>
    <message>
        <source>Show “{0}” ({1})</source>
        <translation>„{0}“ zeigen ({1})</translation>
    </message>
    <message>
        <source>Show photos that look like “{0}”</source>
        <translation>Fotos zeigen, die aussehen wie „{0}“</translation>
    </message>
    <message>
        <source>This photo has not been looked at yet</source>
        <translation>Dieses Foto ist noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>No photo has been looked at yet</source>
        <translation>Noch ist kein Foto ausgewertet</translation>
    </message>
    <message>
        <source>No near-duplicates</source>
        <translation>Keine fast gleichen Fotos</translation>
    </message>
    <message>
        <source>No two photos are nearly the same, as far as they have been looked at.</source>
        <translation>Keine zwei Fotos sind fast gleich, soweit sie ausgewertet sind.</translation>
    </message>
    <message>
        <source>Tagdrop looks at all photos in the background. Try again in a while.</source>
        <translation>Tagdrop wertet alle Fotos im Hintergrund aus. Versuchen Sie es etwas später noch einmal.</translation>
    </message>
    <message>
        <source>No photo failed</source>
        <translation>Kein Foto ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Every photo could be read and labelled.</source>
        <translation>Alle Fotos konnten gelesen und verschlagwortet werden.</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>Nichts zu prüfen</translation>
    </message>
    <message>
        <source>Every labelled photo has a label that is likely right.</source>
        <translation>Jedes verschlagwortete Foto hat ein Schlagwort, das wahrscheinlich stimmt.</translation>
    </message>
    <message>
        <source>No favourites yet</source>
        <translation>Noch keine Favoriten</translation>
    </message>
    <message>
        <source>Choose photos and click the star below their labels.</source>
        <translation>Wählen Sie Fotos aus und klicken Sie auf den Stern unter ihren Schlagwörtern.</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Kein Foto passt</translation>
    </message>
    <message>
        <source>Move the slider towards More to include less certain labels.</source>
        <translation>Schieben Sie den Regler in Richtung „Mehr“, um auch weniger sichere Schlagwörter einzubeziehen.</translation>
    </message>
    <message>
        <source>Try fewer words, or only the beginning of a word.</source>
        <translation>Versuchen Sie weniger Wörter oder nur den Anfang eines Wortes.</translation>
    </message>
    <message>
        <source>You may have left out too much.</source>
        <translation>Vielleicht haben Sie zu viel ausgeschlossen.</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>No two photos look alike, as far as they are compared.</source>
        <translation>Soweit verglichen, sehen sich keine zwei Fotos ähnlich.</translation>
    </message>
</context>
<context>
    <name>OfferLine</name>
    <message>
        <source>Keep old labels</source>
        <translation>Alte Schlagwörter behalten</translation>
    </message>
    <message>
        <source>You can still label them again later, in Settings under Labelling.</source>
        <translation>Das geht auch später noch, in den Einstellungen unter „Verschlagworten“.</translation>
    </message>
    <message>
        <source>Label again</source>
        <translation>Neu verschlagworten</translation>
    </message>
    <message>
        <source>On this computer, for free. What you confirmed, removed or added stays.</source>
        <translation>Auf diesem Computer und kostenlos. Was Sie bestätigt, entfernt oder hinzugefügt haben, bleibt.</translation>
    </message>
</context>
<context>
    <name>OlderLabels</name>
    <message numerus="yes">
        <source>%Ln photos were labelled by an older model. Label them again? ({0})</source>
        <translation>
            <numerusform>%Ln Foto wurde von einem älteren Modell verschlagwortet. Neu verschlagworten? ({0})</numerusform>
            <numerusform>%Ln Fotos wurden von einem älteren Modell verschlagwortet. Neu verschlagworten? ({0})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OptionsBox</name>
    <message>
        <source>Also read text in photos</source>
        <translation>Auch Text in Fotos lesen</translation>
    </message>
    <message>
        <source>Also flag explicit content</source>
        <translation>Auch Anstößiges melden</translation>
    </message>
    <message>
        <source>Change at Amazon…</source>
        <translation>Bei Amazon ändern …</translation>
    </message>
    <message>
        <source>Each costs as much again as the labels. 1,000 photos cost ${0} now.</source>
        <translation>Jedes kostet noch einmal so viel wie die Schlagwörter. 1.000 Fotos kosten jetzt {0} $.</translation>
    </message>
    <message>
        <source>New photos: ${1} per 1,000 instead of ${0}.</source>
        <translation>Neue Fotos: {1} $ je 1.000 statt {0} $.</translation>
    </message>
</context>
<context>
    <name>OtherWaysPage</name>
    <message>
        <source>Profiles on this computer</source>
        <translation>Profile dieses Computers</translation>
    </message>
    <message>
        <source>Looking for profiles…</source>
        <translation>Profile werden gesucht …</translation>
    </message>
    <message>
        <source>Use this profile</source>
        <translation>Dieses Profil verwenden</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Diesen Schlüssel verwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Asking Amazon</source>
        <translation>Amazon wird gefragt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Other ways to sign in</source>
        <translation>Andere Wege, sich anzumelden</translation>
    </message>
    <message>
        <source>A code from Amazon&apos;s page</source>
        <translation>Ein Code von Amazons Seite</translation>
    </message>
    <message>
        <source>A profile from Amazon&apos;s own tools</source>
        <translation>Ein Profil von Amazons eigenen Werkzeugen</translation>
    </message>
    <message>
        <source>A key file from Amazon</source>
        <translation>Eine Schlüsseldatei von Amazon</translation>
    </message>
    <message>
        <source>Drop the file here, whatever its name, or paste its text.</source>
        <translation>Ziehen Sie die Datei hierher, wie auch immer sie heißt, oder fügen Sie ihren Text ein.</translation>
    </message>
    <message>
        <source>Typed by hand</source>
        <translation>Von Hand eingegeben</translation>
    </message>
    <message>
        <source>Key id:</source>
        <translation>Schlüssel-ID:</translation>
    </message>
    <message>
        <source>Secret:</source>
        <translation>Geheimer Schlüssel:</translation>
    </message>
    <message>
        <source>Key id</source>
        <translation>Schlüssel-ID</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheimer Schlüssel</translation>
    </message>
    <message>
        <source>It is used only for this and never saved. Use a user&apos;s key, not the root key.</source>
        <translation>Er wird nur hierfür verwendet und nie gespeichert. Nehmen Sie den Schlüssel eines Benutzers, nicht den Root-Schlüssel.</translation>
    </message>
    <message>
        <source>Asking Amazon whose key this is…</source>
        <translation>Amazon wird gefragt, wessen Schlüssel das ist …</translation>
    </message>
    <message>
        <source>Asking Amazon who signed in…</source>
        <translation>Amazon wird gefragt, wer sich angemeldet hat …</translation>
    </message>
    <message>
        <source>Signing in with the profile “{0}”… A page may open in your browser.</source>
        <translation>Anmeldung mit dem Profil „{0}“ … Vielleicht öffnet sich eine Seite in Ihrem Browser.</translation>
    </message>
    <message>
        <source>None found</source>
        <translation>Keines gefunden</translation>
    </message>
    <message>
        <source>Choose the key file</source>
        <translation>Schlüsseldatei wählen</translation>
    </message>
</context>
<context>
    <name>PanelFoot</name>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Confirm all</source>
        <translation>Alle bestätigen</translation>
    </message>
    <message>
        <source>Confirm all labels shown (Ctrl+Return in the list)</source>
        <translation>Alle gezeigten Schlagwörter bestätigen (Strg+Eingabe in der Liste)</translation>
    </message>
    <message>
        <source>Remove from favourites (Ctrl+D)</source>
        <translation>Aus den Favoriten entfernen (Strg+D)</translation>
    </message>
    <message>
        <source>Add to favourites (Ctrl+D)</source>
        <translation>Zu den Favoriten hinzufügen (Strg+D)</translation>
    </message>
</context>
<context>
    <name>PartLines</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>PassedOverWords</name>
    <message numerus="yes">
        <source>%n files of kinds that Tagdrop cannot read ({0})</source>
        <translation>
            <numerusform>%n Datei einer Art, die Tagdrop nicht lesen kann ({0})</numerusform>
            <numerusform>%n Dateien von Arten, die Tagdrop nicht lesen kann ({0})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are only online: download them first</source>
        <translation>
            <numerusform>%n Foto ist nur online: Laden Sie es zuerst herunter</numerusform>
            <numerusform>%n Fotos sind nur online: Laden Sie sie zuerst herunter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are not photos</source>
        <translation>
            <numerusform>%n Datei ist kein Foto</numerusform>
            <numerusform>%n Dateien sind keine Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open with…</source>
        <translation>Öffnen mit …</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Ähnliche Fotos</translation>
    </message>
    <message>
        <source>Label again</source>
        <translation>Neu verschlagworten</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy labels</source>
        <translation>Schlagwörter kopieren</translation>
    </message>
    <message>
        <source>Remove from Tagdrop</source>
        <translation>Aus Tagdrop entfernen</translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
</context>
<context>
    <name>PhotoFacts</name>
    <message>
        <source>{0} photos selected</source>
        <translation>{0} Fotos ausgewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n duplicates</source>
        <translation>
            <numerusform>%n Duplikat</numerusform>
            <numerusform>%n Duplikate</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Duplicates share their labels: changes apply to all of them.</source>
        <translation>Duplikate haben dieselben Schlagwörter: Änderungen gelten für alle.</translation>
    </message>
    <message>
        <source>d MMM yyyy, hh:mm</source>
        <translation>d. MMM yyyy, hh:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>{0}, from the file name</source>
        <translation>{0}, laut Dateiname</translation>
    </message>
    <message>
        <source>{0} × {1}</source>
        <translation>{0} × {1}</translation>
    </message>
    <message>
        <source>Show the photos in {0}</source>
        <translation>Die Fotos in {0} zeigen</translation>
    </message>
</context>
<context>
    <name>PhotosPage</name>
    <message>
        <source>Your photos</source>
        <translation>Ihre Fotos</translation>
    </message>
    <message>
        <source>Labelling only reads your photos. Tagdrop writes to them, or moves them, when you ask for it in the menu Save labels, and you can undo that. Removing a photo from the library leaves its file where it is.</source>
        <translation>Zum Verschlagworten werden Ihre Fotos nur gelesen. Tagdrop schreibt in sie oder verschiebt sie nur, wenn Sie es im Menü „Speichern“ verlangen, und Sie können das rückgängig machen. Wenn Sie ein Foto aus der Bibliothek entfernen, bleibt seine Datei, wo sie ist.</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Keep photos up to date</source>
        <translation>Fotos aktuell halten</translation>
    </message>
    <message>
        <source>Keywords are written by themselves after each job and each correction, with what was chosen last in “Write keywords into photos”.</source>
        <translation>Nach jedem Auftrag und jeder Korrektur werden Schlagwörter von selbst geschrieben, so wie zuletzt in „Schlagwörter in Fotos schreiben“ gewählt.</translation>
    </message>
    <message>
        <source>File types that Tagdrop looks for in folders</source>
        <translation>Arten von Dateien, die in Ordnern gesucht werden</translation>
    </message>
    <message>
        <source>Files with other names count if they contain a photo. Previews of other programs are left out, and so are photos that are only online until you download them.</source>
        <translation>Dateien mit anderen Namen zählen, wenn sie ein Foto enthalten. Vorschaubilder anderer Programme bleiben außen vor, ebenso Fotos, die nur online sind, bis Sie sie herunterladen.</translation>
    </message>
</context>
<context>
    <name>PictureNotes</name>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Edited since the labels were last checked. Are they still right?</source>
        <translation>Bearbeitet, seit die Schlagwörter zuletzt geprüft wurden. Stimmen sie noch?</translation>
    </message>
    <message>
        <source>Labels are right</source>
        <translation>Schlagwörter stimmen</translation>
    </message>
    <message>
        <source>Text: {0}</source>
        <translation>Text: {0}</translation>
    </message>
    <message>
        <source>May be explicit: {0}</source>
        <translation>Möglicherweise anstößig: {0}</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>As you chose, Amazon also reads text in the copies or flags explicit content. What it finds is kept with the labels in your account&apos;s table.</source>
        <translation>Wie von Ihnen gewählt, liest Amazon auch Text in den Kopien oder kennzeichnet anstößige Inhalte. Was es findet, steht mit den Schlagwörtern in der Tabelle Ihres Kontos.</translation>
    </message>
    <message>
        <source>How long copies stay with Amazon</source>
        <translation>Wie lange Kopien bei Amazon bleiben</translation>
    </message>
    <message>
        <source>Delete each copy as soon as its labels are here</source>
        <translation>Jede Kopie löschen, sobald ihre Schlagwörter hier sind</translation>
    </message>
    <message>
        <source>How to opt out</source>
        <translation>So lässt sich widersprechen</translation>
    </message>
    <message>
        <source>What leaves this computer</source>
        <translation>Was diesen Computer verlässt</translation>
    </message>
    <message>
        <source>Labelling on this computer: nothing, and Tagdrop itself reports to no one. Labelling with Amazon: while a job runs, a copy of each photo goes to your own account, shrunk to about 2016 pixels on its long edge and stripped of location, date, camera and all other metadata; its name contains the file&apos;s name. That name and the labels stay in a table in your account until you delete everything there, or for as many days as the Amazon page says; the name of a photo whose labels were late stays in a list of attempts for up to 4 days, and of one that was given up, 14.</source>
        <translation>Beim Verschlagworten auf diesem Computer: nichts, und auch Tagdrop selbst meldet niemandem etwas. Beim Verschlagworten mit Amazon: Während ein Auftrag läuft, geht eine Kopie jedes Fotos in Ihr eigenes Konto, verkleinert auf etwa 2016 Pixel an der langen Seite und ohne Ort, Datum, Kamera und alle anderen Metadaten; ihr Name enthält den Namen der Datei. Dieser Name und die Schlagwörter bleiben in einer Tabelle in Ihrem Konto, bis Sie dort alles löschen, oder so viele Tage, wie die Amazon-Seite sagt; der Name eines Fotos, dessen Schlagwörter sich verspäteten, bleibt bis zu 4 Tage in einer Liste der Versuche, und der eines aufgegebenen 14.</translation>
    </message>
    <message>
        <source>What Amazon itself may keep</source>
        <translation>Was Amazon selbst behalten darf</translation>
    </message>
    <message>
        <source>Amazon may keep pictures it has analysed to improve its service, also in another region, unless the account opts out, which needs AWS Organizations (an account on its own can set up one). Deleting the copies does not affect these.</source>
        <translation>Amazon darf Bilder, die es angesehen hat, behalten, um seinen Dienst zu verbessern, auch in einer anderen Region, es sei denn, das Konto widerspricht; dafür braucht es AWS Organizations (auch ein einzelnes Konto kann das einrichten). Das Löschen der Kopien ändert daran nichts.</translation>
    </message>
    <message>
        <source>Pictures from a browser</source>
        <translation>Bilder aus einem Browser</translation>
    </message>
    <message>
        <source>A picture that you drag or copy from a browser is saved as a file in {0}. If the browser does not supply it, it is fetched once from its website and nowhere else.</source>
        <translation>Ein Bild, das Sie aus einem Browser ziehen oder kopieren, wird als Datei in {0} aufbewahrt. Gibt der Browser es nicht selbst heraus, wird es einmal von seiner Website geholt und von nirgends sonst.</translation>
    </message>
    <message>
        <source>What stays here</source>
        <translation>Was hier bleibt</translation>
    </message>
    <message>
        <source>Labelling never changes a photo. Labels, thumbnails, settings and a log are kept in Tagdrop&apos;s own folder on this computer. An Amazon key is kept in the system&apos;s keychain.</source>
        <translation>Beim Verschlagworten wird nie ein Foto verändert. Schlagwörter, Miniaturen, Einstellungen und ein Protokoll liegen in Tagdrops eigenem Ordner auf diesem Computer. Ein Amazon-Schlüssel liegt im Schlüsselbund des Systems.</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress of labelling</source>
        <translation>Fortschritt des Verschlagwortens</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop here. Photos that have labels keep them.</source>
        <translation>Hier aufhören. Fotos, die Schlagwörter haben, behalten sie.</translation>
    </message>
    <message>
        <source>Label the rest</source>
        <translation>Den Rest verschlagworten</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>Rest abbrechen</translation>
    </message>
    <message>
        <source>Photos that have labels keep them.</source>
        <translation>Fotos mit Schlagwörtern behalten sie.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Start no more photos for now; those already submitted still get labels.</source>
        <translation>Vorerst keine weiteren Fotos beginnen; die bereits abgegebenen bekommen noch Schlagwörter.</translation>
    </message>
    <message>
        <source>Photos: {0}</source>
        <translation>Fotos: {0}</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>{0} pro Sekunde</translation>
    </message>
    <message>
        <source>still looking for photos</source>
        <translation>Fotos werden noch gesucht</translation>
    </message>
    <message numerus="yes">
        <source>%n more jobs waiting</source>
        <translation>
            <numerusform>%n weiterer Auftrag wartet</numerusform>
            <numerusform>%n weitere Aufträge warten</numerusform>
        </translation>
    </message>
    <message>
        <source>No photos found</source>
        <translation>Keine Fotos gefunden</translation>
    </message>
    <message>
        <source>{0} labelled</source>
        <translation>{0} verschlagwortet</translation>
    </message>
    <message>
        <source>{0} already labelled</source>
        <translation>{0} bereits verschlagwortet</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{0} cancelled</source>
        <translation>{0} abgebrochen</translation>
    </message>
    <message>
        <source>{0} still to do</source>
        <translation>{0} noch offen</translation>
    </message>
    <message>
        <source>cost {0}</source>
        <translation>Kosten {0}</translation>
    </message>
    <message numerus="yes">
        <source>in %n seconds</source>
        <translation>
            <numerusform>in %n Sekunde</numerusform>
            <numerusform>in %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minutes</source>
        <translation>
            <numerusform>in %n Minute</numerusform>
            <numerusform>in %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>in {0} hours</source>
        <translation>in {0} Stunden</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>noch {0} s</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>noch {0} min</translation>
    </message>
    <message>
        <source>{0} h left</source>
        <translation>noch {0} h</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet …</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Progress at Amazon</source>
        <translation>Fortschritt bei Amazon</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>This usually takes under two minutes. You can close Tagdrop in the meantime: Amazon carries on, and the next start picks it up again.</source>
        <translation>Meist unter zwei Minuten. Sie können Tagdrop inzwischen schließen: Amazon macht weiter, und der nächste Start knüpft daran an.</translation>
    </message>
    <message>
        <source>Sign in again to see the progress at Amazon.</source>
        <translation>Melden Sie sich noch einmal an, um zu sehen, wie es bei Amazon weitergeht.</translation>
    </message>
    <message>
        <source>Undoing the set-up</source>
        <translation>Die Einrichtung wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>Repairing the labelling service</source>
        <translation>Der Schlagwortdienst wird repariert</translation>
    </message>
    <message>
        <source>Updating the labelling service</source>
        <translation>Der Schlagwortdienst wird aktualisiert</translation>
    </message>
    <message>
        <source>Creating a new key for this computer</source>
        <translation>Ein neuer Schlüssel für diesen Computer wird erstellt</translation>
    </message>
    <message>
        <source>Trying photos again</source>
        <translation>Fotos werden noch einmal versucht</translation>
    </message>
    <message>
        <source>Setting up</source>
        <translation>Wird eingerichtet</translation>
    </message>
</context>
<context>
    <name>ReadyPage</name>
    <message>
        <source>Labelling one test photo</source>
        <translation>Ein Testfoto wird verschlagwortet</translation>
    </message>
    <message>
        <source>The test photo</source>
        <translation>Das Testfoto</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Set up. One test photo is on its way</source>
        <translation>Eingerichtet. Ein Testfoto ist unterwegs</translation>
    </message>
    <message>
        <source>It goes all the way through once and costs about a tenth of a cent.</source>
        <translation>Es geht einmal durch alles hindurch und kostet etwa ein Zehntel Cent.</translation>
    </message>
    <message>
        <source>Set up. Amazon is still starting up</source>
        <translation>Eingerichtet. Amazon läuft noch an</translation>
    </message>
    <message>
        <source>It can take Amazon five minutes to notice new photos. The test photo is sent again every half minute, and you pay for it once. You can close this and go on.</source>
        <translation>Amazon kann fünf Minuten brauchen, bis es neue Fotos bemerkt. Das Testfoto wird jede halbe Minute noch einmal gesendet, und Sie bezahlen es einmal. Sie können dieses Fenster schließen und weitermachen.</translation>
    </message>
    <message>
        <source>Ready. This cost {0}.</source>
        <translation>Bereit. Das hat {0} gekostet.</translation>
    </message>
    <message numerus="yes">
        <source>Label my %Ln photos with Amazon (about ${0})</source>
        <translation>
            <numerusform>Mein %Ln Foto mit Amazon verschlagworten (etwa {0} $)</numerusform>
            <numerusform>Meine %Ln Fotos mit Amazon verschlagworten (etwa {0} $)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %Ln sample photos (about ${0})</source>
        <translation>
            <numerusform>%Ln Beispielfoto verschlagworten (etwa {0} $)</numerusform>
            <numerusform>%Ln Beispielfotos verschlagworten (etwa {0} $)</numerusform>
        </translation>
    </message>
    <message>
        <source>New photos are labelled with Amazon from now on. Drop some.</source>
        <translation>Neue Fotos werden von jetzt an mit Amazon verschlagwortet. Ziehen Sie welche herein.</translation>
    </message>
    <message>
        <source>New photos are labelled with Amazon from now on. This computer has no keychain, so the key is kept only until Tagdrop is closed; the next start asks you to sign in again.</source>
        <translation>Neue Fotos werden von jetzt an mit Amazon verschlagwortet. Dieser Computer hat keinen Schlüsselbund; der Schlüssel bleibt nur, bis Tagdrop geschlossen wird, und beim nächsten Start melden Sie sich noch einmal an.</translation>
    </message>
    <message>
        <source>Set up, but the test photo has no labels yet</source>
        <translation>Eingerichtet, aber das Testfoto hat noch keine Schlagwörter</translation>
    </message>
</context>
<context>
    <name>RecentFolders</name>
    <message>
        <source>Recent folders</source>
        <translation>Zuletzt verwendete Ordner</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>Fotos hinzufügen …</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Paste again</source>
        <translation>Noch einmal einfügen</translation>
    </message>
    <message>
        <source>Copy a message for IT</source>
        <translation>Nachricht für die IT kopieren</translation>
    </message>
    <message>
        <source>Copy the permission</source>
        <translation>Das Recht kopieren</translation>
    </message>
    <message>
        <source>Sign in as owner</source>
        <translation>Als Inhaber anmelden</translation>
    </message>
    <message>
        <source>How to raise it</source>
        <translation>So wird sie erhöht</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>Raise the limit…</source>
        <translation>Grenze erhöhen …</translation>
    </message>
    <message>
        <source>Show the version</source>
        <translation>Fassung zeigen</translation>
    </message>
    <message>
        <source>Set up Amazon…</source>
        <translation>Amazon einrichten …</translation>
    </message>
    <message>
        <source>Try these photos again</source>
        <translation>Diese Fotos noch einmal versuchen</translation>
    </message>
    <message>
        <source>Create it again</source>
        <translation>Neu erstellen</translation>
    </message>
    <message>
        <source>Close Tagdrop</source>
        <translation>Tagdrop schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Clock settings</source>
        <translation>Uhr einstellen</translation>
    </message>
</context>
<context>
    <name>RemovalPage</name>
    <message>
        <source>Deleting</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Deleted:</source>
        <translation>Gelöscht:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Everything has been deleted from Amazon</source>
        <translation>Bei Amazon ist alles gelöscht</translation>
    </message>
    <message>
        <source>Your labels stay on this computer. Photos are labelled here again.</source>
        <translation>Ihre Schlagwörter bleiben auf diesem Computer. Fotos werden wieder hier verschlagwortet.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Deleting everything from Amazon</source>
        <translation>Alles bei Amazon wird gelöscht</translation>
    </message>
    <message>
        <source>Not everything has been deleted from Amazon yet</source>
        <translation>Bei Amazon ist noch nicht alles gelöscht</translation>
    </message>
    <message>
        <source>Sign in again to delete the rest. Your labels stay on this computer.</source>
        <translation>Melden Sie sich noch einmal an, um den Rest zu löschen. Ihre Schlagwörter bleiben auf diesem Computer.</translation>
    </message>
    <message>
        <source>Delete everything from Amazon?</source>
        <translation>Alles bei Amazon löschen?</translation>
    </message>
    <message>
        <source>Everything Tagdrop created in account {0} will be deleted: the storage with every copy in it, the program, the table, and Tagdrop&apos;s users with their keys, including those of other computers. Your labels and your photos stay on this computer.</source>
        <translation>Alles, was Tagdrop im Konto {0} angelegt hat, wird gelöscht: der Speicher mit jeder Kopie darin, das Programm, die Tabelle und Tagdrops Benutzer mit ihren Schlüsseln, auch denen anderer Computer. Ihre Schlagwörter und Ihre Fotos bleiben auf diesem Computer.</translation>
    </message>
    <message>
        <source>Delete everything from Amazon</source>
        <translation>Alles bei Amazon löschen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>Rescans</name>
    <message>
        <source>Looking for new photos in {0}…</source>
        <translation>Neue Fotos in {0} werden gesucht …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln neu</numerusform>
            <numerusform>%Ln neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln geändert</numerusform>
            <numerusform>%Ln geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln no longer there</source>
        <translation>
            <numerusform>%Ln nicht mehr da</numerusform>
            <numerusform>%Ln nicht mehr da</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing has changed</source>
        <translation>nichts hat sich geändert</translation>
    </message>
    <message>
        <source>Photos that are no longer there were moved, renamed or deleted. Their labels stay until you remove the photos from Tagdrop.</source>
        <translation>Fotos, die nicht mehr da sind, wurden verschoben, umbenannt oder gelöscht. Ihre Schlagwörter bleiben, bis Sie die Fotos aus Tagdrop entfernen.</translation>
    </message>
    <message>
        <source>Remove from Tagdrop</source>
        <translation>Aus Tagdrop entfernen</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>Just added</source>
        <translation>Gerade hinzugefügt</translation>
    </message>
</context>
<context>
    <name>RetentionBox</name>
    <message>
        <source>Days after which Amazon deletes the copies</source>
        <translation>Tage, nach denen Amazon die Kopien löscht</translation>
    </message>
    <message>
        <source>Change at Amazon…</source>
        <translation>Bei Amazon ändern …</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Amazon deletes copies after</source>
        <translation>Amazon löscht Kopien nach</translation>
    </message>
    <message>
        <source>Checking the current setting…</source>
        <translation>Die aktuelle Einstellung wird geprüft …</translation>
    </message>
    <message numerus="yes">
        <source>days</source>
        <translation>
            <numerusform>Tag</numerusform>
            <numerusform>Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>This is the current setting at Amazon, which counts from midnight (UTC) and takes its time: a day means 24 to 48 hours.</source>
        <translation>So ist es bei Amazon eingestellt; es zählt ab Mitternacht (UTC) und lässt sich Zeit: Ein Tag bedeutet 24 bis 48 Stunden.</translation>
    </message>
    <message numerus="yes">
        <source>Amazon is still set to delete them after %n days.</source>
        <translation>
            <numerusform>Bei Amazon ist noch eingestellt, sie nach einem Tag zu löschen.</numerusform>
            <numerusform>Bei Amazon ist noch eingestellt, sie nach %n Tagen zu löschen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Review photos</source>
        <translation>Fotos prüfen</translation>
    </message>
</context>
<context>
    <name>ReviewLine</name>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Confirm all</source>
        <translation>Alle bestätigen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>Label</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>What becomes of the label</source>
        <translation>Was mit dem Schlagwort geschieht</translation>
    </message>
    <message>
        <source>is never shown</source>
        <translation>wird nie gezeigt</translation>
    </message>
    <message>
        <source>is shown as</source>
        <translation>wird gezeigt als</translation>
    </message>
    <message>
        <source>Other name</source>
        <translation>Anderer Name</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Rules for labels</source>
        <translation>Regeln für Schlagwörter</translation>
    </message>
    <message>
        <source>When you correct the same label twice, Tagdrop offers a rule for it. A rule changes what you see, not what was found: remove it, and the label comes back.</source>
        <translation>Wenn Sie dasselbe Schlagwort zweimal korrigieren, bietet Tagdrop eine Regel dafür an. Eine Regel ändert, was Sie sehen, nicht, was erkannt wurde: Entfernen Sie sie, und das Schlagwort ist wieder da.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>There are no rules yet.</source>
        <translation>Es gibt noch keine Regeln.</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>Diese Regel entfernen</translation>
    </message>
    <message>
        <source>Removed the rule for “{0}”</source>
        <translation>Regel für „{0}“ entfernt</translation>
    </message>
    <message>
        <source>remove the rule for “{0}”</source>
        <translation>Regel für „{0}“ entfernen</translation>
    </message>
</context>
<context>
    <name>RunDialog</name>
    <message>
        <source>Photos that were left out</source>
        <translation>Ausgelassene Fotos</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Stopped. {0}</source>
        <translation>Angehalten. {0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos needed no change.</source>
        <translation>
            <numerusform>%Ln Foto brauchte keine Änderung.</numerusform>
            <numerusform>%Ln Fotos brauchten keine Änderung.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos were left out:</source>
        <translation>
            <numerusform>%Ln Foto wurde ausgelassen:</numerusform>
            <numerusform>%Ln Fotos wurden ausgelassen:</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Writing keywords…</source>
        <translation>Schlagwörter werden geschrieben …</translation>
    </message>
    <message>
        <source>Moving photos…</source>
        <translation>Fotos werden verschoben …</translation>
    </message>
    <message>
        <source>Copying photos…</source>
        <translation>Fotos werden kopiert …</translation>
    </message>
    <message>
        <source>Nothing was undone</source>
        <translation>Nichts wurde rückgängig gemacht</translation>
    </message>
    <message>
        <source>Undid: {0}</source>
        <translation>Rückgängig gemacht: {0}</translation>
    </message>
    <message>
        <source>Undoing…</source>
        <translation>Wird rückgängig gemacht …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos moved into folders</source>
        <translation>
            <numerusform>%Ln Foto in Ordner verschoben</numerusform>
            <numerusform>%Ln Fotos in Ordner verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos copied into folders</source>
        <translation>
            <numerusform>%Ln Foto in Ordner kopiert</numerusform>
            <numerusform>%Ln Fotos in Ordner kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>keywords kept up to date in %Ln photos</source>
        <translation>
            <numerusform>Schlagwörter in %Ln Foto aktuell gehalten</numerusform>
            <numerusform>Schlagwörter in %Ln Fotos aktuell gehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>keywords written to %Ln photos</source>
        <translation>
            <numerusform>Schlagwörter in %Ln Foto geschrieben</numerusform>
            <numerusform>Schlagwörter in %Ln Fotos geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keywords written to %Ln photos</source>
        <translation>
            <numerusform>Schlagwörter in %Ln Foto geschrieben</numerusform>
            <numerusform>Schlagwörter in %Ln Fotos geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln photos into folders</source>
        <translation>
            <numerusform>%Ln Foto in Ordner verschoben</numerusform>
            <numerusform>%Ln Fotos in Ordner verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln photos into folders</source>
        <translation>
            <numerusform>%Ln Foto in Ordner kopiert</numerusform>
            <numerusform>%Ln Fotos in Ordner kopiert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Which photos</source>
        <translation>Welche Fotos</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>SaveMenu</name>
    <message>
        <source>Save labels</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Nothing to save yet: add photos first</source>
        <translation>Noch nichts zu speichern: füge zuerst Fotos hinzu</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Write keywords into photos…</source>
        <translation>Schlagwörter in Fotos schreiben …</translation>
    </message>
    <message>
        <source>Save as CSV or JSON…</source>
        <translation>Als CSV oder JSON speichern …</translation>
    </message>
    <message>
        <source>Sort into folders by label…</source>
        <translation>Nach Schlagwort in Ordner sortieren …</translation>
    </message>
    <message>
        <source>Undo the last save</source>
        <translation>Letztes Speichern rückgängig machen</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>Rückgängig: {0}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message numerus="yes">
        <source>%Ln selected photos</source>
        <translation>
            <numerusform>%Ln ausgewähltes Foto</numerusform>
            <numerusform>%Ln ausgewählte Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos shown now</source>
        <translation>
            <numerusform>%Ln jetzt gezeigtes Foto</numerusform>
            <numerusform>%Ln jetzt gezeigte Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photos</source>
        <translation>
            <numerusform>Das eine Foto</numerusform>
            <numerusform>Alle %Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Scrubber</name>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum gehen</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search labels and names</source>
        <translation>Schlagwörter, Namen suchen</translation>
    </message>
    <message>
        <source>dog beach: both
dog or cat: one of them
dog -cat: without cat
&quot;polar bear&quot;: this label, or this in the name or in a text
july 2024, last summer: taken then
folder:holiday, is:mine: in such a folder, with your labels
explicit: flagged as explicit</source>
        <translation>Hund Strand: beides
Hund oder Katze: eines von beiden
Hund -Katze: ohne Katze
&quot;Roter Panda&quot;: dieses Schlagwort, oder dies im Namen oder in einem Text
Juli 2024, letzten Sommer: dann aufgenommen
ordner:urlaub, ist:meine: in so einem Ordner, mit Ihren Schlagwörtern
anstößig: als anstößig gekennzeichnet</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>SearchKeeper</name>
    <message>
        <source>Saved “{0}” in the sidebar</source>
        <translation>„{0}“ in der Seitenleiste gespeichert</translation>
    </message>
    <message>
        <source>Removed the saved search “{0}”</source>
        <translation>Gespeicherte Suche „{0}“ entfernt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>SentBox</name>
    <message>
        <source>Loading what was sent…</source>
        <translation>Es wird geladen, was gesendet wurde …</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>Namen suchen</translation>
    </message>
    <message>
        <source>Search names of sent photos</source>
        <translation>Namen gesendeter Fotos suchen</translation>
    </message>
    <message>
        <source>Delete now</source>
        <translation>Jetzt löschen</translation>
    </message>
    <message>
        <source>Delete the copies of the selected photos at Amazon.</source>
        <translation>Die Kopien der gewählten Fotos bei Amazon löschen.</translation>
    </message>
    <message>
        <source>Delete all copies now</source>
        <translation>Alle Kopien jetzt löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Photos that were sent</source>
        <translation>Gesendete Fotos</translation>
    </message>
    <message>
        <source>No photo with that name was sent.</source>
        <translation>Es wurde kein Foto mit einem solchen Namen gesendet.</translation>
    </message>
    <message>
        <source>No photo has left this computer.</source>
        <translation>Kein Foto hat diesen Computer verlassen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies have been sent.</source>
        <translation>
            <numerusform>Eine Kopie wurde gesendet.</numerusform>
            <numerusform>%Ln Kopien wurden gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>None of them is still with Amazon.</source>
        <translation>Keine davon ist noch bei Amazon.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them may still be with Amazon ({0}).</source>
        <translation>
            <numerusform>Eine davon kann noch bei Amazon liegen ({0}).</numerusform>
            <numerusform>%Ln davon können noch bei Amazon liegen ({0}).</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Wird gelöscht …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies deleted so far…</source>
        <translation>
            <numerusform>Bisher eine Kopie gelöscht …</numerusform>
            <numerusform>Bisher %Ln Kopien gelöscht …</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies deleted; the labels stay on this computer.</source>
        <translation>
            <numerusform>Eine Kopie gelöscht; die Schlagwörter bleiben auf diesem Computer.</numerusform>
            <numerusform>%Ln Kopien gelöscht; die Schlagwörter bleiben auf diesem Computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay for now: a job is still working on these photos.</source>
        <translation>
            <numerusform>Eine bleibt vorerst: Ein Auftrag ist mit dem Foto noch nicht fertig.</numerusform>
            <numerusform>%Ln bleiben vorerst: Ein Auftrag ist mit den Fotos noch nicht fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are out of reach: they belong to another set-up.</source>
        <translation>
            <numerusform>Eine ist nicht erreichbar: Sie gehört zu einer anderen Einrichtung.</numerusform>
            <numerusform>%Ln sind nicht erreichbar: Sie gehören zu einer anderen Einrichtung.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SentModel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Copy with Amazon</source>
        <translation>Kopie bei Amazon</translation>
    </message>
    <message>
        <source>deleted by you</source>
        <translation>von Ihnen gelöscht</translation>
    </message>
    <message>
        <source>deleted by Amazon</source>
        <translation>von Amazon gelöscht</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>bis {0}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>About Tagdrop</source>
        <translation>Über Tagdrop</translation>
    </message>
    <message>
        <source>The folder cannot be shown</source>
        <translation>Der Ordner kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The photo is, or was, at {0}</source>
        <translation>Das Foto liegt oder lag unter {0}</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Den Pfad kopieren</translation>
    </message>
    <message>
        <source>Labelling</source>
        <translation>Verschlagworten</translation>
    </message>
    <message>
        <source>Amazon account</source>
        <translation>Amazon-Konto</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>View a photo</source>
        <translation>Ein Foto ansehen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Mehrere auswählen</translation>
    </message>
    <message>
        <source>Viewing a photo</source>
        <translation>Ein Foto ansehen</translation>
    </message>
    <message>
        <source>Next photo, previous photo</source>
        <translation>Nächstes Foto, voriges Foto</translation>
    </message>
    <message>
        <source>Zoom in, zoom out, fit to window, 100 %</source>
        <translation>Vergrößern, verkleinern, an das Fenster anpassen, 100 %</translation>
    </message>
    <message>
        <source>Boxes, labels and information, full screen</source>
        <translation>Rahmen, Schlagwörter und Angaben, Vollbild</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Zurück zu allen Fotos</translation>
    </message>
    <message>
        <source>Reviewing photos</source>
        <translation>Beim Prüfen von Fotos</translation>
    </message>
    <message>
        <source>Confirm the label, all labels</source>
        <translation>Das Schlagwort bestätigen, alle Schlagwörter bestätigen</translation>
    </message>
    <message>
        <source>Remove the label</source>
        <translation>Das Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Labels of a photo</source>
        <translation>Schlagwörter eines Fotos</translation>
    </message>
    <message>
        <source>Places, labels and folders</source>
        <translation>Orte, Schlagwörter und Ordner</translation>
    </message>
    <message>
        <source>Show only this</source>
        <translation>Nur dies zeigen</translation>
    </message>
    <message>
        <source>Combine with the current selection</source>
        <translation>Mit der aktuellen Auswahl verbinden</translation>
    </message>
    <message>
        <source>Leave this label out</source>
        <translation>Dieses Schlagwort ausschließen</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Places, labels and folders</source>
        <translation>Orte, Schlagwörter und Ordner</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>Ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Only “{0}”</source>
        <translation>Nur „{0}“</translation>
    </message>
    <message>
        <source>And “{0}”</source>
        <translation>Und „{0}“</translation>
    </message>
    <message>
        <source>Not “{0}”</source>
        <translation>Nicht „{0}“</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation>Zusammenführen mit …</translation>
    </message>
    <message>
        <source>Never show “{0}”</source>
        <translation>„{0}“ nie anzeigen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Ort angeben …</translation>
    </message>
    <message>
        <source>Remove from Tagdrop</source>
        <translation>Aus Tagdrop entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Undo this job&apos;s labels</source>
        <translation>Schlagwörter dieses Auftrags zurücknehmen</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Photos without a label that is at least likely (70 %), and edited ones</source>
        <translation>Fotos ohne ein Schlagwort, das mindestens wahrscheinlich ist (70 %), und bearbeitete</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Recent jobs</source>
        <translation>Letzte Aufträge</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>{0} cannot be found</source>
        <translation>{0} ist nicht auffindbar</translation>
    </message>
    <message>
        <source>Labelled again</source>
        <translation>Erneut verschlagwortet</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
</context>
<context>
    <name>SidebarDelegate</name>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation>Zusammenführen mit …</translation>
    </message>
</context>
<context>
    <name>SidebarModel</name>
    <message>
        <source>{0}, cannot be found</source>
        <translation>{0}, nicht auffindbar</translation>
    </message>
    <message>
        <source>{0}, left out</source>
        <translation>{0}, ausgelassen</translation>
    </message>
    <message>
        <source>{0}, watched for new photos</source>
        <translation>{0}, wird auf neue Fotos überwacht</translation>
    </message>
</context>
<context>
    <name>SidebarToggle</name>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Show places, labels and folders (F9)</source>
        <translation>Orte, Schlagwörter und Ordner zeigen (F9)</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>Mit dem Browser anmelden</translation>
    </message>
    <message>
        <source>Another way to sign in…</source>
        <translation>Anders anmelden …</translation>
    </message>
    <message>
        <source>No account yet?</source>
        <translation>Noch kein Konto?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Waiting for the browser</source>
        <translation>Warten auf den Browser</translation>
    </message>
    <message>
        <source>Waiting for you to sign in on the page in your browser…</source>
        <translation>Melden Sie sich auf der Seite in Ihrem Browser an; hier wird darauf gewartet …</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open the console</source>
        <translation>Konsole öffnen</translation>
    </message>
    <message>
        <source>Nothing happened, or is there only an error (400)? Tagdrop cannot see Amazon&apos;s page. Sign in to the console in the same browser, then copy the link and open it there; or sign in another way, for example with a code or a profile.</source>
        <translation>Nichts passiert, oder erscheint nur ein Fehler (400)? Tagdrop kann Amazons Seite nicht sehen. Melden Sie sich im selben Browser bei der Konsole an, kopieren Sie dann den Link und öffnen Sie ihn dort; oder melden Sie sich anders an, zum Beispiel mit einem Code oder einem Profil.</translation>
    </message>
    <message>
        <source>Your browser opens Amazon&apos;s own page. We never see your password.</source>
        <translation>Ihr Browser öffnet Amazons eigene Seite. Wir sehen Ihr Kennwort nie.</translation>
    </message>
    <message>
        <source>Sign in to the console in this browser first: a sign-in there that has expired can make Amazon&apos;s page fail.</source>
        <translation>Melden Sie sich zuerst in diesem Browser bei der Konsole an: Eine dort abgelaufene Anmeldung kann Amazons Seite scheitern lassen.</translation>
    </message>
    <message>
        <source>Sign in to Amazon</source>
        <translation>Bei Amazon anmelden</translation>
    </message>
    <message>
        <source>Sign in to see how the set-up is going.</source>
        <translation>Melden Sie sich an, um zu sehen, wie weit die Einrichtung ist.</translation>
    </message>
    <message>
        <source>Sign in to undo the set-up.</source>
        <translation>Melden Sie sich an, um die Einrichtung rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Sign in to repair the labelling service.</source>
        <translation>Melden Sie sich an, um den Schlagwortdienst zu reparieren.</translation>
    </message>
    <message>
        <source>Sign in to update the labelling service.</source>
        <translation>Melden Sie sich an, um den Schlagwortdienst zu aktualisieren.</translation>
    </message>
    <message>
        <source>Sign in to create a new key for this computer.</source>
        <translation>Melden Sie sich an, um einen neuen Schlüssel für diesen Computer zu erstellen.</translation>
    </message>
    <message>
        <source>Sign in to have these photos tried again.</source>
        <translation>Melden Sie sich an, um diese Fotos noch einmal versuchen zu lassen.</translation>
    </message>
    <message>
        <source>Sign in to create a key for another computer.</source>
        <translation>Melden Sie sich an, um einen Schlüssel für einen anderen Computer zu erstellen.</translation>
    </message>
    <message>
        <source>Sign in to delete everything.</source>
        <translation>Melden Sie sich an, um alles zu löschen.</translation>
    </message>
    <message>
        <source>Sign in to delete the rest from Amazon.</source>
        <translation>Melden Sie sich an, um den Rest bei Amazon zu löschen.</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>Date added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Surest label</source>
        <translation>Sicherstes Schlagwort</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>A to Z</source>
        <translation>A bis Z</translation>
    </message>
    <message>
        <source>Z to A</source>
        <translation>Z bis A</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>Sicherste zuerst</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message>
        <source>Failed first</source>
        <translation>Fehlgeschlagene zuerst</translation>
    </message>
    <message>
        <source>Failed last</source>
        <translation>Fehlgeschlagene zuletzt</translation>
    </message>
    <message>
        <source>Sort photos by</source>
        <translation>Fotos sortieren nach</translation>
    </message>
    <message>
        <source>Sorted by {0}: {1}</source>
        <translation>Sortiert nach {0}: {1}</translation>
    </message>
</context>
<context>
    <name>StartDialog</name>
    <message>
        <source>Use the backup</source>
        <translation>Sicherungskopie verwenden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Start with an empty library</source>
        <translation>Mit leerer Bibliothek beginnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Use a connection file…</source>
        <translation>Verbindungsdatei verwenden …</translation>
    </message>
    <message>
        <source>Set up Amazon…</source>
        <translation>Amazon einrichten …</translation>
    </message>
    <message>
        <source>Label with Amazon</source>
        <translation>Mit Amazon verschlagworten</translation>
    </message>
    <message>
        <source>Amazon finds finer labels, scenes and places. It runs in your own Amazon Web Services account, for about $1 per 1,000 photos and nothing while it is idle.</source>
        <translation>Amazon findet genauere Schlagwörter, Szenen und Orte. Es läuft in Ihrem eigenen Konto bei Amazon Web Services, für etwa 1 $ je 1.000 Fotos; im Leerlauf kostet es nichts.</translation>
    </message>
    <message>
        <source>The set-up takes a few minutes. Until then, photos are labelled on this computer, and you can remove everything from Amazon at any time.</source>
        <translation>Die Einrichtung dauert wenige Minuten. Bis dahin werden Fotos auf diesem Computer verschlagwortet, und Sie können jederzeit alles wieder von Amazon entfernen.</translation>
    </message>
    <message>
        <source>Is it set up on another computer? Save a connection file there and use it here.</source>
        <translation>Ist es auf einem anderen Computer eingerichtet? Speichern Sie dort eine Verbindungsdatei und verwenden Sie sie hier.</translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>label:</source>
        <translation>schlagwort:</translation>
    </message>
    <message>
        <source>name:</source>
        <translation>name:</translation>
    </message>
    <message>
        <source>folder:</source>
        <translation>ordner:</translation>
    </message>
    <message>
        <source>before:</source>
        <translation>vor:</translation>
    </message>
    <message>
        <source>after:</source>
        <translation>nach:</translation>
    </message>
    <message>
        <source>is:mine</source>
        <translation>ist:meine</translation>
    </message>
    <message>
        <source>is:favourite</source>
        <translation>ist:favorit</translation>
    </message>
    <message>
        <source>is:review</source>
        <translation>ist:prüfen</translation>
    </message>
    <message>
        <source>is:failed</source>
        <translation>ist:fehlgeschlagen</translation>
    </message>
    <message>
        <source>is:labelled</source>
        <translation>ist:verschlagwortet</translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableForm</name>
    <message>
        <source>Save as CSV or JSON</source>
        <translation>Als CSV oder JSON speichern</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>CSV with one row per label</source>
        <translation>CSV, eine Zeile je Schlagwort eines Fotos</translation>
    </message>
    <message>
        <source>CSV with one row per photo</source>
        <translation>CSV, eine Zeile je Foto</translation>
    </message>
    <message>
        <source>JSON, for programs</source>
        <translation>JSON, für Programme</translation>
    </message>
    <message>
        <source>For Excel: start the file with a UTF-8 mark</source>
        <translation>Für Excel: Datei als UTF-8 kennzeichnen</translation>
    </message>
    <message>
        <source>Columns separated by semicolons, decimal commas</source>
        <translation>Semikolon zwischen den Spalten, Komma in Zahlen</translation>
    </message>
    <message>
        <source>Labels that are at least {0} sure, and those that you confirmed or added, as the window shows them. Photos without labels get a row, too.</source>
        <translation>Schlagwörter, die mindestens {0} sicher sind, und die, die Sie bestätigt oder hinzugefügt haben, so wie das Fenster sie zeigt. Fotos ohne Schlagwörter bekommen auch eine Zeile.</translation>
    </message>
    <message>
        <source>Labels of photos</source>
        <translation>Schlagwörter von Fotos</translation>
    </message>
    <message>
        <source>Saving {0}…</source>
        <translation>{0} wird gespeichert …</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Saved the labels of %Ln photos as {0}</source>
        <translation>
            <numerusform>Schlagwörter von %Ln Foto als {0} gespeichert</numerusform>
            <numerusform>Schlagwörter von %Ln Fotos als {0} gespeichert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Add photos…</source>
        <translation>Fotos hinzufügen …</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Where photos are labelled</source>
        <translation>Wo Fotos verschlagwortet werden</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>At least {0} sure</source>
        <translation>Mindestens {0} sicher</translation>
    </message>
    <message>
        <source>Showing labels at least {0} sure</source>
        <translation>Zeigt Schlagwörter, die zu mindestens {0} sicher sind</translation>
    </message>
</context>
<context>
    <name>UpToDate</name>
    <message numerus="yes">
        <source>Keywords of %Ln photos could not be kept up to date</source>
        <translation>
            <numerusform>Schlagwörter von %Ln Foto ließen sich nicht aktuell halten</numerusform>
            <numerusform>Schlagwörter von %Ln Fotos ließen sich nicht aktuell halten</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Keywords could not be kept up to date</source>
        <translation>Schlagwörter ließen sich nicht aktuell halten</translation>
    </message>
</context>
<context>
    <name>UpdateNotice</name>
    <message>
        <source>A newer Tagdrop is available: {0}</source>
        <translation>Ein neueres Tagdrop ist verfügbar: {0}</translation>
    </message>
    <message>
        <source>You have version {0}. Nothing is installed automatically.</source>
        <translation>Sie haben Version {0}. Es wird nichts automatisch installiert.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Confirm or remove their labels one after another (F7)</source>
        <translation>Ihre Schlagwörter nacheinander bestätigen oder entfernen (F7)</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Fast gleiche Fotos</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>with the same picture</source>
        <translation>mit demselben Bild</translation>
    </message>
    <message numerus="yes">
        <source>Retry %n photos</source>
        <translation>
            <numerusform>%n Foto erneut versuchen</numerusform>
            <numerusform>%n Fotos erneut versuchen</numerusform>
        </translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Photos of a job</source>
        <translation>Fotos eines Auftrags</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Photos that look like: {0}</source>
        <translation>Fotos, die aussehen wie: {0}</translation>
    </message>
    <message>
        <source>Photos like this one</source>
        <translation>Fotos wie dieses</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message numerus="yes">
        <source>%n less certain labels hidden</source>
        <translation>
            <numerusform>%n weniger sicheres Schlagwort ausgeblendet</numerusform>
            <numerusform>%n weniger sichere Schlagwörter ausgeblendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Show photos of the same scene, taken a moment apart for example</source>
        <translation>Fotos derselben Szene zeigen, zum Beispiel kurz nacheinander aufgenommen</translation>
    </message>
    <message numerus="yes">
        <source>%n photos show none</source>
        <translation>
            <numerusform>%n Foto zeigt keines</numerusform>
            <numerusform>%n Fotos zeigen keines</numerusform>
        </translation>
    </message>
    <message>
        <source>to review</source>
        <translation>zu prüfen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not {0}</source>
        <translation>nicht {0}</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>„{0}“</translation>
    </message>
    <message>
        <source>duplicates</source>
        <translation>Duplikate</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>Zurück zu allen Fotos (Esc)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Show labels and information</source>
        <translation>Schlagwörter und Angaben zeigen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show at 100 % (1)</source>
        <translation>In 100 % zeigen (1)</translation>
    </message>
    <message>
        <source>Fit to window (0)</source>
        <translation>An das Fenster anpassen (0)</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Vollbild verlassen</translation>
    </message>
</context>
<context>
    <name>WatchDialog</name>
    <message>
        <source>Watch {0}</source>
        <translation>{0} überwachen</translation>
    </message>
    <message>
        <source>While Tagdrop is running, new photos in this folder are labelled automatically with Amazon, for about ${0} per 1,000 photos. That includes photos that are in it now and have no labels yet.</source>
        <translation>Solange Tagdrop läuft, werden neue Fotos in diesem Ordner automatisch mit Amazon verschlagwortet, für etwa {0} $ je 1.000 Fotos. Das gilt auch für Fotos, die jetzt darin liegen und noch keine Schlagwörter haben.</translation>
    </message>
    <message>
        <source>At most this much a month, in dollars</source>
        <translation>Höchstens so viel im Monat, in Dollar</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>a month for this folder</source>
        <translation>im Monat für diesen Ordner</translation>
    </message>
    <message>
        <source>It counts toward your limit of ${0} a month. When either limit is reached, Tagdrop says so, and new photos wait.</source>
        <translation>Es zählt zu Ihrer Grenze von {0} $ im Monat. Ist eine der beiden Grenzen erreicht, sagt Tagdrop es, und neue Fotos warten.</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message>
        <source>{0} is no longer watched</source>
        <translation>{0} wird nicht mehr überwacht</translation>
    </message>
    <message>
        <source>Watching {0}: new photos are labelled automatically</source>
        <translation>{0} wird überwacht: Neue Fotos werden automatisch verschlagwortet</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr überwachen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new photos in {0}</source>
        <translation>
            <numerusform>%Ln neues Foto in {0}</numerusform>
            <numerusform>%Ln neue Fotos in {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new photos are waiting</source>
        <translation>
            <numerusform>%Ln neues Foto wartet</numerusform>
            <numerusform>%Ln neue Fotos warten</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}. They are labelled next month, or when you raise the limit.</source>
        <translation>{0}. Verschlagwortet wird nächsten Monat oder sobald Sie die Grenze erhöhen.</translation>
    </message>
    <message>
        <source>The month&apos;s limit for {0} is reached</source>
        <translation>Die Monatsgrenze für {0} ist erreicht</translation>
    </message>
    <message>
        <source>Change the limit…</source>
        <translation>Grenze ändern …</translation>
    </message>
    <message>
        <source>Your limit for this month is reached</source>
        <translation>Ihre Grenze für diesen Monat ist erreicht</translation>
    </message>
    <message>
        <source>Raise the limit…</source>
        <translation>Grenze erhöhen …</translation>
    </message>
</context>
<context>
    <name>WhereBox</name>
    <message>
        <source>Into sidecar files beside the photos</source>
        <translation>In Begleitdateien neben den Fotos</translation>
    </message>
    <message>
        <source>Into the photos themselves</source>
        <translation>In die Fotos selbst</translation>
    </message>
    <message>
        <source>Names of new sidecar files</source>
        <translation>Namen neuer Begleitdateien</translation>
    </message>
    <message>
        <source>IMG_0412.JPG.xmp, for darktable and digiKam</source>
        <translation>IMG_0412.JPG.xmp, für darktable und digiKam</translation>
    </message>
    <message>
        <source>IMG_0412.xmp, for Lightroom</source>
        <translation>IMG_0412.xmp, für Lightroom</translation>
    </message>
    <message>
        <source>Only JPEG, PNG, TIFF and WebP photos can hold them. The others get a sidecar file, called</source>
        <translation>Nur JPEG-, PNG-, TIFF- und WebP-Fotos können sie aufnehmen. Die anderen bekommen eine Begleitdatei namens</translation>
    </message>
    <message>
        <source>The photos are not changed. A new sidecar file is called</source>
        <translation>Die Fotos werden nicht geändert. Eine neue Begleitdatei heißt</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Label the rest</source>
        <translation>Den Rest verschlagworten</translation>
    </message>
    <message>
        <source>Finished: {0}</source>
        <translation>Fertig: {0}</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>“{0}” is never shown</source>
        <translation>„{0}“ wird nie gezeigt</translation>
    </message>
    <message>
        <source>“{0}” is shown as “{1}”</source>
        <translation>„{0}“ wird als „{1}“ gezeigt</translation>
    </message>
    <message>
        <source>never show “{0}”</source>
        <translation>„{0}“ nie zeigen</translation>
    </message>
    <message>
        <source>rename “{0}” to “{1}”</source>
        <translation>„{0}“ in „{1}“ umbenennen</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>Ihres</translation>
    </message>
    <message>
        <source>in the file</source>
        <translation>in der Datei</translation>
    </message>
    <message>
        <source>You added this label</source>
        <translation>Sie haben dieses Schlagwort hinzugefügt</translation>
    </message>
    <message>
        <source>A keyword that another program wrote into the photo</source>
        <translation>Ein Stichwort, das ein anderes Programm in das Foto geschrieben hat</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>{0}: not found</source>
        <translation>{0}: nicht erkannt</translation>
    </message>
    <message>
        <source>{0} only</source>
        <translation>{0} allein</translation>
    </message>
    <message>
        <source>{0}, added by you</source>
        <translation>{0}, von Ihnen hinzugefügt</translation>
    </message>
    <message>
        <source>You renamed “{0}”</source>
        <translation>Sie haben „{0}“ umbenannt</translation>
    </message>
    <message>
        <source>You confirmed this label</source>
        <translation>Sie haben dieses Schlagwort bestätigt</translation>
    </message>
    <message>
        <source>{0}, confirmed</source>
        <translation>{0}, bestätigt</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} of the selected photos</source>
        <translation>{0} der ausgewählten Fotos</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{label}, {number} per cent</source>
        <translation>{label}, {number} Prozent</translation>
    </message>
    <message>
        <source>{0}, a keyword in the file</source>
        <translation>{0}, ein Stichwort in der Datei</translation>
    </message>
    <message>
        <source>Very sure</source>
        <translation>Sehr sicher</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>Wahrscheinlich</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>in the queue</source>
        <translation>in der Warteschlange</translation>
    </message>
    <message>
        <source>preparing…</source>
        <translation>wird vorbereitet …</translation>
    </message>
    <message>
        <source>labelling…</source>
        <translation>wird verschlagwortet …</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>wartet …</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>file is gone</source>
        <translation>Datei ist weg</translation>
    </message>
    <message>
        <source>partly damaged</source>
        <translation>teilweise beschädigt</translation>
    </message>
    <message>
        <source>only uncertain labels</source>
        <translation>nur unsichere Schlagwörter</translation>
    </message>
    <message>
        <source>no labels</source>
        <translation>keine Schlagwörter</translation>
    </message>
</context>
</TS>
