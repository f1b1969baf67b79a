<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Abilities</name>
    <message>
        <source>You are a guest here. Sign in to change something.</source>
        <translation>Sie sind hier Gast. Melden Sie sich an, um etwas zu ändern.</translation>
    </message>
    <message>
        <source>This gallery cannot change what was shared.</source>
        <translation>Diese Galerie kann Geteiltes nicht ändern.</translation>
    </message>
    <message>
        <source>This gallery cannot delete what was shared.</source>
        <translation>Diese Galerie kann Geteiltes nicht löschen.</translation>
    </message>
    <message>
        <source>This gallery does not keep the files as they were shared.</source>
        <translation>Diese Galerie bewahrt die Dateien nicht so auf, wie sie geteilt wurden.</translation>
    </message>
</context>
<context>
    <name>Found</name>
    <message>
        <source>A gallery that shows nothing to guests. Sign in to see it.</source>
        <translation>Eine Galerie, die Gästen nichts zeigt. Melden Sie sich an, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Nothing but web pages: a gallery that shows nothing to guests, or a web site of another kind. Check the address; if it is a gallery, sign in to see it.</source>
        <translation>Nichts als Webseiten: eine Galerie, die Gästen nichts zeigt, oder eine Website anderer Art. Prüfen Sie die Adresse; wenn es eine Galerie ist, melden Sie sich an, um sie zu sehen.</translation>
    </message>
    <message>
        <source>A Vitrine gallery. Guests look and download; to share, sign in.</source>
        <translation>Eine Vitrine-Galerie. Gäste sehen an und laden herunter; um zu teilen, melden Sie sich an.</translation>
    </message>
    <message>
        <source>A gallery of the image platform. Guests look and download; to share, sign in. What was shared there cannot be changed.</source>
        <translation>Eine Galerie der Bildplattform. Gäste schauen an und laden herunter; zum Teilen melden Sie sich an. Was dort geteilt ist, lässt sich nicht mehr ändern.</translation>
    </message>
    <message>
        <source>A gallery of an early version of the image platform. Guests look and download; to share and delete, sign in.</source>
        <translation>Eine Galerie einer frühen Fassung der Bildplattform. Gäste schauen an und laden herunter; zum Teilen und Löschen melden Sie sich an.</translation>
    </message>
</context>
<context>
    <name>Identity</name>
    <message>
        <source>You are signed in.</source>
        <translation>Sie sind angemeldet.</translation>
    </message>
    <message>
        <source>You are signed in as %1.</source>
        <translation>Sie sind als %1 angemeldet.</translation>
    </message>
    <message>
        <source>You are signed in as %1 until %2.</source>
        <translation>Sie sind bis %2 als %1 angemeldet.</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Stopped, as asked.</source>
        <translation>Auf Wunsch angehalten.</translation>
    </message>
    <message>
        <source>That cannot be used: %1.</source>
        <translation>Das lässt sich nicht verwenden: %1.</translation>
    </message>
    <message>
        <source>You may not read or write it. Change its permissions, or choose another place.</source>
        <translation>Es darf nicht gelesen oder geschrieben werden. Ändern Sie die Zugriffsrechte oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>The file is empty. Choose another copy of the picture.</source>
        <translation>Die Datei ist leer. Wählen Sie eine andere Kopie des Bildes.</translation>
    </message>
    <message>
        <source>This is not a picture. Vitrine shares pictures only.</source>
        <translation>Das ist kein Bild. Vitrine teilt nur Bilder.</translation>
    </message>
    <message>
        <source>Pictures of this kind cannot be shared yet. Save it as JPEG or PNG first.</source>
        <translation>Bilder dieser Art lassen sich noch nicht teilen. Speichern Sie es zuerst als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>The picture is damaged. Copy it again from where it came from.</source>
        <translation>Das Bild ist beschädigt. Kopieren Sie es noch einmal von dort, wo es herkommt.</translation>
    </message>
    <message>
        <source>The file is larger than this gallery takes. Save a smaller copy first.</source>
        <translation>Die Datei ist größer, als diese Galerie annimmt. Speichern Sie zuerst eine kleinere Kopie.</translation>
    </message>
    <message>
        <source>The picture has more pixels than this gallery takes. Scale it down first.</source>
        <translation>Das Bild hat mehr Pixel, als diese Galerie annimmt. Verkleinern Sie es zuerst.</translation>
    </message>
    <message>
        <source>Sign in to do this.</source>
        <translation>Dafür müssen Sie sich anmelden.</translation>
    </message>
    <message>
        <source>This account may not do this. Ask whoever runs the gallery.</source>
        <translation>Dieses Konto darf das nicht. Fragen Sie, wer die Galerie betreibt.</translation>
    </message>
    <message>
        <source>Somebody changed this image meanwhile. Look at it, then make your change again.</source>
        <translation>Jemand hat dieses Bild inzwischen geändert. Sehen Sie es sich an und ändern Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The gallery refused: %1</source>
        <translation>Die Galerie hat abgelehnt: %1</translation>
    </message>
    <message>
        <source>The gallery asks for a pause. Wait a few minutes, then try again.</source>
        <translation>Die Galerie bittet um eine Pause. Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The gallery has trouble at the moment. Try again later.</source>
        <translation>Die Galerie hat gerade Schwierigkeiten. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>The gallery cannot be reached. Check the connection, then try again.</source>
        <translation>Die Galerie ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The gallery does not answer. Check the connection, then try again.</source>
        <translation>Die Galerie antwortet nicht. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The gallery&apos;s answer makes no sense. Try again, and check its address.</source>
        <translation>Die Antwort der Galerie ergibt keinen Sinn. Versuchen Sie es noch einmal und prüfen Sie ihre Adresse.</translation>
    </message>
    <message>
        <source>Vitrine&apos;s own data could not be read or written. Check the disk.</source>
        <translation>Vitrines eigene Daten ließen sich nicht lesen oder schreiben. Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>The disk is full. Make room, then try again.</source>
        <translation>Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Another program is using it. Close that one, or wait.</source>
        <translation>Ein anderes Programm verwendet es. Schließen Sie jenes oder warten Sie.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it, then try again.</source>
        <translation>Der Schlüsselbund ist gesperrt. Entsperren Sie ihn und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>There is no keyring here. The sign-in is kept until Vitrine closes.</source>
        <translation>Hier gibt es keinen Schlüsselbund. Die Anmeldung gilt, bis Vitrine geschlossen wird.</translation>
    </message>
    <message>
        <source>The keyring said no. Allow Vitrine there, then try again.</source>
        <translation>Der Schlüsselbund hat abgelehnt. Erlauben Sie dort Vitrine und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>This gallery cannot do that.</source>
        <translation>Das kann diese Galerie nicht.</translation>
    </message>
    <message>
        <source>Vitrine made a mistake. Please report it: %1</source>
        <translation>Vitrine hat einen Fehler gemacht. Bitte melden Sie ihn: %1</translation>
    </message>
    <message>
        <source>The picture is wider or higher than this gallery takes. Scale it down first.</source>
        <translation>Das Bild ist breiter oder höher, als diese Galerie annimmt. Verkleinern Sie es zuerst.</translation>
    </message>
    <message>
        <source>The animation has too many frames. Save a shorter one first.</source>
        <translation>Die Animation hat zu viele Einzelbilder. Speichern Sie zuerst eine kürzere.</translation>
    </message>
    <message>
        <source>The picture unpacks to far more than it should. Save it again as PNG or JPEG.</source>
        <translation>Das Bild wird beim Auspacken weit größer, als es sollte. Speichern Sie es neu als PNG oder JPEG.</translation>
    </message>
    <message>
        <source>The picture broke the program that reads it, and did no harm beyond that. It is damaged or made to do harm; ask for another copy.</source>
        <translation>Das Bild hat das Programm, das es liest, abstürzen lassen und sonst keinen Schaden angerichtet. Es ist beschädigt oder soll Schaden anrichten; bitten Sie um eine andere Kopie.</translation>
    </message>
    <message>
        <source>Reading the picture took too long. Save a smaller copy first.</source>
        <translation>Das Lesen des Bildes hat zu lange gedauert. Speichern Sie zuerst eine kleinere Kopie.</translation>
    </message>
    <message>
        <source>Reading the picture takes too much memory. Scale it down first.</source>
        <translation>Das Lesen des Bildes braucht zu viel Speicher. Verkleinern Sie es zuerst.</translation>
    </message>
    <message>
        <source>The program that reads pictures does not start. Install Vitrine again.</source>
        <translation>Das Programm, das Bilder liest, startet nicht. Installieren Sie Vitrine neu.</translation>
    </message>
    <message>
        <source>This computer does not let Vitrine shut in the program that reads pictures, so none is read. The README tells how to read them without that protection.</source>
        <translation>Dieser Rechner lässt nicht zu, dass Vitrine das Programm einsperrt, das Bilder liest; darum wird keines gelesen. Die README sagt, wie man sie ohne diesen Schutz liest.</translation>
    </message>
    <message>
        <source>The folder is not there. Make it, or choose another place.</source>
        <translation>Der Ordner ist nicht da. Legen Sie ihn an oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>It is not there. Check the name; it may have been moved or deleted.</source>
        <translation>Es ist nicht da. Prüfen Sie den Namen; vielleicht wurde es verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>There is no picture here: it is a folder without any, or no ordinary file. Choose a picture.</source>
        <translation>Hier ist kein Bild: Es ist ein Ordner ohne Bilder oder keine gewöhnliche Datei. Wählen Sie ein Bild.</translation>
    </message>
    <message>
        <source>The gallery answers with its sign-in page: nobody is signed in, or no longer. Sign in again.</source>
        <translation>Die Galerie antwortet mit ihrer Anmeldeseite: Niemand ist angemeldet oder nicht mehr. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The gallery shows this only to people of its team. Sign in to do this.</source>
        <translation>Das zeigt die Galerie nur Leuten ihres Teams. Melden Sie sich dafür an.</translation>
    </message>
    <message>
        <source>The gallery sends this service token to a page for people: it has expired or was deleted, or its Access policy is not of the kind Service Auth. Ask whoever runs the gallery.</source>
        <translation>Die Galerie schickt dieses Dienst-Token zu einer Seite für Menschen: Es ist abgelaufen oder gelöscht, oder die Access-Richtlinie ist nicht von der Art „Service Auth“. Fragen Sie, wer die Galerie betreibt.</translation>
    </message>
    <message>
        <source>One half of the service token is missing. Sign in again with its client ID and its secret.</source>
        <translation>Eine Hälfte des Dienst-Tokens fehlt. Melden Sie sich mit Client-ID und Geheimnis neu an.</translation>
    </message>
    <message>
        <source>The sign-in has expired. Sign in again.</source>
        <translation>Die Anmeldung ist abgelaufen. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The clocks of this computer and of the gallery differ too much for a sign-in. Set the clock, then try again.</source>
        <translation>Die Uhren dieses Rechners und der Galerie gehen für eine Anmeldung zu weit auseinander. Stellen Sie die Uhr und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The gallery does not admit whoever is signed in. Sign in as somebody else, or ask whoever runs the gallery.</source>
        <translation>Die Galerie lässt diese Anmeldung nicht ein. Melden Sie sich anders an oder fragen Sie, wer die Galerie betreibt.</translation>
    </message>
    <message>
        <source>A firewall before the gallery turned this away. Ask whoever runs the gallery to let Vitrine through, or try from another network.</source>
        <translation>Eine Firewall vor der Galerie hat das abgewiesen. Bitten Sie die Betreiber, Vitrine durchzulassen, oder versuchen Sie es aus einem anderen Netz.</translation>
    </message>
    <message>
        <source>This network wants a sign-in of its own. Open any page in a browser, sign in there, then try again.</source>
        <translation>Dieses Netz verlangt eine eigene Anmeldung. Öffnen Sie im Browser irgendeine Seite, melden Sie sich dort an und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>This computer is connected to no network. Connect it, then try again.</source>
        <translation>Dieser Rechner ist mit keinem Netz verbunden. Verbinden Sie ihn und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>There is no server of that name. Check the address and the connection, then try again.</source>
        <translation>Es gibt keinen Server dieses Namens. Prüfen Sie die Adresse und die Verbindung und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>There is a computer at the gallery&apos;s address, but no gallery. Check the address, or ask whoever runs it.</source>
        <translation>Unter der Adresse der Galerie ist ein Rechner, aber keine Galerie. Prüfen Sie die Adresse oder fragen Sie, wer sie betreibt.</translation>
    </message>
    <message>
        <source>The gallery cannot prove that it is the right server, so nothing was sent. Check the address, and whether this network wants a sign-in of its own.</source>
        <translation>Die Galerie kann nicht beweisen, dass sie die richtige ist; darum wurde nichts gesendet. Prüfen Sie die Adresse und ob dieses Netz eine eigene Anmeldung verlangt.</translation>
    </message>
    <message>
        <source>This gallery offers no sign-in in a browser, or none opens here. Sign in with a token, or install cloudflared.</source>
        <translation>Diese Galerie bietet keine Anmeldung im Browser an, oder hier öffnet sich keiner. Melden Sie sich mit einem Token an, oder installieren Sie cloudflared.</translation>
    </message>
    <message>
        <source>The sign-in in the browser was not finished. Try again.</source>
        <translation>Die Anmeldung im Browser wurde nicht beendet. Versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Output</name>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>public</source>
        <translation>öffentlich</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Sichtbarkeit</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Abrufe</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
</context>
<context>
    <name>SelectionSummary</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Private image</source>
        <translation>Privates Bild</translation>
    </message>
    <message>
        <source>Image without a name</source>
        <translation>Bild ohne Namen</translation>
    </message>
    <message>
        <source>%1 of %2 are private.</source>
        <translation>%1 von %2 sind privat.</translation>
    </message>
    <message>
        <source>Others see only the frosted picture, no name and no alt text.</source>
        <translation>Andere sehen nur das Bild hinter Milchglas, keinen Namen und keinen Alternativtext.</translation>
    </message>
    <message>
        <source>Everybody with the address sees this image sharp.</source>
        <translation>Wer die Adresse kennt, sieht dieses Bild scharf.</translation>
    </message>
    <message>
        <source>Everybody with the address sees these images sharp.</source>
        <translation>Wer die Adresse kennt, sieht diese Bilder scharf.</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>%1 of %2 not yet</source>
        <translation>%1 von %2 noch nicht</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Abrufe</translation>
    </message>
</context>
<context>
    <name>UndoOffer</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>accountName</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Share pictures, keep some private, describe them, take them home again.</source>
        <translation>Bilder teilen, manche privat halten, sie beschreiben, wieder mit nach Hause nehmen.</translation>
    </message>
    <message>
        <source>Pictures to share; they are shown first.</source>
        <translation>Bilder zum Teilen; sie werden zuerst gezeigt.</translation>
    </message>
    <message>
        <source>Save a picture of the window to &lt;file&gt; once its gallery is shown, then quit.</source>
        <translation>Ein Bild des Fensters in &lt;file&gt; speichern, sobald die Galerie zu sehen ist, dann beenden.</translation>
    </message>
    <message>
        <source>There is no account &quot;%1&quot;. vitrinectl account list tells which there are.</source>
        <translation>Es gibt kein Konto „%1“. vitrinectl account list sagt, welche es gibt.</translation>
    </message>
    <message>
        <source>Which gallery; else the one shown last.</source>
        <translation>Welche Galerie; sonst die zuletzt gezeigte.</translation>
    </message>
</context>
<context>
    <name>vitrine::api::LoopbackRedirect</name>
    <message>
        <source>There is nothing here.</source>
        <translation>Hier ist nichts.</translation>
    </message>
    <message>
        <source>Vitrine goes on from here. This page can be closed.</source>
        <translation>Hier macht Vitrine weiter. Diese Seite kann geschlossen werden.</translation>
    </message>
    <message>
        <source>Vitrine waits for another sign-in.</source>
        <translation>Vitrine wartet auf eine andere Anmeldung.</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::AccessCommand</name>
    <message>
        <source>CF-Access-Client-Id: %1
CF-Access-Client-Secret: %2</source>
        <translation>CF-Access-Client-Id: %1
CF-Access-Client-Secret: %2</translation>
    </message>
    <message>
        <source>Keep the secret now. It cannot be shown again.</source>
        <translation>Bewahren Sie das Geheimnis jetzt auf. Es kann nicht noch einmal gezeigt werden.</translation>
    </message>
    <message>
        <source>%1  %2  %3</source>
        <translation>%1  %2  %3</translation>
    </message>
    <message>
        <source>%1 is revoked.</source>
        <translation>%1 gilt nicht mehr.</translation>
    </message>
    <message>
        <source>Key %1 signs from now on. What was signed before is good until %2 at most.</source>
        <translation>Von nun an unterschreibt der Schlüssel %1. Was vorher unterschrieben wurde, gilt höchstens bis %2.</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::AccountCommand</name>
    <message>
        <source>%1  the gallery on this computer</source>
        <translation>%1  die Galerie auf diesem Rechner</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1 is forgotten.</source>
        <translation>%1 ist vergessen.</translation>
    </message>
    <message>
        <source>The gallery on this computer needs no sign-in.</source>
        <translation>Die Galerie auf diesem Rechner braucht keine Anmeldung.</translation>
    </message>
    <message>
        <source>%1: signed in.</source>
        <translation>%1: angemeldet.</translation>
    </message>
    <message>
        <source>Sign in in the browser that opens now.</source>
        <translation>Melden Sie sich in dem Browser an, der sich jetzt öffnet.</translation>
    </message>
    <message>
        <source>If none opens, open this address on this computer: %1</source>
        <translation>Falls sich keiner öffnet, öffnen Sie auf diesem Computer diese Adresse: %1</translation>
    </message>
    <message>
        <source>%1 was added. To sign in: vitrinectl account sign-in %1</source>
        <translation>%1 wurde hinzugefügt. Zum Anmelden: vitrinectl account sign-in %1</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::BackupCommand</name>
    <message>
        <source>%1: its files are damaged and could not be copied. vitrinectl check tells more.</source>
        <translation>%1: Die Dateien sind beschädigt und konnten nicht kopiert werden. Mehr sagt vitrinectl check.</translation>
    </message>
    <message>
        <source>1 picture copied to %1.</source>
        <translation>1 Bild nach %1 kopiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures copied to %1.</source>
        <translation>
            <numerusform>%n Bild nach %1 kopiert.</numerusform>
            <numerusform>%n Bilder nach %1 kopiert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vitrine::cli::CheckCommand</name>
    <message>
        <source>%1: all is as it was stored.</source>
        <translation>%1: Alles ist so, wie es gespeichert wurde.</translation>
    </message>
    <message>
        <source>%1 is missing; image %2 needs it</source>
        <translation>%1 fehlt; Bild %2 braucht es</translation>
    </message>
    <message>
        <source>%1 is not what was stored; it belongs to image %2</source>
        <translation>%1 ist nicht, was gespeichert wurde; es gehört zu Bild %2</translation>
    </message>
    <message>
        <source>%1 belongs to no image</source>
        <translation>%1 gehört zu keinem Bild</translation>
    </message>
    <message>
        <source>The database is damaged: %1</source>
        <translation>Die Datenbank ist beschädigt: %1</translation>
    </message>
    <message>
        <source>1 picture, %1 read</source>
        <translation>1 Bild, %1 gelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures, %1 read</source>
        <translation>
            <numerusform>%n Bild, %1 gelesen</numerusform>
            <numerusform>%n Bilder, %1 gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: 1 thing is not as it should be.</source>
        <translation>%1: 1 Sache ist nicht, wie sie sein sollte.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n things are not as they should be.</source>
        <translation>
            <numerusform>%1: %n Sache ist nicht, wie sie sein sollte.</numerusform>
            <numerusform>%1: %n Sachen sind nicht, wie sie sein sollten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vitrine::cli::DeleteCommand</name>
    <message>
        <source>%1: deleted</source>
        <translation>%1: gelöscht</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::DownloadCommand</name>
    <message>
        <source>%1: saved as %2</source>
        <translation>%1: gespeichert als %2</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::FileCheckCommand</name>
    <message>
        <source>shared already as %1</source>
        <translation>schon geteilt als %1</translation>
    </message>
    <message>
        <source>looks like %1</source>
        <translation>sieht aus wie %1</translation>
    </message>
    <message>
        <source>described as “%1”</source>
        <translation>beschrieben als „%1“</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::MetadataWords</name>
    <message>
        <source>location</source>
        <translation>Aufnahmeort</translation>
    </message>
    <message>
        <source>serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>owner&apos;s name</source>
        <translation>Name des Besitzers</translation>
    </message>
    <message>
        <source>embedded thumbnail</source>
        <translation>eingebettete Vorschau</translation>
    </message>
    <message>
        <source>hidden pictures</source>
        <translation>verborgene Bilder</translation>
    </message>
    <message>
        <source>editing history</source>
        <translation>Bearbeitungsverlauf</translation>
    </message>
    <message>
        <source>other details</source>
        <translation>weitere Angaben</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::ServeCommand</name>
    <message>
        <source>This server makes mistakes on purpose (--fault). Do not leave a picture on it that you want to keep.</source>
        <translation>Dieser Server macht absichtlich Fehler (--fault). Lassen Sie kein Bild darauf, das Sie behalten wollen.</translation>
    </message>
    <message>
        <source>Serving at %1. Stop with Ctrl+C.</source>
        <translation>Erreichbar unter %1. Beenden mit Strg+C.</translation>
    </message>
    <message>
        <source>%1: Vitrine cannot listen there, because another program does or because it is not allowed. Choose another port with --listen.</source>
        <translation>%1: Dort kann Vitrine nicht erreichbar sein, weil es ein anderes Programm schon ist oder weil es nicht erlaubt ist. Wählen Sie mit --listen einen anderen Port.</translation>
    </message>
    <message>
        <source>--listen takes an address and a port, such as 127.0.0.1:8080, and not &quot;%1&quot;</source>
        <translation>--listen braucht eine Adresse und einen Port, etwa 127.0.0.1:8080, und nicht „%1“</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::StatusCommand</name>
    <message>
        <source>%1 images, %2 of them private; %3 not yet sent, %4 failed.</source>
        <translation>%1 Bilder, davon %2 privat; %3 noch nicht gesendet, %4 fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The sign-in is kept in the keyring.</source>
        <translation>Die Anmeldung liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>There is no keyring: a sign-in lasts for one run.</source>
        <translation>Es gibt keinen Schlüsselbund: Eine Anmeldung gilt für einen Lauf.</translation>
    </message>
    <message>
        <source>%1 at %2 is online: %3 %4</source>
        <translation>%1 unter %2 ist online: %3 %4</translation>
    </message>
    <message>
        <source>%1 is %2: %3</source>
        <translation>%1 ist %2: %3</translation>
    </message>
    <message>
        <source>You are a guest there.</source>
        <translation>Sie sind dort Gast.</translation>
    </message>
    <message>
        <source>What waits takes %1 of this disk.</source>
        <translation>Was wartet, belegt %1 auf dieser Platte.</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::SyncCommand</name>
    <message>
        <source>%1 images; nothing waits to be sent.</source>
        <translation>%1 Bilder; nichts wartet darauf, gesendet zu werden.</translation>
    </message>
    <message>
        <source>1 did not work. The window tells why, and can try again.</source>
        <translation>1 ging nicht. Das Fenster sagt, warum, und kann es noch einmal versuchen.</translation>
    </message>
    <message numerus="yes">
        <source>%n did not work. The window tells why, and can try again.</source>
        <translation>
            <numerusform>%n ging nicht. Das Fenster sagt, warum, und kann es noch einmal versuchen.</numerusform>
            <numerusform>%n gingen nicht. Das Fenster sagt, warum, und kann es noch einmal versuchen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 images; %2 wait in a window that is paused.</source>
        <translation>%1 Bilder; %2 warten in einem angehaltenen Fenster.</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::ThumbnailCommand</name>
    <message>
        <source>%1: %2 × %3</source>
        <translation>%1: %2 × %3</translation>
    </message>
    <message>
        <source>%1: The picture itself would be replaced. Choose another name for what is made of it.</source>
        <translation>%1: Das Bild selbst würde ersetzt. Wählen Sie einen anderen Namen für das, was daraus entsteht.</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::UploadCommand</name>
    <message>
        <source>%1: shared as %2</source>
        <translation>%1: geteilt als %2</translation>
    </message>
    <message>
        <source>%1: shared before as %2</source>
        <translation>%1: schon früher geteilt als %2</translation>
    </message>
    <message>
        <source>With --fit a copy is sent where the gallery would refuse the file.</source>
        <translation>Mit --fit wird eine Kopie gesendet, wo die Galerie die Datei ablehnen würde.</translation>
    </message>
    <message>
        <source>%1: a copy was shared as %2</source>
        <translation>%1: Eine Kopie wurde als %2 geteilt</translation>
    </message>
    <message>
        <source>removed: %1</source>
        <translation>entfernt: %1</translation>
    </message>
</context>
<context>
    <name>vitrine::cli::WatchCommand</name>
    <message>
        <source>%1: waits for you in the window</source>
        <translation>%1: wartet im Fenster auf Sie</translation>
    </message>
    <message>
        <source>%1: shared before as %2</source>
        <translation>%1: schon früher geteilt als %2</translation>
    </message>
    <message>
        <source>%1: shared as %2</source>
        <translation>%1: geteilt als %2</translation>
    </message>
    <message>
        <source>%1: new pictures are proposed</source>
        <translation>%1: Neue Bilder werden vorgeschlagen</translation>
    </message>
    <message>
        <source>%1: new pictures are shared, frosted for others</source>
        <translation>%1: Neue Bilder werden geteilt, für andere hinter Milchglas</translation>
    </message>
    <message>
        <source>%1: new pictures are shared</source>
        <translation>%1: Neue Bilder werden geteilt</translation>
    </message>
    <message>
        <source>Paused because this line costs (metered). What is found waits.</source>
        <translation>Angehalten, weil diese Verbindung kostet (getaktet). Was gefunden wird, wartet.</translation>
    </message>
    <message>
        <source>This line costs no longer: what waits is sent.</source>
        <translation>Diese Verbindung kostet nicht mehr: Was wartet, wird gesendet.</translation>
    </message>
</context>
<context>
    <name>vitrine::transfer::StagingModel</name>
    <message>
        <source>Pasted image %1.png</source>
        <translation>Eingefügtes Bild %1.png</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::AccountActions</name>
    <message>
        <source>Forget “%1”?</source>
        <translation>„%1“ vergessen?</translation>
    </message>
    <message>
        <source>Vitrine forgets the address, the sign-in and the previews. What is shared at %1 stays there.</source>
        <translation>Vitrine vergisst die Adresse, die Anmeldung und die Vorschaubilder. Was auf %1 geteilt ist, bleibt dort.</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::AccountAssistant</name>
    <message>
        <source>Add a gallery</source>
        <translation>Galerie hinzufügen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::AccountPage</name>
    <message>
        <source>They stay on this computer.
Nothing leaves without your word, and its location never does.</source>
        <translation>Sie bleiben auf diesem Rechner.
Nichts geht ohne Ihr Wort hinaus, und der Aufnahmeort nie.</translation>
    </message>
    <message>
        <source>Drop more anywhere in this window</source>
        <translation>Weitere irgendwo in diesem Fenster loslassen</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
    <message>
        <source>You are a guest there: what they bring waits here until you sign in.</source>
        <translation>Sie sind dort Gast: Was sie bringen, wartet hier, bis Sie sich anmelden.</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::AddressStep</name>
    <message>
        <source>Where is the gallery?</source>
        <translation>Wo ist die Galerie?</translation>
    </message>
    <message>
        <source>Paste its address. Vitrine looks at what is there before anything is kept.</source>
        <translation>Fügen Sie ihre Adresse ein. Vitrine sieht nach, was dort ist, bevor es sich etwas merkt.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Look there</source>
        <translation>Nachsehen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Sieht nach …</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::ConflictDialog</name>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Keep the gallery&apos;s</source>
        <translation>Die der Galerie behalten</translation>
    </message>
    <message>
        <source>Use mine</source>
        <translation>Meine nehmen</translation>
    </message>
    <message>
        <source>Changed by two</source>
        <translation>Von zweien geändert</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihre</translation>
    </message>
    <message>
        <source>In the gallery</source>
        <translation>In der Galerie</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>%1: alt text</source>
        <translation>%1: Alternativtext</translation>
    </message>
    <message>
        <source>“%1” was changed elsewhere before your change arrived. Which version counts?</source>
        <translation>„%1“ wurde anderswo geändert, bevor Ihre Änderung ankam. Welche Fassung gilt?</translation>
    </message>
    <message>
        <source>Deleted meanwhile</source>
        <translation>Inzwischen gelöscht</translation>
    </message>
    <message>
        <source>Private: others see it frosted</source>
        <translation>Privat: Andere sehen es hinter Milchglas</translation>
    </message>
    <message>
        <source>Public: everybody sees it</source>
        <translation>Öffentlich: Alle sehen es</translation>
    </message>
    <message>
        <source>Loading their version…</source>
        <translation>Die andere Fassung wird geladen …</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Conflicts</name>
    <message>
        <source>“%1” was changed elsewhere before your change arrived.</source>
        <translation>„%1“ wurde anderswo geändert, bevor Ihre Änderung ankam.</translation>
    </message>
    <message numerus="yes">
        <source>%n images were changed elsewhere before your changes arrived.</source>
        <translation>
            <numerusform>%n Bild wurde anderswo geändert, bevor Ihre Änderung ankam.</numerusform>
            <numerusform>%n Bilder wurden anderswo geändert, bevor Ihre Änderungen ankamen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>Private image</source>
        <translation>Privates Bild</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::DetailsPanel</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Select a picture to see and change its details.</source>
        <translation>Wählen Sie ein Bild aus, um seine Einzelheiten zu sehen und zu ändern.</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>See it as others do</source>
        <translation>Sehen, was andere sehen</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Describe this image for people who cannot see it…</source>
        <translation>Beschreiben Sie dieses Bild für Menschen, die es nicht sehen können …</translation>
    </message>
    <message>
        <source>Different texts. Write here to replace them all.</source>
        <translation>Verschiedene Texte. Was Sie hier schreiben, ersetzt sie alle.</translation>
    </message>
    <message>
        <source>The high-res copy, up to 2000 pixels wide or high (D)</source>
        <translation>Die hochaufgelöste Kopie, bis zu 2000 Pixel breit oder hoch (D)</translation>
    </message>
    <message>
        <source>Download the original</source>
        <translation>Original herunterladen</translation>
    </message>
    <message>
        <source>The file as it was shared (Shift+D)</source>
        <translation>Die Datei, wie sie geteilt wurde (Umschalt+D)</translation>
    </message>
    <message>
        <source>Download as zip…</source>
        <translation>Als Zip herunterladen …</translation>
    </message>
    <message>
        <source>The high-res copies in one file</source>
        <translation>Die hochaufgelösten Kopien in einer Datei</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::DropOverlay</name>
    <message>
        <source>Drop to share</source>
        <translation>Loslassen zum Teilen</translation>
    </message>
    <message>
        <source>Drop to share 1 image</source>
        <translation>Loslassen, um 1 Bild zu teilen</translation>
    </message>
    <message numerus="yes">
        <source>Drop to share %n images</source>
        <translation>
            <numerusform>Loslassen, um %n Bild zu teilen</numerusform>
            <numerusform>Loslassen, um %n Bilder zu teilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vitrine::ui::FilmStrip</name>
    <message>
        <source>Pictures before and after this one</source>
        <translation>Bilder vor und nach diesem</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Formatting</name>
    <message>
        <source>d MMMM</source>
        <extracomment>A date format of Qt: day and month of this year.</extracomment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>A date format of Qt: day, month and year.</extracomment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <extracomment>Width and height of a picture in pixels.</extracomment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A day (&quot;today&quot;, &quot;18 November&quot;) and a time of day.</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>From one day to another.</extracomment>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::FoundStep</name>
    <message>
        <source>What to call it here</source>
        <translation>Wie sie hier heißen soll</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Look as a guest</source>
        <translation>Als Gast ansehen</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Fügt hinzu …</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::GalleryActions</name>
    <message>
        <source>Deleted 1 image.</source>
        <translation>1 Bild gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n images.</source>
        <translation>
            <numerusform>%n Bild gelöscht.</numerusform>
            <numerusform>%n Bilder gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken back before it was sent.</source>
        <translation>Zurückgenommen, bevor es gesendet wurde.</translation>
    </message>
    <message numerus="yes">
        <source>%n images were taken back before they were sent.</source>
        <translation>
            <numerusform>%n Bild wurde zurückgenommen, bevor es gesendet wurde.</numerusform>
            <numerusform>%n Bilder wurden zurückgenommen, bevor sie gesendet wurden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Where to save</source>
        <translation>Speicherort</translation>
    </message>
    <message>
        <source>Save here</source>
        <translation>Hier speichern</translation>
    </message>
    <message>
        <source>Saved to %1.</source>
        <translation>In %1 gespeichert.</translation>
    </message>
    <message numerus="yes">
        <source>Saved %n images to %1.</source>
        <translation>
            <numerusform>%n Bild in %1 gespeichert.</numerusform>
            <numerusform>%n Bilder in %1 gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>It is on its way just now. Do this once it is there.</source>
        <translation>Es ist gerade unterwegs. Tun Sie das, sobald es da ist.</translation>
    </message>
    <message>
        <source>1 image is about to become public.</source>
        <translation>1 Bild wird gleich öffentlich.</translation>
    </message>
    <message numerus="yes">
        <source>%n images are about to become public.</source>
        <translation>
            <numerusform>%n Bild wird gleich öffentlich.</numerusform>
            <numerusform>%n Bilder werden gleich öffentlich.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as zip</source>
        <translation>Als Zip speichern</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip-Dateien (*.zip)</translation>
    </message>
    <message>
        <source>Pictures %1.zip</source>
        <translation>Bilder %1.zip</translation>
    </message>
    <message>
        <source>1 image had arrived already, and is being deleted.</source>
        <translation>1 Bild war schon angekommen und wird gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%n images had arrived already, and are being deleted.</source>
        <translation>
            <numerusform>%n Bild war schon angekommen und wird gelöscht.</numerusform>
            <numerusform>%n Bilder waren schon angekommen und werden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::GalleryPage</name>
    <message>
        <source>They stay on this computer until you share them with a gallery.
Nothing leaves without your word, and its location never does.</source>
        <translation>Sie bleiben auf diesem Rechner, bis Sie sie mit einer Galerie teilen.
Nichts geht ohne Ihr Wort hinaus, und der Aufnahmeort nie.</translation>
    </message>
    <message>
        <source>Names, alt texts and dates were searched.</source>
        <translation>Namen, Alternativtexte und Daten wurden durchsucht.</translation>
    </message>
    <message>
        <source>Only a part of the library was searched.</source>
        <translation>Nur ein Teil der Sammlung wurde durchsucht.</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>Nichts gefunden für „%1“</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Every image is described</source>
        <translation>Jedes Bild ist beschrieben</translation>
    </message>
    <message>
        <source>People who cannot see them know what they show.</source>
        <translation>Wer sie nicht sehen kann, weiß, was sie zeigen.</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>Alle Bilder zeigen</translation>
    </message>
    <message>
        <source>No private images</source>
        <translation>Keine privaten Bilder</translation>
    </message>
    <message>
        <source>A private image is frosted for everybody but you.</source>
        <translation>Ein privates Bild ist für alle außer Ihnen hinter Milchglas.</translation>
    </message>
    <message>
        <source>Drop pictures here</source>
        <translation>Bilder hier loslassen</translation>
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation>Bilder wählen …</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>Noch keine Bilder</translation>
    </message>
    <message>
        <source>What is shared here will appear here.</source>
        <translation>Was hier geteilt wird, erscheint hier.</translation>
    </message>
    <message>
        <source>The gallery could not be opened</source>
        <translation>Die Galerie konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>The line above says what to do.</source>
        <translation>Die Zeile oben sagt, was zu tun ist.</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::GalleryView</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Private image, hidden</source>
        <translation>Privates Bild, verborgen</translation>
    </message>
    <message>
        <source>%1, private</source>
        <extracomment>%1 is an image&apos;s alt text or name</extracomment>
        <translation>%1, privat</translation>
    </message>
    <message>
        <source>%1, not yet sent</source>
        <extracomment>%1 is what is said of an image otherwise</extracomment>
        <translation>%1, noch nicht gesendet</translation>
    </message>
    <message>
        <source>Private image</source>
        <translation>Privates Bild</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>sending %1 %</source>
        <translation>%1 % gesendet</translation>
    </message>
    <message>
        <source>not yet sent</source>
        <translation>noch nicht gesendet</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::HeaderBar</name>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Namen</translation>
    </message>
    <message>
        <source>Most downloaded</source>
        <translation>Meistgeladene zuerst</translation>
    </message>
    <message>
        <source>Share images</source>
        <translation>Bilder teilen</translation>
    </message>
    <message>
        <source>Refresh the gallery</source>
        <translation>Galerie neu laden</translation>
    </message>
    <message>
        <source>Frost private images here, too</source>
        <translation>Private Bilder auch hier hinter Milchglas</translation>
    </message>
    <message>
        <source>Order: %1</source>
        <translation>Reihenfolge: %1</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Search names, alt text, dates…</source>
        <translation>Namen, Alternativtext, Datum suchen …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Go on with 1 image</source>
        <translation>Weiter mit 1 Bild</translation>
    </message>
    <message numerus="yes">
        <source>Go on with %n images</source>
        <translation>
            <numerusform>Weiter mit %n Bild</numerusform>
            <numerusform>Weiter mit %n Bildern</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vitrine::ui::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Arrows, Home, End</source>
        <translation>Pfeile, Pos1, Ende</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Space, Enter</source>
        <translation>Leertaste, Eingabe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Private or public</source>
        <translation>Privat oder öffentlich</translation>
    </message>
    <message>
        <source>Edit the alt text</source>
        <translation>Alternativtext schreiben</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>As others see it</source>
        <translation>Wie andere es sehen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Choose pictures to share</source>
        <translation>Bilder zum Teilen wählen</translation>
    </message>
    <message>
        <source>Paste pictures to share</source>
        <translation>Bilder zum Teilen einfügen</translation>
    </message>
    <message>
        <source>Share them</source>
        <translation>Sie teilen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Fold the left side</source>
        <translation>Linke Seite einklappen</translation>
    </message>
    <message>
        <source>Fold the right side</source>
        <translation>Rechte Seite einklappen</translation>
    </message>
    <message>
        <source>Move by a page</source>
        <translation>Seitenweise bewegen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Keep the alt text</source>
        <translation>Alternativtext übernehmen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Clear the search, put away a list</source>
        <translation>Suche leeren, Liste schließen</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>First to ninth account</source>
        <translation>Erstes bis neuntes Konto</translation>
    </message>
    <message>
        <source>Opened: larger, smaller, fitted, each pixel</source>
        <translation>Geöffnet: größer, kleiner, eingepasst, jeder Pixel</translation>
    </message>
    <message>
        <source>Download the original</source>
        <translation>Original herunterladen</translation>
    </message>
    <message>
        <source>In the list of transfers: send first</source>
        <translation>In der Liste der Übertragungen: zuerst senden</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::LoadingPage</name>
    <message>
        <source>Loading the gallery</source>
        <translation>Die Galerie wird geladen</translation>
    </message>
    <message>
        <source>Looking what is here…</source>
        <translation>Mal sehen, was da ist …</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::MainWindow</name>
    <message>
        <source>Vitrine</source>
        <translation>Vitrine</translation>
    </message>
    <message>
        <source>%1 – Vitrine</source>
        <translation>%1 – Vitrine</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::NoticeBar</name>
    <message>
        <source>Put this notice away</source>
        <translation>Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::SessionNotices</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>You are signed out. What was here is still shown; changes wait.</source>
        <translation>Sie sind abgemeldet. Was hier war, ist noch zu sehen; Änderungen warten.</translation>
    </message>
    <message>
        <source>Showing what was here at %1. Changes wait.</source>
        <translation>Zu sehen ist, was um %1 hier war. Änderungen warten.</translation>
    </message>
    <message>
        <source>The gallery cannot be reached. Changes wait until it can.</source>
        <translation>Die Galerie ist nicht erreichbar. Änderungen warten so lange.</translation>
    </message>
    <message>
        <source>%1 · starting</source>
        <translation>%1 · startet</translation>
    </message>
    <message>
        <source>%1 · as a guest</source>
        <translation>%1 · als Gast</translation>
    </message>
    <message>
        <source>%1 · ready</source>
        <translation>%1 · bereit</translation>
    </message>
    <message>
        <source>%1 · not reachable</source>
        <translation>%1 · nicht erreichbar</translation>
    </message>
    <message>
        <source>%1 · signed out</source>
        <translation>%1 · abgemeldet</translation>
    </message>
    <message>
        <source>%1 · needs attention</source>
        <translation>%1 · braucht Hilfe</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>You are here as a guest: you can look and download.</source>
        <translation>Sie sind als Gast hier: Sie können ansehen und herunterladen.</translation>
    </message>
    <message>
        <source>%1 · ready, as %2</source>
        <translation>%1 · bereit, als %2</translation>
    </message>
    <message>
        <source>%1 · ready, as %2 until %3</source>
        <translation>%1 · bereit, bis %3 als %2</translation>
    </message>
    <message>
        <source>%1 What was here is still shown; changes wait.</source>
        <translation>%1 Was hier war, wird weiter gezeigt; Änderungen warten.</translation>
    </message>
    <message>
        <source>Paused because this line costs (metered).</source>
        <translation>Angehalten, weil diese Verbindung kostet (getaktet).</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Trotzdem senden</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Sharing</name>
    <message>
        <source>There is no picture in the clipboard. Copy one first.</source>
        <translation>In der Zwischenablage ist kein Bild. Kopieren Sie zuerst eines.</translation>
    </message>
    <message>
        <source>Choose pictures to share</source>
        <translation>Bilder zum Teilen wählen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>1 image is about to leave.</source>
        <translation>1 Bild geht gleich hinaus.</translation>
    </message>
    <message numerus="yes">
        <source>%n images are about to leave.</source>
        <translation>
            <numerusform>%n Bild geht gleich hinaus.</numerusform>
            <numerusform>%n Bilder gehen gleich hinaus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not shared: %1 and others.</source>
        <translation>Nicht geteilt: %1 und andere.</translation>
    </message>
    <message>
        <source>Not shared: %1.</source>
        <translation>Nicht geteilt: %1.</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.gif *.webp *.tif *.tiff *.bmp *.heic *.avif)</source>
        <translation>Bilder (*.jpg *.jpeg *.png *.gif *.webp *.tif *.tiff *.bmp *.heic *.avif)</translation>
    </message>
    <message>
        <source>1 picture is here already.</source>
        <translation>1 Bild ist schon hier.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are here already.</source>
        <translation>
            <numerusform>%n Bild ist schon hier.</numerusform>
            <numerusform>%n Bilder sind schon hier.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 picture was put aside.</source>
        <translation>1 Bild wurde beiseitegelegt.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures were put aside.</source>
        <translation>
            <numerusform>%n Bild wurde beiseitegelegt.</numerusform>
            <numerusform>%n Bilder wurden beiseitegelegt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>1 picture is not shared yet.</source>
        <translation>1 Bild ist noch nicht geteilt.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are not shared yet.</source>
        <translation>
            <numerusform>%n Bild ist noch nicht geteilt.</numerusform>
            <numerusform>%n Bilder sind noch nicht geteilt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Once Vitrine is closed, you would have to choose and describe them again.</source>
        <translation>Ist Vitrine einmal geschlossen, müssten Sie sie neu auswählen und beschreiben.</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <translation>Offen lassen</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Sidebar</name>
    <message>
        <source>Library and accounts</source>
        <translation>Sammlung und Konten</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>No alt text</source>
        <translation>Ohne Alternativtext</translation>
    </message>
    <message>
        <source>Not yet sent</source>
        <translation>Noch nicht gesendet</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Add a gallery…</source>
        <translation>Galerie hinzufügen …</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Forget this gallery…</source>
        <translation>Diese Galerie vergessen …</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>Beobachtete Ordner …</translation>
    </message>
    <message>
        <source>Speed limits…</source>
        <translation>Geschwindigkeit begrenzen …</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::SidebarEntry</name>
    <message>
        <source>%1, shown now</source>
        <translation>%1, wird gerade gezeigt</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::SignInStep</name>
    <message>
        <source>With a service token</source>
        <translation>Mit einem Dienst-Token</translation>
    </message>
    <message>
        <source>With a token of mine</source>
        <translation>Mit einem eigenen Token</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Meldet an …</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Behind Cloudflare Access, “cloudflared access token” prints it for this address.</source>
        <translation>Hinter Cloudflare Access gibt „cloudflared access token“ es für diese Adresse aus.</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>The gallery does not take them. Check both, and whether the token is still good.</source>
        <translation>Die Galerie nimmt sie nicht an. Prüfen Sie beide, und ob das Token noch gilt.</translation>
    </message>
    <message>
        <source>The gallery does not take it. Get a new one; they last for some hours only.</source>
        <translation>Die Galerie nimmt es nicht an. Holen Sie ein neues; sie gelten nur einige Stunden.</translation>
    </message>
    <message>
        <source>Fill in both, the ID and the secret.</source>
        <translation>Füllen Sie beides aus, ID und Geheimnis.</translation>
    </message>
    <message>
        <source>Paste the token first.</source>
        <translation>Fügen Sie erst das Token ein.</translation>
    </message>
    <message>
        <source>Sign in in the browser…</source>
        <translation>Im Browser anmelden …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>In the browser, or with a token from whoever runs the gallery at %1. It is tried first, and then kept in the keyring alone.</source>
        <translation>Im Browser, oder mit einem Token derer, die die Galerie unter %1 betreiben. Die Anmeldung wird erst ausprobiert und dann allein im Schlüsselbund aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::SpeedLimitsDialog</name>
    <message>
        <source>Speed limits</source>
        <translation>Geschwindigkeit begrenzen</translation>
    </message>
    <message>
        <source>How much of your line “%1” may take.</source>
        <translation>Wie viel Ihrer Leitung „%1“ nutzen darf.</translation>
    </message>
    <message>
        <source>The pictures that the gallery shows are downloads, too.</source>
        <translation>Auch die Bilder, die die Galerie zeigt, werden heruntergeladen.</translation>
    </message>
    <message>
        <source>Limit uploads to</source>
        <translation>Hochladen höchstens mit</translation>
    </message>
    <message>
        <source>Limit downloads to</source>
        <translation>Herunterladen höchstens mit</translation>
    </message>
    <message>
        <source> kB/s</source>
        <translation> kB/s</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Staging</name>
    <message>
        <source>location</source>
        <translation>Aufnahmeort</translation>
    </message>
    <message>
        <source>serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>owner&apos;s name</source>
        <translation>Name des Besitzers</translation>
    </message>
    <message>
        <source>embedded thumbnail</source>
        <translation>eingebettete Vorschau</translation>
    </message>
    <message>
        <source>editing history</source>
        <translation>Bearbeitungsverlauf</translation>
    </message>
    <message>
        <source>%1 will be removed</source>
        <extracomment>What a file carries besides its picture: &quot;location and serial number&quot;.</extracomment>
        <translation>%1: wird entfernt</translation>
    </message>
    <message>
        <source>being looked at…</source>
        <translation>wird angesehen …</translation>
    </message>
    <message>
        <source>others see only the frosted picture</source>
        <translation>andere sehen nur das Bild hinter Milchglas</translation>
    </message>
    <message>
        <source>Share 1 image</source>
        <translation>1 Bild teilen</translation>
    </message>
    <message numerus="yes">
        <source>Share %n images</source>
        <translation>
            <numerusform>%n Bild teilen</numerusform>
            <numerusform>%n Bilder teilen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 described</source>
        <translation>%1 von %2 beschrieben</translation>
    </message>
    <message>
        <source>1 file stays behind</source>
        <translation>1 Datei bleibt hier</translation>
    </message>
    <message numerus="yes">
        <source>%n files stay behind</source>
        <translation>
            <numerusform>%n Datei bleibt hier</numerusform>
            <numerusform>%n Dateien bleiben hier</numerusform>
        </translation>
    </message>
    <message>
        <source>public images leave after %1 s, so that you can undo</source>
        <translation>öffentliche Bilder gehen erst nach %1 s hinaus, damit Sie es sich anders überlegen können</translation>
    </message>
    <message>
        <source>hidden pictures</source>
        <translation>verborgene Bilder</translation>
    </message>
    <message>
        <source>%1 will be sent</source>
        <translation>%1 werden gesendet</translation>
    </message>
    <message>
        <source>%1 is over the limit of %2</source>
        <translation>%1 ist mehr als die erlaubten %2</translation>
    </message>
    <message>
        <source>%1 pixels are more than this gallery takes</source>
        <translation>%1 Pixel sind mehr, als diese Galerie annimmt</translation>
    </message>
    <message>
        <source>What this file tells about you cannot be taken out of it</source>
        <translation>Was diese Datei über Sie verrät, lässt sich nicht entfernen</translation>
    </message>
    <message>
        <source>This gallery takes no pictures of this format</source>
        <translation>Diese Galerie nimmt keine Bilder dieses Formats an</translation>
    </message>
    <message>
        <source>Scale down to fit</source>
        <translation>Passend verkleinern</translation>
    </message>
    <message>
        <source>Convert to JPEG</source>
        <translation>In JPEG umwandeln</translation>
    </message>
    <message>
        <source>Share again</source>
        <translation>Noch einmal teilen</translation>
    </message>
    <message>
        <source>a smaller copy will be sent</source>
        <translation>eine kleinere Kopie wird gesendet</translation>
    </message>
    <message>
        <source>a copy as JPEG will be sent</source>
        <translation>eine Kopie als JPEG wird gesendet</translation>
    </message>
    <message>
        <source>will be shared once more</source>
        <translation>wird noch einmal geteilt</translation>
    </message>
    <message>
        <source>looks like %1, shared already</source>
        <translation>sieht aus wie %1, schon geteilt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>shared already as %1</source>
        <translation>schon geteilt als %1</translation>
    </message>
    <message>
        <source>other details</source>
        <translation>weitere Angaben</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::StagingPage</name>
    <message>
        <source>Add more…</source>
        <translation>Weitere …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Images to share</source>
        <translation>Bilder zum Teilen</translation>
    </message>
    <message>
        <source>Nothing to share here</source>
        <translation>Hier ist nichts zu teilen</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Keep metadata</source>
        <translation>Metadaten behalten</translation>
    </message>
    <message>
        <source>Send the files as they are, with location, serial numbers and names</source>
        <translation>Die Dateien senden, wie sie sind, mit Ort, Seriennummern und Namen</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::StagingRow</name>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Describe this image for people who cannot see it…</source>
        <translation>Beschreiben Sie dieses Bild für Menschen, die es nicht sehen können …</translation>
    </message>
    <message>
        <source>Do not share this one</source>
        <translation>Dieses nicht teilen</translation>
    </message>
    <message>
        <source>As others see it</source>
        <translation>Wie andere es sehen</translation>
    </message>
    <message>
        <source>As others would see it if it were private</source>
        <translation>Wie andere es sähen, wenn es privat wäre</translation>
    </message>
    <message>
        <source>Description of %1</source>
        <translation>Beschreibung von %1</translation>
    </message>
    <message>
        <source>Do not share %1</source>
        <translation>%1 nicht teilen</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::TransferBar</name>
    <message>
        <source>Show all transfers</source>
        <translation>Alle Übertragungen zeigen</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>Alles erledigt</translation>
    </message>
    <message>
        <source>Transfers: %1</source>
        <translation>Übertragungen: %1</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::TransferRow</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>Send first</source>
        <translation>Zuerst senden</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Transfers</name>
    <message>
        <source>Will be tried again. %1</source>
        <translation>Wird noch einmal versucht. %1</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>Arriving</source>
        <translation>Kommt an</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>In %1 gespeichert</translation>
    </message>
    <message>
        <source>Sharing %1 of %2</source>
        <translation>%1 von %2 wird geteilt</translation>
    </message>
    <message>
        <source>Saving %1 of %2</source>
        <translation>%1 von %2 wird gespeichert</translation>
    </message>
    <message>
        <source>Deleting %1 of %2</source>
        <translation>%1 von %2 wird gelöscht</translation>
    </message>
    <message>
        <source>Changing %1 of %2</source>
        <translation>%1 von %2 wird geändert</translation>
    </message>
    <message>
        <source>Doing %1 of %2</source>
        <translation>%1 von %2 in Arbeit</translation>
    </message>
    <message>
        <source>About to share %1</source>
        <translation>%1 geht gleich hinaus</translation>
    </message>
    <message>
        <source>About to delete %1</source>
        <translation>%1 wird gleich gelöscht</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 wartet</translation>
    </message>
    <message>
        <source>Being prepared</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Ready to go</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Was shared before</source>
        <translation>War schon geteilt</translation>
    </message>
    <message>
        <source>Did not work</source>
        <translation>Hat nicht geklappt</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>1 did not work</source>
        <translation>1 hat nicht geklappt</translation>
    </message>
    <message numerus="yes">
        <source>%n did not work</source>
        <translation>
            <numerusform>%n hat nicht geklappt</numerusform>
            <numerusform>%n haben nicht geklappt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>About to change %1</source>
        <translation>Gleich geändert: %1</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused, 1 waits</source>
        <translation>Angehalten, 1 wartet</translation>
    </message>
    <message numerus="yes">
        <source>Paused, %n wait</source>
        <translation>
            <numerusform>Angehalten, %n wartet</numerusform>
            <numerusform>Angehalten, %n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Verified, frosted for others</source>
        <translation>Geprüft, für andere hinter Milchglas</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Sent, frosted for others</source>
        <translation>Gesendet, für andere hinter Milchglas</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>%1 kept here until sent</source>
        <translation>%1 liegen bis zum Senden hier</translation>
    </message>
    <message>
        <source>Had arrived before it was taken back</source>
        <translation>War angekommen, bevor es zurückgenommen wurde</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>Wird zurückgenommen</translation>
    </message>
    <message>
        <source>%1 kB/s</source>
        <extracomment>A speed, in thousands of bytes a second.</extracomment>
        <translation>%1 kB/s</translation>
    </message>
    <message>
        <source>Limited to %1 up, %2 down</source>
        <translation>Begrenzt auf %1 hoch, %2 herunter</translation>
    </message>
    <message>
        <source>Limited to %1 up</source>
        <translation>Hochladen begrenzt auf %1</translation>
    </message>
    <message>
        <source>Limited to %1 down</source>
        <translation>Herunterladen begrenzt auf %1</translation>
    </message>
    <message>
        <source>limited to %1 up, %2 down</source>
        <translation>begrenzt auf %1 hoch, %2 herunter</translation>
    </message>
    <message>
        <source>limited to %1</source>
        <translation>begrenzt auf %1</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::TransfersList</name>
    <message>
        <source>Transfers</source>
        <translation>Übertragungen</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Erledigte entfernen</translation>
    </message>
    <message>
        <source>Nothing is on its way.</source>
        <translation>Nichts ist unterwegs.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Send what waits</source>
        <translation>Was wartet, wird gesendet</translation>
    </message>
    <message>
        <source>Send nothing more for now</source>
        <translation>Vorerst wird nichts mehr gesendet</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>Trotzdem senden</translation>
    </message>
    <message>
        <source>Send what waits, although this line costs</source>
        <translation>Senden, was wartet, obwohl diese Verbindung kostet</translation>
    </message>
    <message>
        <source>Speed limits…</source>
        <translation>Geschwindigkeit begrenzen …</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::Viewer</name>
    <message>
        <source>This is the small preview. %1</source>
        <translation>Das ist die kleine Vorschau. %1</translation>
    </message>
    <message>
        <source>Private image</source>
        <translation>Privates Bild</translation>
    </message>
    <message>
        <source>Others see neither name nor alt text.</source>
        <translation>Andere sehen weder Namen noch Alternativtext.</translation>
    </message>
    <message>
        <source>Download it to see it larger.</source>
        <translation>Laden Sie es herunter, um es größer zu sehen.</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::ViewerBar</name>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>As others see it</source>
        <translation>Wie andere es sehen</translation>
    </message>
    <message>
        <source>As others see it (O)</source>
        <translation>Wie andere es sehen (O)</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Delete (Del)</source>
        <translation>Löschen (Entf)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Öffentlich</translation>
    </message>
    <message>
        <source>Private or public (P)</source>
        <translation>Privat oder öffentlich (P)</translation>
    </message>
    <message>
        <source>Download (D), or the original (Shift+D)</source>
        <translation>Herunterladen (D) oder das Original (Umschalt+D)</translation>
    </message>
</context>
<context>
    <name>vitrine::ui::WatchNotices</name>
    <message>
        <source>1 new picture in the folders that are watched.</source>
        <translation>1 neues Bild in den beobachteten Ordnern.</translation>
    </message>
    <message numerus="yes">
        <source>%n new pictures in the folders that are watched.</source>
        <translation>
            <numerusform>%n neues Bild in den beobachteten Ordnern.</numerusform>
            <numerusform>%n neue Bilder in den beobachteten Ordnern.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>1 image of a watched folder is about to leave.</source>
        <translation>1 Bild aus einem beobachteten Ordner geht gleich hinaus.</translation>
    </message>
    <message numerus="yes">
        <source>%n images of watched folders are about to leave.</source>
        <translation>
            <numerusform>%n Bild aus beobachteten Ordnern geht gleich hinaus.</numerusform>
            <numerusform>%n Bilder aus beobachteten Ordnern gehen gleich hinaus.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 other could not be read either.</source>
        <translation>1 weitere konnte auch nicht gelesen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n others could not be read either.</source>
        <translation>
            <numerusform>%n weitere konnte auch nicht gelesen werden.</numerusform>
            <numerusform>%n weitere konnten auch nicht gelesen werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vitrine::ui::WatchedFolders</name>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Pictures that come into these folders from now on are meant for “%1”.</source>
        <translation>Bilder, die von nun an in diese Ordner kommen, sind für „%1“ bestimmt.</translation>
    </message>
    <message>
        <source>No folder is watched.</source>
        <translation>Kein Ordner wird beobachtet.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Propose new pictures</source>
        <translation>Neue Bilder vorschlagen</translation>
    </message>
    <message>
        <source>Share them, frosted for others</source>
        <translation>Teilen, für andere hinter Milchglas</translation>
    </message>
    <message>
        <source>Share them with everybody</source>
        <translation>Mit allen teilen</translation>
    </message>
    <message>
        <source>What happens to new pictures in %1</source>
        <translation>Was mit neuen Bildern in %1 geschieht</translation>
    </message>
    <message>
        <source>Watch no more</source>
        <translation>Nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Which folder</source>
        <translation>Welcher Ordner</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>Beobachten</translation>
    </message>
</context>
</TS>
