<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActionList</name>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
</context>
<context>
    <name>ActionTabs</name>
    <message>
        <source>Benefits</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Chosen action</source>
        <translation>Gewählte Aktion</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Objections</source>
        <translation>Einwände</translation>
    </message>
</context>
<context>
    <name>ActionView</name>
    <message numerus="yes">
        <source>%n team(s) with too few agents not counted</source>
        <translation>
            <numerusform>%n Team mit zu wenigen Berater/innen nicht gezählt</numerusform>
            <numerusform>%n Teams mit zu wenigen Berater/innen nicht gezählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Acceptance</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>Acceptance per opportunity {rate}.</source>
        <translation>Zusagen je Chance {rate}.</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>Alle Kennzahlen</translation>
    </message>
    <message>
        <source>Declined, and why</source>
        <translation>Abgelehnt, und warum</translation>
    </message>
    <message>
        <source>Experiment: what the recommendation achieves</source>
        <translation>Experiment: was die Empfehlung bewirkt</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Trichter</translation>
    </message>
    <message>
        <source>It was always addressed.</source>
        <translation>Sie wurde immer angesprochen.</translation>
    </message>
    <message>
        <source>No decline was recorded.</source>
        <translation>Es wurde keine Ablehnung erfasst.</translation>
    </message>
    <message>
        <source>No reason was given.</source>
        <translation>Es wurde kein Grund genannt.</translation>
    </message>
    <message>
        <source>Nobody declined it.</source>
        <translation>Niemand hat sie abgelehnt.</translation>
    </message>
    <message>
        <source>None that enough agents met.</source>
        <translation>Keine, die genügend Berater/innen hörten.</translation>
    </message>
    <message>
        <source>Not addressed</source>
        <translation>Nicht angesprochen</translation>
    </message>
    <message>
        <source>Objections, most frequent first</source>
        <translation>Einwände, am häufigsten zuerst</translation>
    </message>
    <message>
        <source>Of those who decided, {rate} accepted it.</source>
        <translation>Von denen, die sich entschieden, sagten zu: {rate}.</translation>
    </message>
    <message>
        <source>Too few calls, or of too few agents, to show.</source>
        <translation>Zu wenige Gespräche, oder von zu wenigen Berater/innen, um sie zu zeigen.</translation>
    </message>
    <message>
        <source>Too few to show.</source>
        <translation>Zu wenige, um sie zu zeigen.</translation>
    </message>
    <message>
        <source>counted until {day}, {time}</source>
        <translation>gezählt bis {day}, {time}</translation>
    </message>
    <message>
        <source>{count} opportunity calls</source>
        <translation>{count} Chancengespräche</translation>
    </message>
    <message>
        <source>· accepted afterwards {accepted}; declined {declined}</source>
        <translation>· danach zugesagt {accepted}; abgelehnt {declined}</translation>
    </message>
    <message>
        <source>“{objection}” {count}</source>
        <translation>„{objection}“ {count}</translation>
    </message>
</context>
<context>
    <name>ActionsBlock</name>
    <message>
        <source>New:</source>
        <translation>Neu:</translation>
    </message>
    <message>
        <source>Next best actions</source>
        <translation>Nächste beste Aktionen</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Why these?</source>
        <translation>Warum diese?</translation>
    </message>
</context>
<context>
    <name>ActionsPage</name>
    <message>
        <source>Actions: all teams together</source>
        <translation>Aktionen: alle Teams zusammen</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>All reasons</source>
        <translation>Alle Anliegen</translation>
    </message>
    <message>
        <source>Choose an action to see what became of it.</source>
        <translation>Wählen Sie eine Aktion, um zu sehen, was aus ihr wurde.</translation>
    </message>
    <message>
        <source>Contact reason</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>The figures are being counted …</source>
        <translation>Die Zahlen werden gezählt …</translation>
    </message>
    <message>
        <source>There are not four whole weeks of calls yet; shorter periods are not shown.</source>
        <translation>Es gibt noch keine vier ganzen Wochen mit Gesprächen; kürzere Zeiträume werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>These figures are older than your choice. {why}</source>
        <translation>Diese Zahlen sind älter als Ihre Auswahl. {why}</translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>No answer yet.</source>
        <translation>Noch keine Antwort.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>{day} · Answer: {answer}</source>
        <translation>{day} · Antwort: {answer}</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>„{words}“</translation>
    </message>
</context>
<context>
    <name>AnswersSheet</name>
    <message>
        <source>The answers are being fetched – this takes longer than usual.</source>
        <translation>Die Antworten werden geholt – das dauert länger als sonst.</translation>
    </message>
    <message>
        <source>The answers are being fetched …</source>
        <translation>Die Antworten werden geholt …</translation>
    </message>
    <message>
        <source>The answers could not be fetched: {why}.</source>
        <translation>Die Antworten konnten nicht geholt werden: {why}.</translation>
    </message>
    <message>
        <source>What you reported</source>
        <translation>Ihre Hinweise</translation>
    </message>
    <message numerus="yes">
        <source>What you said in the last %n day(s), and what was answered.</source>
        <translation>
            <numerusform>Was Sie am letzten Tag gemeldet haben, und was geantwortet wurde.</numerusform>
            <numerusform>Was Sie in den letzten %n Tagen gemeldet haben, und was geantwortet wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>You have reported nothing yet. The guide and the customer’s name have links for that.</source>
        <translation>Sie haben noch nichts gemeldet. Im Leitfaden und neben dem Kundennamen geht das.</translation>
    </message>
</context>
<context>
    <name>ArmsView</name>
    <message>
        <source>Counted is who completed the action soon after the call; dashed: the control group.</source>
        <translation>Gezählt wird, wer die Aktion bald nach dem Gespräch abgeschlossen hat; gestrichelt: die Kontrollgruppe.</translation>
    </message>
    <message>
        <source>There are no calls yet whose time to be completed is over.</source>
        <translation>Es gibt noch keine Gespräche, deren Zeit bis zum Abschluss vorbei ist.</translation>
    </message>
    <message>
        <source>There are too few calls without a recommendation to compare with.</source>
        <translation>Es gibt zu wenige Gespräche ohne Empfehlung, um zu vergleichen.</translation>
    </message>
</context>
<context>
    <name>ArticleRow</name>
    <message>
        <source>Your note on: {title}</source>
        <translation>Ihre Notiz zu: {title}</translation>
    </message>
    <message>
        <source>Your note: {text}</source>
        <translation>Ihre Notiz: {text}</translation>
    </message>
</context>
<context>
    <name>ArticleView</name>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>On the action: {title}</source>
        <translation>Zur Aktion: {title}</translation>
    </message>
    <message>
        <source>Only on this computer, for you alone.</source>
        <translation>Nur auf diesem Rechner, nur für Sie.</translation>
    </message>
    <message>
        <source>This is no longer in the catalogue.</source>
        <translation>Das steht nicht mehr im Katalog.</translation>
    </message>
    <message>
        <source>Your note</source>
        <translation>Ihre Notiz</translation>
    </message>
    <message>
        <source>Your note on this article</source>
        <translation>Ihre Notiz zu diesem Artikel</translation>
    </message>
</context>
<context>
    <name>BenefitsPage</name>
    <message>
        <source>There are no arguments for this action.</source>
        <translation>Zu dieser Aktion gibt es keine Nutzenargumente.</translation>
    </message>
</context>
<context>
    <name>BetweenCalls</name>
    <message>
        <source>Save the follow-ups as a calendar file</source>
        <translation>Wiedervorlagen als Kalenderdatei speichern</translation>
    </message>
    <message>
        <source>follow-ups.ics</source>
        <translation>wiedervorlagen.ics</translation>
    </message>
</context>
<context>
    <name>BlockMessage</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>BlockedView</name>
    <message>
        <source>Copy for the help desk</source>
        <translation>Für den Helpdesk kopieren</translation>
    </message>
    <message>
        <source>Details for your IT department</source>
        <translation>Einzelheiten für Ihre IT-Abteilung</translation>
    </message>
    <message>
        <source>It is on the clipboard.</source>
        <translation>Es liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Settings in force</source>
        <translation>Geltende Einstellungen</translation>
    </message>
</context>
<context>
    <name>BridgeQuote</name>
    <message>
        <source>Mark {action} as raised</source>
        <translation>{action} als angesprochen markieren</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>Angesprochen</translation>
    </message>
    <message>
        <source>Word the bridge sentence yourself</source>
        <translation>Die Überleitung selbst formulieren</translation>
    </message>
    <message>
        <source>Your own wording</source>
        <translation>Ihre eigene Fassung</translation>
    </message>
    <message>
        <source>{action} was raised with the customer</source>
        <translation>{action} wurde angesprochen</translation>
    </message>
    <message>
        <source>“{sentence}”</source>
        <translation>„{sentence}“</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>End conversation</source>
        <translation>Gespräch beenden</translation>
    </message>
    <message>
        <source>End this conversation and go on to its wrap-up; it hangs up no telephone.</source>
        <translation>Dieses Gespräch beenden und nachbearbeiten; am Telefon wird dabei nicht aufgelegt.</translation>
    </message>
    <message>
        <source>Menu of the panel ({key})</source>
        <translation>Menü des Panels ({key})</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Search for the customer ({key})</source>
        <translation>Kunden suchen ({key})</translation>
    </message>
</context>
<context>
    <name>CallTabs</name>
    <message>
        <source>{key}: next call, {back}: previous call</source>
        <translation>{key}: nächstes Gespräch, {back}: voriges Gespräch</translation>
    </message>
</context>
<context>
    <name>ChannelRow</name>
    <message>
        <source>Customer raises it</source>
        <translation>Kunde spricht es an</translation>
    </message>
    <message>
        <source>{channel}: customer raises it</source>
        <translation>{channel}: Kunde spricht es an</translation>
    </message>
</context>
<context>
    <name>ConcernFoot</name>
    <message>
        <source>Follow-up</source>
        <translation>Wiedervorlage</translation>
    </message>
    <message>
        <source>Further concern</source>
        <translation>Weiteres Anliegen</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhig</translation>
    </message>
    <message>
        <source>Take this concern up again to correct its outcome</source>
        <translation>Anliegen wieder aufnehmen, um das Ergebnis zu berichtigen</translation>
    </message>
    <message>
        <source>What makes selling unsuitable in this call</source>
        <translation>Was in diesem Gespräch gegen Vertrieb spricht</translation>
    </message>
    <message>
        <source>{concern}: {because}</source>
        <translation>{concern}: {because}</translation>
    </message>
    <message>
        <source>{concern}: {outcome}</source>
        <translation>{concern}: {outcome}</translation>
    </message>
</context>
<context>
    <name>ConcernSearch</name>
    <message>
        <source>Nothing found. Try another word.</source>
        <translation>Nichts gefunden – bitte anders suchen.</translation>
    </message>
    <message>
        <source>Search concerns …</source>
        <translation>Anliegen suchen …</translation>
    </message>
    <message>
        <source>Search for a concern</source>
        <translation>Anliegen suchen</translation>
    </message>
    <message>
        <source>{concern} – {synonym}</source>
        <translation>{concern} – {synonym}</translation>
    </message>
</context>
<context>
    <name>ConcernView</name>
    <message>
        <source>Concern</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Not solved</source>
        <translation>Nicht gelöst</translation>
    </message>
    <message>
        <source>Search for a concern</source>
        <translation>Anliegen suchen</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Solved {time}</source>
        <translation>Gelöst {time}</translation>
    </message>
</context>
<context>
    <name>ConfirmationRow</name>
    <message>
        <source>Send the text form by {channel}</source>
        <translation>Textform senden per {channel}</translation>
    </message>
</context>
<context>
    <name>ConfirmationSheet</name>
    <message>
        <source>Agree on a day …</source>
        <translation>Termin nennen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>One line on this response</source>
        <translation>Eine Zeile zu diesem Ergebnis</translation>
    </message>
    <message>
        <source>One line: why?</source>
        <translation>Eine Zeile: warum?</translation>
    </message>
</context>
<context>
    <name>ConsentDrawer</name>
    <message>
        <source>A withdrawal is not recorded yet: record it, or finish once more ({key}) without it.</source>
        <translation>Ein Widerruf ist noch nicht erfasst: Erfassen Sie ihn oder schließen Sie noch einmal ab ({key}), dann ohne ihn.</translation>
    </message>
    <message>
        <source>A wording was not read aloud: read it, or finish once more ({key}) without the answers.</source>
        <translation>Ein Wortlaut ist nicht vorgelesen: Lesen Sie ihn vor oder schließen Sie noch einmal ab ({key}), dann ohne die Antworten.</translation>
    </message>
    <message>
        <source>An answer is missing: ask for it, or finish once more ({key}) without it.</source>
        <translation>Eine Antwort fehlt: Fragen Sie danach oder schließen Sie noch einmal ab ({key}), dann ohne sie.</translation>
    </message>
    <message>
        <source>An objection is not recorded yet: record it, or finish once more ({key}) without it.</source>
        <translation>Ein Widerspruch ist noch nicht erfasst: Erfassen Sie ihn oder schließen Sie noch einmal ab ({key}), dann ohne ihn.</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>Zurück zu den Fragen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Consents on file</source>
        <translation>Erteilte Einwilligungen</translation>
    </message>
    <message>
        <source>Customer’s words</source>
        <translation>Worte des Kunden</translation>
    </message>
    <message>
        <source>No answer yet.</source>
        <translation>Noch keine Antwort.</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Read aloud first: {purposes}</source>
        <translation>Bitte zuerst vorlesen: {purposes}</translation>
    </message>
    <message>
        <source>Read the wording aloud first.</source>
        <translation>Bitte zuerst den Text vorlesen.</translation>
    </message>
    <message>
        <source>Save answers</source>
        <translation>Antworten speichern</translation>
    </message>
    <message>
        <source>This is not saved yet. Save it, or finish once more ({key}) without it.</source>
        <translation>Das ist noch nicht gespeichert. Speichern Sie es, oder schließen Sie noch einmal ohne es ab ({key}).</translation>
    </message>
</context>
<context>
    <name>CustomerHead</name>
    <message>
        <source>Advertising:</source>
        <translation>Werbung:</translation>
    </message>
    <message>
        <source>Complaint open</source>
        <translation>Beschwerde offen</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Have data corrected or erased ({key})</source>
        <translation>Daten berichtigen oder löschen lassen ({key})</translation>
    </message>
    <message>
        <source>Marketing objection</source>
        <translation>Werbewiderspruch</translation>
    </message>
    <message>
        <source>Open in the CRM ({key})</source>
        <translation>Im CRM öffnen ({key})</translation>
    </message>
    <message>
        <source>Somebody else is speaking ({key})</source>
        <translation>Jemand anderes spricht ({key})</translation>
    </message>
    <message>
        <source>Value not calculated</source>
        <translation>Kundenwert nicht berechnet</translation>
    </message>
    <message>
        <source>Value {name}</source>
        <translation>Kundenwert {name}</translation>
    </message>
    <message numerus="yes">
        <source>{trend}, as of {day}, over %n year(s)</source>
        <translation>
            <numerusform>{trend}, Stand {day}, über %n Jahr</numerusform>
            <numerusform>{trend}, Stand {day}, über %n Jahre</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerView</name>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
</context>
<context>
    <name>DayRow</name>
    <message>
        <source>Caller not identified</source>
        <translation>Anrufer nicht geklärt</translation>
    </message>
    <message>
        <source>No concern</source>
        <translation>Kein Anliegen</translation>
    </message>
    <message>
        <source>No response recorded.</source>
        <translation>Kein Ergebnis erfasst.</translation>
    </message>
</context>
<context>
    <name>DaySheet</name>
    <message>
        <source>A response can be corrected until the end of the day.</source>
        <translation>Ein Ergebnis lässt sich bis zum Ende des Tages berichtigen.</translation>
    </message>
    <message>
        <source>No call of today is on record yet.</source>
        <translation>Heute ist noch kein Gespräch erfasst.</translation>
    </message>
    <message>
        <source>Not stored: {why}. Please try again.</source>
        <translation>Nicht gespeichert: {why}. Bitte versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Show earlier calls</source>
        <translation>Frühere Gespräche zeigen</translation>
    </message>
    <message>
        <source>Today’s calls</source>
        <translation>Heutige Gespräche</translation>
    </message>
    <message>
        <source>Today’s calls are being fetched – this takes longer than usual.</source>
        <translation>Die heutigen Gespräche werden geholt – das dauert länger als sonst.</translation>
    </message>
    <message>
        <source>Today’s calls are being fetched …</source>
        <translation>Die heutigen Gespräche werden geholt …</translation>
    </message>
    <message>
        <source>Today’s calls are not there: {why}.</source>
        <translation>Die heutigen Gespräche fehlen: {why}.</translation>
    </message>
</context>
<context>
    <name>DueRow</name>
    <message>
        <source>Customer not identified</source>
        <translation>Kunde nicht festgestellt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Done: {what}</source>
        <translation>Erledigt: {what}</translation>
    </message>
    <message>
        <source>The backend does not take this as done: the promise may have been cancelled.</source>
        <translation>Das Backend nimmt das nicht als erledigt an: Die Zusage ist vielleicht gestrichen worden.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>now due</source>
        <translation>jetzt fällig</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>{done} – is sent as soon as the backend is there</source>
        <translation>{done} – wird gesendet, sobald das Backend da ist</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>„{words}“</translation>
    </message>
</context>
<context>
    <name>DueSheet</name>
    <message>
        <source>Follow-ups</source>
        <translation>Wiedervorlagen</translation>
    </message>
    <message>
        <source>Not stored: {why}. Please try again.</source>
        <translation>Nicht gespeichert: {why}. Bitte versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing that you promised is due in the next seven days.</source>
        <translation>In den nächsten sieben Tagen ist nichts fällig, was Sie zugesagt haben.</translation>
    </message>
    <message>
        <source>Show further ones</source>
        <translation>Weitere zeigen</translation>
    </message>
    <message>
        <source>The follow-ups are being fetched – this takes longer than usual.</source>
        <translation>Die Wiedervorlagen werden geholt – das dauert länger als sonst.</translation>
    </message>
    <message>
        <source>The follow-ups are being fetched …</source>
        <translation>Die Wiedervorlagen werden geholt …</translation>
    </message>
    <message>
        <source>The follow-ups could not be fetched: {why}.</source>
        <translation>Die Wiedervorlagen konnten nicht geholt werden: {why}.</translation>
    </message>
    <message>
        <source>There are more than fit into this list. Do these first.</source>
        <translation>Es sind mehr, als in diese Liste passen. Erledigen Sie zuerst diese.</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Berater/in</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Berater/innen</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>Alle Kennzahlen</translation>
    </message>
    <message>
        <source>The figures are being counted …</source>
        <translation>Die Zahlen werden gezählt …</translation>
    </message>
    <message>
        <source>These figures are older than your choice. {why}</source>
        <translation>Diese Zahlen sind älter als Ihre Auswahl. {why}</translation>
    </message>
    <message>
        <source>Whole team</source>
        <translation>Ganzes Team</translation>
    </message>
    <message>
        <source>{lines}, line by line</source>
        <translation>{lines}, Zeile für Zeile</translation>
    </message>
</context>
<context>
    <name>FlagsRow</name>
    <message>
        <source>From the customer’s data: {what}.</source>
        <translation>Aus den Kundendaten: {what}.</translation>
    </message>
    <message>
        <source>Noticed earlier in this call: {what}.</source>
        <translation>Zuvor in diesem Gespräch bemerkt: {what}.</translation>
    </message>
    <message>
        <source>While one of these holds, nothing is sold in this call; service stays.</source>
        <translation>Solange etwas davon zutrifft, wird in diesem Gespräch nichts verkauft; Service bleibt möglich.</translation>
    </message>
    <message>
        <source>{flag}, from the customer’s data</source>
        <translation>{flag}, aus den Kundendaten</translation>
    </message>
</context>
<context>
    <name>FollowUpRow</name>
    <message>
        <source>Cancel</source>
        <translation>Streichen</translation>
    </message>
    <message>
        <source>Cancel: {what}</source>
        <translation>Streichen: {what}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Customer’s words</source>
        <translation>Worte des Kunden</translation>
    </message>
    <message>
        <source>Date …</source>
        <translation>Datum …</translation>
    </message>
    <message>
        <source>Day of the follow-up</source>
        <translation>Tag der Wiedervorlage</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Time of day, if the customer named one</source>
        <translation>Uhrzeit, falls der Kunde eine genannt hat</translation>
    </message>
    <message>
        <source>What was agreed, in the customer’s words</source>
        <translation>Was vereinbart wurde, mit den Worten des Kunden</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>„{words}“</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message>
        <source>On the action: {title}</source>
        <translation>Zur Aktion: {title}</translation>
    </message>
    <message>
        <source>Open: {title}</source>
        <translation>Öffnen: {title}</translation>
    </message>
    <message>
        <source>This is no longer in the catalogue.</source>
        <translation>Das steht nicht mehr im Katalog.</translation>
    </message>
    <message>
        <source>with your note</source>
        <translation>mit Ihrer Notiz</translation>
    </message>
</context>
<context>
    <name>FunnelView</name>
    <message>
        <source>accepted</source>
        <translation>zugesagt</translation>
    </message>
    <message>
        <source>addressed</source>
        <translation>angesprochen</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>abgeschlossen</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>entschieden</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>gezeigt</translation>
    </message>
    <message>
        <source>{step} {count}</source>
        <translation>{step} {count}</translation>
    </message>
</context>
<context>
    <name>GenesysSource</name>
    <message>
        <source>The sign-in did not work. Please start it again in the panel.</source>
        <translation>Die Anmeldung hat nicht geklappt. Bitte starten Sie sie in NBA Desktop noch einmal.</translation>
    </message>
    <message>
        <source>You are signed in. You can close this window.</source>
        <translation>Sie sind angemeldet. Sie können dieses Fenster schließen.</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>Before closing</source>
        <translation>Vor dem Abschluss</translation>
    </message>
    <message>
        <source>Open consent</source>
        <translation>Zur Einwilligung</translation>
    </message>
    <message>
        <source>{count} of {all} done</source>
        <translation>{count} von {all} erledigt</translation>
    </message>
</context>
<context>
    <name>GuideTools</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back: undo the last choice and what hung on it</source>
        <translation>Zurück: die letzte Wahl und was daran hing aufheben</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>Ausführlich</translation>
    </message>
    <message>
        <source>Own wording</source>
        <translation>Eigene Fassung</translation>
    </message>
    <message>
        <source>Report: wrong or outdated</source>
        <translation>Passt nicht / veraltet melden</translation>
    </message>
    <message>
        <source>Say what is wrong ({key})</source>
        <translation>Sagen, was nicht stimmt ({key})</translation>
    </message>
</context>
<context>
    <name>HandoverLine</name>
    <message>
        <source>From your colleague: {brief}</source>
        <translation>Vom Kollegen: {brief}</translation>
    </message>
    <message>
        <source>Probably from your colleague: {brief}</source>
        <translation>Vermutlich vom Kollegen: {brief}</translation>
    </message>
    <message>
        <source>You before: {brief}</source>
        <translation>Sie zuvor: {brief}</translation>
    </message>
</context>
<context>
    <name>HandoverSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Concern: {what}</source>
        <translation>Anliegen: {what}</translation>
    </message>
    <message>
        <source>From your colleague</source>
        <translation>Vom Kollegen</translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation>Notiz: {text}</translation>
    </message>
    <message>
        <source>You recorded nothing in this call before.</source>
        <translation>Sie haben in diesem Gespräch zuvor nichts erfasst.</translation>
    </message>
    <message>
        <source>Your colleague recorded nothing in this call.</source>
        <translation>Ihr Kollege hat in diesem Gespräch nichts erfasst.</translation>
    </message>
    <message>
        <source>Your part before</source>
        <translation>Ihr Teil zuvor</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>Alle Aktionen</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>All reasons</source>
        <translation>Alle Anliegen</translation>
    </message>
    <message>
        <source>CSV, for other programs</source>
        <translation>CSV, für andere Programme</translation>
    </message>
    <message>
        <source>Contact reason</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>Excel</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>My review</source>
        <translation>Meine Auswertung</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Print this page</source>
        <translation>Diese Seite drucken</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>The file could not be saved.</source>
        <translation>Die Datei konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The file is being made …</source>
        <translation>Die Datei wird erstellt …</translation>
    </message>
    <message>
        <source>The file is saved.</source>
        <translation>Die Datei ist gespeichert.</translation>
    </message>
    <message>
        <source>The page could not be printed.</source>
        <translation>Die Seite konnte nicht gedruckt werden.</translation>
    </message>
    <message>
        <source>The page is being printed …</source>
        <translation>Die Seite wird gedruckt …</translation>
    </message>
    <message>
        <source>The page went to the printer.</source>
        <translation>Die Seite ist beim Drucker.</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation>Tasten und Hilfe</translation>
    </message>
    <message>
        <source>Practise calls</source>
        <translation>Anrufe üben</translation>
    </message>
    <message>
        <source>Show the tour</source>
        <translation>Tour zeigen</translation>
    </message>
    <message>
        <source>The parts of the panel</source>
        <translation>Die Teile des Panels</translation>
    </message>
</context>
<context>
    <name>HintBubble</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Hint {number} of {count}</source>
        <translation>Hinweis {number} von {count}</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Skip the tour</source>
        <translation>Tour überspringen</translation>
    </message>
</context>
<context>
    <name>IdentificationView</name>
    <message>
        <source>Another customer</source>
        <translation>Anderer Kunde</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Legitimiert</translation>
    </message>
    <message>
        <source>No customer is known under this call’s number. Please ask for name or customer number.</source>
        <translation>Zu diesem Anruf ist kein Kunde bekannt. Bitte fragen Sie nach Name oder Kundennummer.</translation>
    </message>
    <message>
        <source>No number transmitted</source>
        <translation>Keine Nummer übermittelt</translation>
    </message>
    <message>
        <source>Nobody assigned yet</source>
        <translation>Noch niemand zugeordnet</translation>
    </message>
    <message numerus="yes">
        <source>Nobody can be authenticated in this call any more: %n answer(s) were wrong.</source>
        <translation>
            <numerusform>In diesem Gespräch kann niemand mehr legitimiert werden: %n Antwort war falsch.</numerusform>
            <numerusform>In diesem Gespräch kann niemand mehr legitimiert werden: %n Antworten waren falsch.</numerusform>
        </translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>Possible caller: {why}</source>
        <translation>Möglicher Anrufer: {why}</translation>
    </message>
    <message>
        <source>Search for the customer</source>
        <translation>Kunden suchen</translation>
    </message>
    <message>
        <source>Several customers share this number. Please ask for the name.</source>
        <translation>Mehrere Kunden haben diese Nummer. Bitte fragen Sie nach dem Namen.</translation>
    </message>
    <message>
        <source>The caller does not show a number. Please ask for the customer number and search with it.</source>
        <translation>Der Anrufer zeigt keine Nummer. Bitte fragen Sie nach der Kundennummer und suchen Sie damit.</translation>
    </message>
    <message>
        <source>The telephone system has passed no number on. Please ask for name or customer number.</source>
        <translation>Die Telefonanlage hat keine Nummer übergeben. Bitte fragen Sie nach Name oder Kundennummer.</translation>
    </message>
    <message>
        <source>This conversation has no call event. Please search for the customer.</source>
        <translation>Zu diesem Gespräch gibt es kein Anrufereignis. Bitte suchen Sie den Kunden.</translation>
    </message>
    <message>
        <source>Unknown number</source>
        <translation>Unbekannte Nummer</translation>
    </message>
    <message>
        <source>Who is calling?</source>
        <translation>Wer ruft an?</translation>
    </message>
    <message>
        <source>You can still search.</source>
        <translation>Sie können weiterhin suchen.</translation>
    </message>
    <message>
        <source>You may give general information, nothing on contract, consumption or payments.</source>
        <translation>Allgemeine Auskünfte sind möglich, nichts zu Vertrag, Verbrauch oder Zahlungen.</translation>
    </message>
    <message>
        <source>{right} of {needed} right</source>
        <translation>{right} von {needed} richtig</translation>
    </message>
    <message numerus="yes">
        <source>{words}, %n wrong</source>
        <translation>
            <numerusform>{words}, %n falsch</numerusform>
            <numerusform>{words}, %n falsch</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JourneyStrip</name>
    <message numerus="yes">
        <source>%n contact(s) · all</source>
        <translation>
            <numerusform>%n Kontakt · alle</numerusform>
            <numerusform>%n Kontakte · alle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n offener Vorgang</numerusform>
            <numerusform>%n offene Vorgänge</numerusform>
        </translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Customer journey</source>
        <translation>Kundenreise</translation>
    </message>
    <message>
        <source>First contact: there is no customer journey yet.</source>
        <translation>Erster Kontakt: Es gibt noch keine Kundenreise.</translation>
    </message>
    <message>
        <source>No media break in the last contacts.</source>
        <translation>Kein Medienbruch in den letzten Kontakten.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Now: this call</source>
        <translation>Jetzt: dieser Anruf</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n contact(s) of the customer journey</source>
        <translation>
            <numerusform>%n Kontakt der Kundenreise zeigen</numerusform>
            <numerusform>Alle %n Kontakte der Kundenreise zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Choose a function, then press its new key.</source>
        <translation>Wählen Sie eine Funktion und drücken Sie dann ihre neue Taste.</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>Taste: {key}</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>New key for: {command}</source>
        <translation>Neue Taste für: {command}</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Press the new key. Esc leaves it as it is.</source>
        <translation>Drücken Sie die neue Taste. Esc lässt sie, wie sie ist.</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>This desktop has no keys for the whole of it.</source>
        <translation>Dieser Desktop kennt keine Tasten, die überall gelten.</translation>
    </message>
    <message>
        <source>Usual key: {key}</source>
        <translation>Übliche Taste: {key}</translation>
    </message>
    <message>
        <source>{words}; it stays as it is.</source>
        <translation>{words}; sie bleibt, wie sie ist.</translation>
    </message>
</context>
<context>
    <name>KnowledgePage</name>
    <message>
        <source>Favourites and notes</source>
        <translation>Favoriten und Notizen</translation>
    </message>
    <message>
        <source>Nothing found for “{words}”. Fewer words find more.</source>
        <translation>Nichts gefunden zu „{words}“. Weniger Wörter finden mehr.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search knowledge</source>
        <translation>Wissen durchsuchen</translation>
    </message>
    <message>
        <source>Search the whole catalogue. Your favourites and notes are listed here.</source>
        <translation>Durchsuchen Sie den ganzen Katalog. Ihre Favoriten und Notizen stehen hier.</translation>
    </message>
    <message>
        <source>The catalogue holds no further information.</source>
        <translation>Der Katalog enthält keine weiterführenden Informationen.</translation>
    </message>
    <message>
        <source>The information could not be fetched: {reason}.</source>
        <translation>Die Informationen konnten nicht geholt werden: {reason}.</translation>
    </message>
    <message>
        <source>The information is being fetched …</source>
        <translation>Die Informationen werden geholt …</translation>
    </message>
    <message>
        <source>There is no further information on this action.</source>
        <translation>Zu dieser Aktion gibt es keine weiterführenden Informationen.</translation>
    </message>
    <message>
        <source>Your note or favourite was not kept: {reason}.</source>
        <translation>Ihre Notiz oder Ihr Favorit wurde nicht gespeichert: {reason}.</translation>
    </message>
</context>
<context>
    <name>KnowledgeSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
</context>
<context>
    <name>LinesModel</name>
    <message>
        <source>Acceptance per opportunity</source>
        <translation>Zusagen je Chance</translation>
    </message>
    <message>
        <source>Opportunities</source>
        <translation>Chancen</translation>
    </message>
    <message>
        <source>Presentation</source>
        <translation>Ansprache</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Aussage</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>erwartet</translation>
    </message>
</context>
<context>
    <name>ListSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>Note on this call</source>
        <translation>Notiz zum Gespräch</translation>
    </message>
    <message>
        <source>One line on this call – Enter keeps it</source>
        <translation>Eine Zeile zum Gespräch – Eingabetaste speichert</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Nachsehen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Wieder anmelden</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>Understood: {notice}</source>
        <translation>Verstanden: {notice}</translation>
    </message>
</context>
<context>
    <name>ObjectionBox</name>
    <message>
        <source>A marketing objection is on file; it overrides every consent.</source>
        <translation>Ein Werbewiderspruch liegt vor; er geht jeder Einwilligung vor.</translation>
    </message>
    <message>
        <source>If the customer objects to all advertising:</source>
        <translation>Wenn der Kunde jeder Werbung widerspricht:</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Marketing objection …</source>
        <translation>Werbewiderspruch …</translation>
    </message>
    <message>
        <source>Record objection</source>
        <translation>Widerspruch speichern</translation>
    </message>
    <message>
        <source>The customer wants no advertising in any channel? This takes effect at once.</source>
        <translation>Möchte der Kunde in keinem Kanal mehr Werbung? Das gilt sofort.</translation>
    </message>
</context>
<context>
    <name>ObjectionsPage</name>
    <message>
        <source>No objection is known for this action.</source>
        <translation>Zu dieser Aktion sind keine Einwände bekannt.</translation>
    </message>
    <message>
        <source>No objection with these words.</source>
        <translation>Kein Einwand mit diesen Wörtern.</translation>
    </message>
    <message>
        <source>One answer for each objection. A clear no is not an objection: thank and accept it.</source>
        <translation>Je Einwand eine Antwort. Ein klares Nein ist kein Einwand: danken und annehmen.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search objections</source>
        <translation>Einwände suchen</translation>
    </message>
    <message>
        <source>The customer says no</source>
        <translation>Der Kunde sagt Nein</translation>
    </message>
    <message>
        <source>The customer says no: to the response “Declined”</source>
        <translation>Der Kunde sagt Nein: zur Rückmeldung „Abgelehnt“</translation>
    </message>
</context>
<context>
    <name>OwnLogPage</name>
    <message>
        <source>Nobody so far.</source>
        <translation>Bisher niemand.</translation>
    </message>
    <message>
        <source>Nothing.</source>
        <translation>Nichts.</translation>
    </message>
    <message>
        <source>Show earlier ones</source>
        <translation>Frühere anzeigen</translation>
    </message>
    <message>
        <source>The log is being read …</source>
        <translation>Das Protokoll wird gelesen …</translation>
    </message>
    <message>
        <source>What you read in the last 30 days, newest first</source>
        <translation>Was Sie in den letzten 30 Tagen gelesen haben, Neuestes zuerst</translation>
    </message>
    <message>
        <source>Whenever customers’ data are shown to you, the backend writes down when, what and on what ground. No customer is named here.</source>
        <translation>Wenn Ihnen Kundendaten gezeigt werden, hält das Backend fest, wann, was und auf welcher Grundlage. Kein Kunde wird hier genannt.</translation>
    </message>
    <message>
        <source>Who looked at your log in the last year</source>
        <translation>Wer im letzten Jahr Ihr Protokoll angesehen hat</translation>
    </message>
</context>
<context>
    <name>PersonView</name>
    <message>
        <source>A line for both</source>
        <translation>Zeile für beide</translation>
    </message>
    <message>
        <source>A line that both of you read</source>
        <translation>Eine Zeile, die Sie beide lesen</translation>
    </message>
    <message>
        <source>Acceptance per opportunity, by action</source>
        <translation>Zusagen je Chance, nach Aktion</translation>
    </message>
    <message>
        <source>Agent {agent}</source>
        <translation>Berater/in {agent}</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>Alle Kennzahlen</translation>
    </message>
    <message>
        <source>Back to the whole team</source>
        <translation>Zurück zum ganzen Team</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Trichter</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>No reason was given.</source>
        <translation>Es wurde kein Grund genannt.</translation>
    </message>
    <message>
        <source>Nobody so far.</source>
        <translation>Bisher niemand.</translation>
    </message>
    <message>
        <source>None in this time.</source>
        <translation>Keine in dieser Zeit.</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>Noch keine.</translation>
    </message>
    <message>
        <source>None was raised {least} times or more.</source>
        <translation>Keiner kam mindestens {least}-mal vor.</translation>
    </message>
    <message>
        <source>Not addressed</source>
        <translation>Nicht angesprochen</translation>
    </message>
    <message>
        <source>Notes of your talks</source>
        <translation>Gesprächsnotizen</translation>
    </message>
    <message>
        <source>Nothing was left out.</source>
        <translation>Es wurde nichts ausgelassen.</translation>
    </message>
    <message>
        <source>Objections raised fewer than {least} times are not shown.</source>
        <translation>Einwände, die weniger als {least}-mal vorkamen, stehen nicht hier.</translation>
    </message>
    <message>
        <source>Objections, most frequent first</source>
        <translation>Einwände, am häufigsten zuerst</translation>
    </message>
    <message>
        <source>Taken alone it would be one; among so many agents such a difference comes by chance.</source>
        <translation>Für sich allein wäre es einer; bei so vielen Berater/innen kommt ein solcher Unterschied durch Zufall vor.</translation>
    </message>
    <message>
        <source>The note was not kept: {why}</source>
        <translation>Die Notiz wurde nicht festgehalten: {why}</translation>
    </message>
    <message>
        <source>Too few to show.</source>
        <translation>Zu wenige, um sie zu zeigen.</translation>
    </message>
    <message>
        <source>Where this stands</source>
        <translation>Einordnung</translation>
    </message>
    <message>
        <source>Who looked at these figures</source>
        <translation>Wer diese Zahlen angesehen hat</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Berater/in</translation>
    </message>
    <message>
        <source>team lead</source>
        <translation>Teamleitung</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>{count} opportunity calls</source>
        <translation>{count} Chancengespräche</translation>
    </message>
    <message>
        <source>{day}, {who}:</source>
        <translation>{day}, {who}:</translation>
    </message>
    <message>
        <source>· declined afterwards {declined}; too few of the others to compare</source>
        <translation>· danach abgelehnt {declined}; bei den anderen zu wenige für einen Vergleich</translation>
    </message>
    <message>
        <source>· declined afterwards {declined}; with the others {others}</source>
        <translation>· danach abgelehnt {declined}; bei den anderen {others}</translation>
    </message>
    <message>
        <source>· too few to say what followed</source>
        <translation>· zu wenige, um zu sagen, was folgte</translation>
    </message>
    <message>
        <source>– reliably less often</source>
        <translation>– zuverlässig seltener</translation>
    </message>
    <message>
        <source>– reliably more often</source>
        <translation>– zuverlässig häufiger</translation>
    </message>
    <message>
        <source>“{objection}” {count}</source>
        <translation>„{objection}“ {count}</translation>
    </message>
</context>
<context>
    <name>PracticeBand</name>
    <message>
        <source>Call {number} of {count}: {title}</source>
        <translation>Anruf {number} von {count}: {title}</translation>
    </message>
    <message>
        <source>Choose an action ({action}), say the bridge, record the response ({response}).</source>
        <translation>Wählen Sie eine Aktion ({action}), sagen Sie den Brückensatz, halten Sie das Ergebnis fest ({response}).</translation>
    </message>
    <message>
        <source>Choose the concern, or search for it ({key}).</source>
        <translation>Wählen Sie das Anliegen, oder suchen Sie es ({key}).</translation>
    </message>
    <message>
        <source>Close this window; your panel stays as it is</source>
        <translation>Dieses Fenster schließen; Ihr Panel bleibt, wie es ist</translation>
    </message>
    <message>
        <source>End practice</source>
        <translation>Übung beenden</translation>
    </message>
    <message>
        <source>Give what is still open a response, then finish ({key}).</source>
        <translation>Geben Sie dem, was noch offen ist, ein Ergebnis, und schließen Sie ab ({key}).</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Let it ring</source>
        <translation>Anruf kommen lassen</translation>
    </message>
    <message>
        <source>No customer is real, and no telephone is used.</source>
        <translation>Kein Kunde ist echt, und kein Telefon wird benutzt.</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Practice {number}/{count}: {step}</source>
        <translation>Übung {number}/{count}: {step}</translation>
    </message>
    <message>
        <source>Practice – nothing is recorded</source>
        <translation>Übung – nichts wird aufgezeichnet</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Klingeln</translation>
    </message>
    <message>
        <source>Search for the customer ({key}), then check who is calling.</source>
        <translation>Suchen Sie den Kunden ({key}) und prüfen Sie dann, wer anruft.</translation>
    </message>
    <message>
        <source>Solve the concern, then say so ({key}).</source>
        <translation>Lösen Sie das Anliegen, und sagen Sie es dann ({key}).</translation>
    </message>
    <message>
        <source>Take the call</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>The caller says: “{words}”</source>
        <translation>Der Anrufer sagt: „{words}“</translation>
    </message>
    <message>
        <source>The panel shows who may be calling. On your real telephone you would answer now.</source>
        <translation>Das Panel zeigt, wer anrufen könnte. Am richtigen Telefon würden Sie jetzt abnehmen.</translation>
    </message>
    <message>
        <source>Tick what the caller got right, then confirm ({key}).</source>
        <translation>Haken Sie ab, was der Anrufer richtig sagt, und bestätigen Sie ({key}).</translation>
    </message>
    <message>
        <source>in the call</source>
        <translation>im Gespräch</translation>
    </message>
    <message>
        <source>it rings</source>
        <translation>es klingelt</translation>
    </message>
    <message>
        <source>no call</source>
        <translation>kein Gespräch</translation>
    </message>
    <message>
        <source>wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
</context>
<context>
    <name>PracticePanel</name>
    <message>
        <source>Practice – NBA Desktop</source>
        <translation>Übung – NBA Desktop</translation>
    </message>
</context>
<context>
    <name>PreferencesView</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the preferences</source>
        <translation>Einstellungen schließen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>Ausführlich</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>Hoher Kontrast, dunkel</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>Hoher Kontrast, hell</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings in force</source>
        <translation>Geltende Einstellungen</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
</context>
<context>
    <name>PrintButton</name>
    <message>
        <source>Print</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Print this page ({keys})</source>
        <translation>Diese Seite drucken ({keys})</translation>
    </message>
</context>
<context>
    <name>ProofPage</name>
    <message>
        <source>An entry does not fit the others any more. Please inform your administrator.</source>
        <translation>Ein Eintrag passt nicht mehr zu den anderen. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>No entry was changed since it was written.</source>
        <translation>Kein Eintrag wurde nachträglich verändert.</translation>
    </message>
    <message>
        <source>Nothing is on file: this customer was never asked.</source>
        <translation>Nichts liegt vor: Dieser Kunde wurde noch nie gefragt.</translation>
    </message>
    <message>
        <source>Proof of the consents</source>
        <translation>Nachweis der Einwilligungen</translation>
    </message>
    <message>
        <source>The proof is being fetched – this takes longer than usual.</source>
        <translation>Der Nachweis wird geholt – das dauert länger als sonst.</translation>
    </message>
    <message>
        <source>The proof is being fetched …</source>
        <translation>Der Nachweis wird geholt …</translation>
    </message>
    <message>
        <source>The proof is not there: {why}.</source>
        <translation>Der Nachweis fehlt: {why}.</translation>
    </message>
</context>
<context>
    <name>QuestionSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>More about it</source>
        <translation>Näheres</translation>
    </message>
    <message>
        <source>More about it – no name, no number</source>
        <translation>Näheres – kein Name, keine Nummer</translation>
    </message>
    <message>
        <source>Reported: {reason}</source>
        <translation>Gemeldet: {reason}</translation>
    </message>
    <message>
        <source>What is wrong with “{title}”?</source>
        <translation>Was stimmt nicht an „{title}“?</translation>
    </message>
    <message>
        <source>Whoever is responsible for the action reads it. You find the answer between calls.</source>
        <translation>Das lesen die Verantwortlichen der Aktion. Die Antwort finden Sie zwischen den Gesprächen.</translation>
    </message>
</context>
<context>
    <name>RatesView</name>
    <message>
        <source>Acceptance per opportunity</source>
        <translation>Zusagen je Chance</translation>
    </message>
    <message>
        <source>Acceptance rate</source>
        <translation>Zusagequote</translation>
    </message>
    <message>
        <source>Average handle time {with_action} with an action, {without} without.</source>
        <translation>Ø Bearbeitungszeit {with_action} mit Aktion, {without} ohne.</translation>
    </message>
    <message>
        <source>Consent asked</source>
        <translation>Einwilligung gefragt</translation>
    </message>
    <message>
        <source>Consent confirmed</source>
        <translation>Einwilligung bestätigt</translation>
    </message>
    <message>
        <source>Consent given</source>
        <translation>Einwilligung erteilt</translation>
    </message>
    <message>
        <source>Conversion rate</source>
        <translation>Abschlussquote</translation>
    </message>
    <message>
        <source>Follow-up kept</source>
        <translation>Zusage eingehalten</translation>
    </message>
    <message>
        <source>Offer rate</source>
        <translation>Angebotsquote</translation>
    </message>
    <message>
        <source>Presentation rate</source>
        <translation>Ansprachequote</translation>
    </message>
    <message>
        <source>Response coverage</source>
        <translation>Rückmeldequote</translation>
    </message>
    <message>
        <source>after-call work {time}</source>
        <translation>Nachbearbeitung {time}</translation>
    </message>
    <message>
        <source>hold {time}</source>
        <translation>Halten {time}</translation>
    </message>
    <message>
        <source>talk {time}</source>
        <translation>Gespräch {time}</translation>
    </message>
</context>
<context>
    <name>ReadyView</name>
    <message>
        <source>Keys and help</source>
        <translation>Tasten und Hilfe</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Last reported by the telephone system: {time}</source>
        <translation>Zuletzt von der Telefonanlage gemeldet: {time}</translation>
    </message>
    <message>
        <source>My review</source>
        <translation>Meine Auswertung</translation>
    </message>
    <message>
        <source>No call. The next one appears here by itself.</source>
        <translation>Kein Gespräch. Das nächste erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>No telephone system</source>
        <translation>Keine Telefonanlage</translation>
    </message>
    <message>
        <source>No telephone system is set up. Calls appear here when another program passes them on.</source>
        <translation>Es ist keine Telefonanlage eingerichtet. Anrufe erscheinen hier, wenn ein anderes Programm sie übergibt.</translation>
    </message>
    <message>
        <source>No telephone system since {time}</source>
        <translation>Keine Telefonanlage seit {time}</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>Open a customer without a call event</source>
        <translation>Einen Kunden ohne Anrufereignis öffnen</translation>
    </message>
    <message>
        <source>Practise calls</source>
        <translation>Anrufe üben</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Reason: {why}.</source>
        <translation>Grund: {why}.</translation>
    </message>
    <message>
        <source>Search for the customer</source>
        <translation>Kunden suchen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The connection is lost and is being restored. Until then no call appears by itself.</source>
        <translation>Die Verbindung ist unterbrochen und wird wieder aufgebaut. Bis dahin erscheint kein Anruf von selbst.</translation>
    </message>
    <message>
        <source>The telephone system is being connected.</source>
        <translation>Die Telefonanlage wird verbunden.</translation>
    </message>
    <message>
        <source>Today’s calls</source>
        <translation>Heutige Gespräche</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>You are not signed in to the telephone system. Until then no call appears by itself.</source>
        <translation>Sie sind nicht an der Telefonanlage angemeldet. Bis dahin erscheint kein Anruf von selbst.</translation>
    </message>
    <message>
        <source>Your telephone rings and nothing appears here?</source>
        <translation>Ihr Telefon klingelt, und hier erscheint nichts?</translation>
    </message>
</context>
<context>
    <name>ReadyWaiting</name>
    <message numerus="yes">
        <source>%n answer(s) to what you reported</source>
        <translation>
            <numerusform>%n Antwort auf Ihre Hinweise</numerusform>
            <numerusform>%n Antworten auf Ihre Hinweise</numerusform>
        </translation>
    </message>
    <message>
        <source>What you reported</source>
        <translation>Ihre Hinweise</translation>
    </message>
</context>
<context>
    <name>ReasonPage</name>
    <message>
        <source>In your own words</source>
        <translation>In eigenen Worten</translation>
    </message>
    <message>
        <source>In your own words (may stay empty)</source>
        <translation>In eigenen Worten (darf leer bleiben)</translation>
    </message>
    <message>
        <source>Show the figures</source>
        <translation>Zahlen ansehen</translation>
    </message>
    <message>
        <source>What do you look at these figures for?</source>
        <translation>Wofür sehen Sie diese Zahlen an?</translation>
    </message>
    <message>
        <source>Who looked, when and what for is written down; whoever the figures are about reads it, and so does the works council.</source>
        <translation>Wer wann und wofür nachgesehen hat, wird festgehalten; die Betroffenen lesen es, und der Betriebsrat ebenso.</translation>
    </message>
</context>
<context>
    <name>ReasonsSheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Marketing objection …</source>
        <translation>Werbewiderspruch …</translation>
    </message>
</context>
<context>
    <name>ReceiptLine</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Change {response}</source>
        <translation>Ändern: {response}</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More on this response: a day, one line</source>
        <translation>Mehr zu diesem Ergebnis: ein Termin, eine Zeile</translation>
    </message>
    <message>
        <source>Not stored: {why}.</source>
        <translation>Nicht gespeichert: {why}.</translation>
    </message>
    <message>
        <source>Nothing of the last click was kept. Please try again.</source>
        <translation>Der letzte Klick wurde nicht übernommen. Bitte versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Send the confirmation in text form</source>
        <translation>Bestätigung in Textform senden</translation>
    </message>
    <message>
        <source>Text form</source>
        <translation>Textform</translation>
    </message>
</context>
<context>
    <name>ResponseRow</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation>Notiz: {text}</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Response to the whole call</source>
        <translation>Ergebnis für das ganze Gespräch</translation>
    </message>
    <message>
        <source>Response to {action}</source>
        <translation>Ergebnis für {action}</translation>
    </message>
    <message>
        <source>Response: no action chosen</source>
        <translation>Ergebnis: keine Aktion gewählt</translation>
    </message>
    <message>
        <source>Response: once there are actions</source>
        <translation>Ergebnis: sobald es Aktionen gibt</translation>
    </message>
    <message>
        <source>Write a note on this call</source>
        <translation>Notiz zum Gespräch schreiben</translation>
    </message>
    <message>
        <source>{count} characters – no more fit.</source>
        <translation>{count} Zeichen – mehr passt nicht.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Keep the review as a file</source>
        <translation>Auswertung als Datei speichern</translation>
    </message>
</context>
<context>
    <name>SearchView</name>
    <message>
        <source>Attach instead</source>
        <translation>Stattdessen zuordnen</translation>
    </message>
    <message>
        <source>Attach to this call</source>
        <translation>Diesem Gespräch zuordnen</translation>
    </message>
    <message>
        <source>Attach to this call instead of {name}</source>
        <translation>Diesem Gespräch anstelle von {name} zuordnen</translation>
    </message>
    <message>
        <source>Attach {new} instead</source>
        <translation>{new} stattdessen zuordnen</translation>
    </message>
    <message>
        <source>Attach {new} to this call instead of {name}? What was recorded with {name} is closed.</source>
        <translation>Diesem Gespräch {new} anstelle von {name} zuordnen? Was mit {name} erfasst wurde, wird abgeschlossen.</translation>
    </message>
    <message>
        <source>Attached to this call already</source>
        <translation>Diesem Gespräch bereits zugeordnet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Customer number, name, contract or address</source>
        <translation>Kundennummer, Name, Vertrag oder Adresse</translation>
    </message>
    <message>
        <source>For a call that has not appeared here. Reading a customer is recorded.</source>
        <translation>Für ein Gespräch, das hier nicht erschienen ist. Das Öffnen wird protokolliert.</translation>
    </message>
    <message>
        <source>No, keep</source>
        <translation>Nein, behalten</translation>
    </message>
    <message>
        <source>No, keep {name}</source>
        <translation>Nein, {name} behalten</translation>
    </message>
    <message>
        <source>Nobody found. Please try another word or fewer letters.</source>
        <translation>Niemand gefunden. Bitte versuchen Sie ein anderes Wort oder weniger Buchstaben.</translation>
    </message>
    <message>
        <source>Open without a call event</source>
        <translation>Ohne Anrufereignis öffnen</translation>
    </message>
    <message>
        <source>Reading a customer in a call is recorded.</source>
        <translation>Der Blick auf einen Kunden wird protokolliert.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for the customer</source>
        <translation>Kunden suchen</translation>
    </message>
    <message>
        <source>Search not possible: {why}.</source>
        <translation>Suche nicht möglich: {why}.</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>There are more than are shown here. Please search more narrowly.</source>
        <translation>Es gibt mehr, als hier gezeigt werden. Bitte suchen Sie genauer.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all settings</source>
        <translation>Alle Einstellungen kopieren</translation>
    </message>
    <message>
        <source>For the help desk, as text</source>
        <translation>Für den Helpdesk, als Text</translation>
    </message>
    <message>
        <source>It is on the clipboard.</source>
        <translation>Es liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>No setting holds these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Only what IT has set</source>
        <translation>Nur von der IT Festgelegtes</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search name, value or source</source>
        <translation>Name, Wert oder Herkunft suchen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Settings in force</source>
        <translation>Geltende Einstellungen</translation>
    </message>
    <message>
        <source>The arrow keys choose a line, Ctrl+C copies it.</source>
        <translation>Die Pfeiltasten wählen eine Zeile, Strg+C kopiert sie.</translation>
    </message>
</context>
<context>
    <name>SettingsRow</name>
    <message>
        <source>Copy the line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy the place</source>
        <translation>Ort kopieren</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open the browser again</source>
        <translation>Browser noch einmal öffnen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>SigningIn</name>
    <message>
        <source>Done. You can close this window and go on in NBA Desktop.</source>
        <translation>Fertig. Sie können dieses Fenster schließen und in NBA Desktop weiterarbeiten.</translation>
    </message>
    <message>
        <source>The sign-in did not work. Please start it again in NBA Desktop.</source>
        <translation>Die Anmeldung hat nicht geklappt. Bitte beginnen Sie sie in NBA Desktop noch einmal.</translation>
    </message>
</context>
<context>
    <name>SitePage</name>
    <message numerus="yes">
        <source>%n call(s) came by rarer ways, which are not shown.</source>
        <translation>
            <numerusform>%n Anruf kam auf selteneren Wegen, die nicht gezeigt werden.</numerusform>
            <numerusform>%n Anrufe kamen auf selteneren Wegen, die nicht gezeigt werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) of too few agents are not shown.</source>
        <translation>
            <numerusform>%n Woche mit zu wenigen Mitarbeitenden wird nicht gezeigt.</numerusform>
            <numerusform>%n Wochen mit zu wenigen Mitarbeitenden werden nicht gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Acceptance of opportunity calls by their length. This is a correlation: a call also lasts longer because something is being agreed. Longer talks do not by themselves lead to more acceptance.</source>
        <translation>Zusagen in Chancengesprächen nach ihrer Länge. Das ist eine Korrelation: Ein Gespräch dauert auch länger, weil gerade etwas vereinbart wird. Längere Gespräche führen nicht von selbst zu mehr Zusagen.</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>Found before calls</source>
        <translation>Vor Anrufen gefunden</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Site: all teams together</source>
        <translation>Standort: alle Teams zusammen</translation>
    </message>
    <message>
        <source>Talk time and acceptance</source>
        <translation>Gesprächszeit und Zusagen</translation>
    </message>
    <message>
        <source>The figures are being counted …</source>
        <translation>Die Zahlen werden gezählt …</translation>
    </message>
    <message>
        <source>The last {steps} contacts within {days} days before a call. Of {calls} calls {without} had none.</source>
        <translation>Die letzten {steps} Kontakte innerhalb von {days} Tagen vor einem Anruf. Von {calls} Anrufen hatten {without} keinen.</translation>
    </message>
    <message>
        <source>These figures are older than your choice. {why}</source>
        <translation>Diese Zahlen sind älter als Ihre Auswahl. {why}</translation>
    </message>
    <message>
        <source>Ways that lead to calls</source>
        <translation>Wege, die zu Anrufen führen</translation>
    </message>
    <message>
        <source>What the rules of the catalogue found within {days} days before a call.</source>
        <translation>Was die Regeln des Katalogs in den {days} Tagen vor einem Anruf fanden.</translation>
    </message>
    <message>
        <source>asked again: {rule}</source>
        <translation>erneut gefragt: {rule}</translation>
    </message>
    <message>
        <source>media break {share}</source>
        <translation>Medienbruch {share}</translation>
    </message>
    <message>
        <source>media break: {rule}</source>
        <translation>Medienbruch: {rule}</translation>
    </message>
    <message>
        <source>{number} calls, {breaks}</source>
        <translation>{number} Anrufe, {breaks}</translation>
    </message>
</context>
<context>
    <name>SpeakerView</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Change who is speaking</source>
        <translation>Ändern, wer spricht</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Somebody else is speaking</source>
        <translation>Jemand anderes spricht</translation>
    </message>
    <message>
        <source>Who is speaking?</source>
        <translation>Wer spricht?</translation>
    </message>
</context>
<context>
    <name>StandingRow</name>
    <message>
        <source>Leave it</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Record the withdrawal for {channel}</source>
        <translation>Widerruf für {channel} speichern</translation>
    </message>
    <message>
        <source>Record withdrawal</source>
        <translation>Widerruf speichern</translation>
    </message>
    <message>
        <source>Withdraw the consent for {channel}</source>
        <translation>Einwilligung für {channel} widerrufen</translation>
    </message>
    <message>
        <source>Withdraw …</source>
        <translation>Widerrufen …</translation>
    </message>
</context>
<context>
    <name>StarButton</name>
    <message>
        <source>Make a favourite: {title}</source>
        <translation>Als Favorit merken: {title}</translation>
    </message>
    <message>
        <source>No favourite any more: {title}</source>
        <translation>Kein Favorit mehr: {title}</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>Step {number}: {text}</source>
        <translation>Schritt {number}: {text}</translation>
    </message>
    <message>
        <source>Word this yourself: {text}</source>
        <translation>Selbst formulieren: {text}</translation>
    </message>
    <message>
        <source>Your own wording</source>
        <translation>Ihre eigene Fassung</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Open the panel ({key})</source>
        <translation>NBA Desktop öffnen ({key})</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
</context>
<context>
    <name>TeamWindow</name>
    <message numerus="yes">
        <source>%n week(s) with fewer than {least} agents are not counted.</source>
        <translation>
            <numerusform>%n Woche mit weniger als {least} Berater/innen ist nicht mitgezählt.</numerusform>
            <numerusform>%n Wochen mit weniger als {least} Berater/innen sind nicht mitgezählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>At this site nobody sees figures of one person, and neither do you.</source>
        <translation>An diesem Standort sieht niemand Zahlen einzelner Personen, auch Sie nicht.</translation>
    </message>
    <message>
        <source>Bands and bars: 95% interval · gap: not known</source>
        <translation>Bänder und Balken: 95-%-Intervall · Lücke: nicht bekannt</translation>
    </message>
    <message>
        <source>Bars: 95% interval (Wilson)</source>
        <translation>Balken: 95-%-Intervall (Wilson)</translation>
    </message>
    <message>
        <source>Bars: 95% interval (Wilson) · differences: 95% interval (Newcombe)</source>
        <translation>Balken: 95-%-Intervall (Wilson) · Unterschiede: 95-%-Intervall (Newcombe)</translation>
    </message>
    <message>
        <source>My review – NBA Desktop</source>
        <translation>Meine Auswertung – NBA Desktop</translation>
    </message>
    <message>
        <source>No person is in these figures.</source>
        <translation>In diesen Zahlen kommt keine Person vor.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Team review – NBA Desktop</source>
        <translation>Teamauswertung – NBA Desktop</translation>
    </message>
    <message>
        <source>The figures are being counted …</source>
        <translation>Die Zahlen werden gezählt …</translation>
    </message>
    <message>
        <source>The review is switched off at this site.</source>
        <translation>An diesem Standort ist die Auswertung abgeschaltet.</translation>
    </message>
    <message>
        <source>There are not four whole weeks of calls yet; shorter periods are not shown.</source>
        <translation>Es gibt noch keine vier ganzen Wochen mit Gesprächen; kürzere Zeiträume werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>This access is written down and visible to those it is about.</source>
        <translation>Dieser Zugriff ist protokolliert und für die Betroffenen sichtbar.</translation>
    </message>
    <message>
        <source>You lead no team here. An administrator says who leads which team.</source>
        <translation>Sie leiten hier kein Team. Wer welches Team leitet, legt die Administration fest.</translation>
    </message>
    <message>
        <source>agents in alphabetical order</source>
        <translation>Berater/innen alphabetisch</translation>
    </message>
    <message>
        <source>dashed: expected with the same mix of actions and reasons</source>
        <translation>gestrichelt: erwartet bei gleichem Mix aus Aktionen und Anliegen</translation>
    </message>
    <message>
        <source>difference: {level}% interval</source>
        <translation>Unterschied: {level}-%-Intervall</translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>Acceptance per opportunity</source>
        <translation>Zusagen je Chance</translation>
    </message>
    <message>
        <source>Consent: asked / yes</source>
        <translation>Einwilligung: gefragt/Ja</translation>
    </message>
    <message>
        <source>Conversion rate</source>
        <translation>Abschlussquote</translation>
    </message>
    <message>
        <source>Opportunity calls</source>
        <translation>Chancengespräche</translation>
    </message>
    <message>
        <source>Presentation rate</source>
        <translation>Ansprachequote</translation>
    </message>
    <message>
        <source>Response coverage</source>
        <translation>Rückmeldequote</translation>
    </message>
    <message>
        <source>asked {asked}; granted {granted}; confirmed {confirmed}</source>
        <translation>gefragt {asked}; erteilt {granted}; bestätigt {confirmed}</translation>
    </message>
    <message>
        <source>confirmed {share}</source>
        <translation>bestätigt {share}</translation>
    </message>
    <message>
        <source>matured: {counts}</source>
        <translation>reif: {counts}</translation>
    </message>
    <message>
        <source>of {calls} calls</source>
        <translation>von {calls} Gesprächen</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>All contacts</source>
        <translation>Alle Kontakte</translation>
    </message>
    <message>
        <source>Case in the CRM</source>
        <translation>Vorgang im CRM</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>First contact: there is no customer journey yet.</source>
        <translation>Erster Kontakt: Es gibt noch keine Kundenreise.</translation>
    </message>
    <message>
        <source>Return shows only the contacts of the same case</source>
        <translation>Die Eingabetaste zeigt nur die Kontakte desselben Vorgangs</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>{shown} of {total} contacts</source>
        <translation>{shown} von {total} Kontakten</translation>
    </message>
</context>
<context>
    <name>TimelineFilters</name>
    <message>
        <source>All</source>
        <comment>channels</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Only this case: {case}</source>
        <translation>Nur dieser Vorgang: {case}</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>Media break</source>
        <translation>Medienbruch</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Calls appear here by themselves. They never take the keyboard from your other programs.</source>
        <translation>Anrufe erscheinen hier von selbst. Sie nehmen Ihren anderen Programmen nie die Tastatur weg.</translation>
    </message>
    <message>
        <source>Next best actions</source>
        <translation>Nächste beste Aktionen</translation>
    </message>
    <message>
        <source>One click or key ({first} …) records it at once, {undo} takes it back. {help}: all keys.</source>
        <translation>Ein Klick oder eine Taste ({first} …) hält es sofort fest, {undo} nimmt es zurück. {help}: alle Tasten.</translation>
    </message>
    <message>
        <source>The call</source>
        <translation>Der Anruf</translation>
    </message>
    <message>
        <source>The concern</source>
        <translation>Das Anliegen</translation>
    </message>
    <message>
        <source>The response</source>
        <translation>Das Ergebnis</translation>
    </message>
    <message>
        <source>Tick what the caller answered correctly, then confirm ({key}). Only then you see more.</source>
        <translation>Haken Sie ab, was der Anrufer richtig beantwortet, und bestätigen Sie ({key}). Erst dann sehen Sie mehr.</translation>
    </message>
    <message>
        <source>Tour of the panel</source>
        <translation>Tour durch das Panel</translation>
    </message>
    <message>
        <source>Up to three, each with a reason. Guide, benefits and answers to objections stand below.</source>
        <translation>Bis zu drei, jede mit einem Grund. Leitfaden, Nutzen und Antworten auf Einwände stehen darunter.</translation>
    </message>
    <message>
        <source>Who is calling</source>
        <translation>Wer anruft</translation>
    </message>
    <message>
        <source>Why does he call? Say when it is solved ({key}): only then there is room for an offer.</source>
        <translation>Warum ruft er an? Sagen Sie, wenn es gelöst ist ({key}): Erst dann ist Platz für ein Angebot.</translation>
    </message>
</context>
<context>
    <name>TrendCard</name>
    <message>
        <source>in the week from {day}</source>
        <translation>in der Woche ab {day}</translation>
    </message>
    <message>
        <source>{figure} {since}; every week stands in the table below</source>
        <translation>{figure} {since}; jede Woche steht in der Tabelle unten</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Actions of all teams</source>
        <translation>Aktionen aller Teams</translation>
    </message>
    <message>
        <source>My figures</source>
        <translation>Meine Zahlen</translation>
    </message>
    <message>
        <source>My log</source>
        <translation>Mein Protokoll</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
</context>
<context>
    <name>WeeksModel</name>
    <message>
        <source>Week from</source>
        <translation>Woche ab</translation>
    </message>
</context>
<context>
    <name>WeeksTable</name>
    <message>
        <source>Figures by week</source>
        <translation>Zahlen je Woche</translation>
    </message>
</context>
<context>
    <name>WhyPage</name>
    <message>
        <source>Asked of other systems in this call</source>
        <translation>In diesem Gespräch bei anderen Systemen gefragt</translation>
    </message>
    <message>
        <source>Not shown – {stage}</source>
        <translation>Nicht gezeigt – {stage}</translation>
    </message>
    <message>
        <source>Speaks against it</source>
        <translation>Spricht dagegen</translation>
    </message>
    <message>
        <source>Speaks for it</source>
        <translation>Spricht dafür</translation>
    </message>
    <message>
        <source>Why these actions</source>
        <translation>Warum diese Aktionen</translation>
    </message>
</context>
<context>
    <name>WindowBar</name>
    <message>
        <source>&amp;Close the panel</source>
        <translation>&amp;NBA Desktop schließen</translation>
    </message>
    <message>
        <source>&amp;Fold into a strip</source>
        <translation>Zum Streifen &amp;einklappen</translation>
    </message>
    <message>
        <source>&amp;In front of the other windows</source>
        <translation>&amp;Vor den anderen Fenstern</translation>
    </message>
    <message>
        <source>&amp;Keys and help</source>
        <translation>&amp;Tasten und Hilfe</translation>
    </message>
    <message>
        <source>&amp;Narrower</source>
        <translation>&amp;Schmaler</translation>
    </message>
    <message>
        <source>&amp;Preferences …</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Wider</source>
        <translation>&amp;Breiter</translation>
    </message>
    <message>
        <source>At the &amp;left edge</source>
        <translation>Am &amp;linken Rand</translation>
    </message>
    <message>
        <source>At the &amp;right edge</source>
        <translation>Am &amp;rechten Rand</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>NBA Desktop schließen</translation>
    </message>
    <message>
        <source>Fold the panel into a strip</source>
        <translation>Zum Streifen einklappen</translation>
    </message>
    <message>
        <source>Fold the panel into a strip ({key})</source>
        <translation>Zum Streifen einklappen ({key})</translation>
    </message>
    <message>
        <source>Follow-&amp;ups</source>
        <translation>&amp;Wiedervorlagen</translation>
    </message>
    <message>
        <source>My re&amp;view</source>
        <translation>&amp;Meine Auswertung</translation>
    </message>
    <message>
        <source>Practi&amp;se calls</source>
        <translation>Anrufe ü&amp;ben</translation>
    </message>
    <message>
        <source>Screen &amp;{number}: {name}</source>
        <translation>Bildschirm &amp;{number}: {name}</translation>
    </message>
    <message>
        <source>Show the &amp;tour</source>
        <translation>To&amp;ur zeigen</translation>
    </message>
    <message>
        <source>Sign &amp;out …</source>
        <translation>&amp;Abmelden …</translation>
    </message>
    <message>
        <source>To&amp;day’s calls</source>
        <translation>&amp;Heutige Gespräche</translation>
    </message>
    <message>
        <source>Where the panel is</source>
        <translation>Wo NBA Desktop steht</translation>
    </message>
    <message>
        <source>Where the panel is ({key})</source>
        <translation>Wo NBA Desktop steht ({key})</translation>
    </message>
    <message>
        <source>Your feed&amp;back on actions</source>
        <translation>Ihre Hinweise &amp;zu Aktionen</translation>
    </message>
</context>
<context>
    <name>WishSheet</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>In the customer’s words</source>
        <translation>In Worten des Kunden</translation>
    </message>
    <message>
        <source>Nothing is erased at once: whoever is responsible for data protection looks at it and answers.</source>
        <translation>Gelöscht wird nichts sofort: Der Datenschutz sieht es sich an und antwortet.</translation>
    </message>
    <message>
        <source>Report the wish for erasure</source>
        <translation>Wunsch nach Löschung melden</translation>
    </message>
    <message>
        <source>Should all data of the customer be erased?</source>
        <translation>Sollen alle Daten des Kunden gelöscht werden?</translation>
    </message>
    <message>
        <source>The customer wants all data erased …</source>
        <translation>Der Kunde wünscht, dass alle Daten gelöscht werden …</translation>
    </message>
    <message>
        <source>Those in charge of the data read it and answer. You find the answer between calls.</source>
        <translation>Die zuständige Stelle liest es und antwortet. Die Antwort finden Sie zwischen den Gesprächen.</translation>
    </message>
    <message>
        <source>What is right</source>
        <translation>Was stimmt</translation>
    </message>
    <message>
        <source>What is right, in the customer’s words</source>
        <translation>Was stimmt, in Worten des Kunden</translation>
    </message>
    <message>
        <source>What is to be corrected in the customer’s data?</source>
        <translation>Was ist an den Kundendaten zu berichtigen?</translation>
    </message>
</context>
<context>
    <name>WordingBox</name>
    <message>
        <source>Read aloud</source>
        <translation>Vorgelesen</translation>
    </message>
    <message>
        <source>Read aloud: {purpose}</source>
        <translation>Vorgelesen: {purpose}</translation>
    </message>
    <message>
        <source>“{sentence}”</source>
        <translation>„{sentence}“</translation>
    </message>
</context>
<context>
    <name>WordingEditor</name>
    <message>
        <source>Filled by itself: {gaps}</source>
        <translation>Wird von selbst gefüllt: {gaps}</translation>
    </message>
    <message>
        <source>In the catalogue: {sentence}</source>
        <translation>Im Katalog: {sentence}</translation>
    </message>
    <message>
        <source>Keep for me</source>
        <translation>Für mich merken</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Lassen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>You say: “{sentence}”</source>
        <translation>Sie sagen: „{sentence}“</translation>
    </message>
    <message>
        <source>Your own wording</source>
        <translation>Ihre eigene Fassung</translation>
    </message>
</context>
<context>
    <name>WrapUp</name>
    <message>
        <source>Closes by itself at {time}</source>
        <translation>Schließt sich um {time} von selbst</translation>
    </message>
    <message numerus="yes">
        <source>Consent: %n answer(s) not saved</source>
        <translation>
            <numerusform>Einwilligung: %n Antwort nicht gespeichert</numerusform>
            <numerusform>Einwilligung: %n Antworten nicht gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>Consent: begun and not saved</source>
        <translation>Einwilligung: begonnen und nicht gespeichert</translation>
    </message>
    <message>
        <source>Consent: not saved – finishing again leaves it so</source>
        <translation>Einwilligung: nicht gespeichert – noch einmal abschließen lässt es so</translation>
    </message>
    <message>
        <source>Everything is settled.</source>
        <translation>Alles ist erledigt.</translation>
    </message>
    <message>
        <source>Finish wrap-up</source>
        <translation>Nachbearbeitung abschließen</translation>
    </message>
    <message>
        <source>No action was raised. What was the reason? It is held against nobody.</source>
        <translation>Keine Aktion wurde angesprochen. Was war der Grund? Er wird niemandem angelastet.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation>Notiz: {text}</translation>
    </message>
    <message>
        <source>Open consent</source>
        <translation>Zur Einwilligung</translation>
    </message>
    <message>
        <source>Something promised is still missing. Finishing again leaves it so.</source>
        <translation>Etwas Zugesagtes fehlt noch. Noch einmal abschließen lässt es so.</translation>
    </message>
    <message>
        <source>Stays open: something promised is still missing.</source>
        <translation>Bleibt offen: Etwas Zugesagtes fehlt noch.</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>Wrap-up – still open</source>
        <translation>Nachbearbeitung – noch offen</translation>
    </message>
    <message>
        <source>being typed</source>
        <translation>wird gerade geschrieben</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
</context>
<context>
    <name>_CalendarLine</name>
    <message>
        <source>Being saved …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Not saved: {why}.</source>
        <translation>Nicht gespeichert: {why}.</translation>
    </message>
    <message>
        <source>Save as a calendar file</source>
        <translation>Als Kalenderdatei speichern</translation>
    </message>
    <message>
        <source>Saved; it names no customer.</source>
        <translation>Gespeichert; sie nennt keinen Kunden.</translation>
    </message>
</context>
<context>
    <name>_EntryCard</name>
    <message>
        <source>How it is proven</source>
        <translation>Wie es belegt ist</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>“{sentence}”</source>
        <translation>„{sentence}“</translation>
    </message>
</context>
<context>
    <name>_ItemRow</name>
    <message>
        <source>Not wrong</source>
        <translation>Nicht falsch</translation>
    </message>
    <message>
        <source>Recorded; it cannot count in this call any more.</source>
        <translation>Erfasst; zählt in diesem Gespräch nicht mehr.</translation>
    </message>
    <message>
        <source>Recorded; it cannot count unless you correct it.</source>
        <translation>Erfasst; zählt nicht, solange Sie es nicht berichtigen.</translation>
    </message>
    <message>
        <source>Tick when the caller has said it correctly.</source>
        <translation>Haken Sie ab, wenn der Anrufer es richtig gesagt hat.</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>{what} was answered wrongly</source>
        <translation>{what} wurde falsch beantwortet</translation>
    </message>
    <message>
        <source>{what} was not answered wrongly</source>
        <translation>{what} wurde nicht falsch beantwortet</translation>
    </message>
    <message>
        <source>{what} – {state}</source>
        <translation>{what} – {state}</translation>
    </message>
</context>
<context>
    <name>_ObjectionRow</name>
    <message>
        <source>Mark as raised: {phrase}</source>
        <translation>Als Einwand vermerken: {phrase}</translation>
    </message>
    <message>
        <source>Raised: {phrase}</source>
        <translation>Als Einwand vermerkt: {phrase}</translation>
    </message>
    <message>
        <source>Record the no</source>
        <translation>Nein festhalten</translation>
    </message>
    <message>
        <source>“{sentence}”</source>
        <translation>„{sentence}“</translation>
    </message>
</context>
<context>
    <name>_OpenAction</name>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Choose {action} for its response</source>
        <translation>{action} auswählen, um das Ergebnis zu erfassen</translation>
    </message>
    <message>
        <source>response missing</source>
        <translation>Ergebnis fehlt</translation>
    </message>
    <message>
        <source>response missing – choose it below</source>
        <translation>Ergebnis fehlt – bitte unten wählen</translation>
    </message>
</context>
<context>
    <name>_OpenPromise</name>
    <message>
        <source>Agree on a day for {action}</source>
        <translation>Termin nennen für {action}</translation>
    </message>
    <message>
        <source>Agree on a day …</source>
        <translation>Termin nennen …</translation>
    </message>
    <message>
        <source>Promised: {what}</source>
        <translation>Zugesagt: {what}</translation>
    </message>
</context>
<context>
    <name>_PromiseLine</name>
    <message>
        <source>Cancel</source>
        <translation>Absagen</translation>
    </message>
    <message>
        <source>Cancel: {what}</source>
        <translation>Absagen: {what}</translation>
    </message>
</context>
<context>
    <name>_ResponseLine</name>
    <message>
        <source>Correct “{response}”</source>
        <translation>„{response}“ berichtigen</translation>
    </message>
    <message>
        <source>Correct …</source>
        <translation>Berichtigen …</translation>
    </message>
    <message>
        <source>The whole call</source>
        <translation>Das ganze Gespräch</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>berichtigt</translation>
    </message>
    <message>
        <source>{what}. With a response that does not promise this, it is cancelled.</source>
        <translation>{what}. Bei einem Ergebnis ohne diese Zusage wird das abgesagt.</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
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
        <source>{days} days ago</source>
        <translation>vor {days} Tagen</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>Between calls</source>
        <translation>Zwischen den Gesprächen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Concern</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Guide, benefits, objections, knowledge</source>
        <translation>Leitfaden, Nutzen, Einwände, Wissen</translation>
    </message>
    <message>
        <source>Journey</source>
        <translation>Kundenreise</translation>
    </message>
    <message>
        <source>Next best actions</source>
        <translation>Nächste beste Aktionen</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>his last contacts, and where he could not get on</source>
        <translation>seine letzten Kontakte, und wo er nicht weiterkam</translation>
    </message>
    <message>
        <source>only what is still open; finish with {key}</source>
        <translation>nur, was noch offen ist; schließen Sie mit {key} ab</translation>
    </message>
    <message>
        <source>read the wording aloud first; then yes, no or not asked ({key})</source>
        <translation>erst den Wortlaut vorlesen; dann Ja, Nein oder Nicht gefragt ({key})</translation>
    </message>
    <message>
        <source>state, time, number and queue; at the right how the links to telephone and backend are</source>
        <translation>Zustand, Zeit, Nummer und Warteschlange; rechts, ob Telefon und Backend verbunden sind</translation>
    </message>
    <message>
        <source>the words for the action you have chosen</source>
        <translation>die Worte für die Aktion, die Sie gewählt haben</translation>
    </message>
    <message>
        <source>up to three, each with a reason that you can say to the customer</source>
        <translation>bis zu drei, jede mit einem Grund, den Sie dem Kunden nennen können</translation>
    </message>
    <message>
        <source>what became of the action; it counts at once, and {key} takes it back</source>
        <translation>was aus der Aktion wurde; es zählt sofort, und {key} nimmt es zurück</translation>
    </message>
    <message>
        <source>what you promised and is due ({due}), and answers to actions that you reported ({answers})</source>
        <translation>was Sie zugesagt haben und fällig ist ({due}), und Antworten auf Aktionen, die Sie gemeldet haben ({answers})</translation>
    </message>
    <message>
        <source>who is calling; tick what he answered correctly, then confirm with {key}</source>
        <translation>wer anruft; haken Sie ab, was er richtig beantwortet, und bestätigen Sie mit {key}</translation>
    </message>
    <message>
        <source>why he is calling; once it is solved ({key}) the actions are ranked anew</source>
        <translation>warum er anruft; ist es gelöst ({key}), werden die Aktionen neu geordnet</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>({level}% interval {low} to {high} points)</source>
        <translation>({level}-%-Intervall {low} bis {high} Punkte)</translation>
    </message>
    <message>
        <source>, {count} customers</source>
        <translation>, {count} Kunden</translation>
    </message>
    <message>
        <source>: “{reason}”</source>
        <translation>: „{reason}“</translation>
    </message>
    <message>
        <source>A bonus is worth it</source>
        <translation>Ein Bonus lohnt sich</translation>
    </message>
    <message>
        <source>A bonus of {amount} is worth it</source>
        <translation>Ein Bonus von {amount} lohnt sich</translation>
    </message>
    <message>
        <source>A brace is open: a gap is a name in braces, as in the sentence above.</source>
        <translation>Eine Klammer ist offen: Eine Lücke ist ein Name in geschweiften Klammern wie im Satz oben.</translation>
    </message>
    <message>
        <source>A call is still on the screen – close the panel again to end the program.</source>
        <translation>Es steht noch ein Gespräch auf dem Bildschirm – noch einmal schließen beendet das Programm.</translation>
    </message>
    <message>
        <source>A call is still on the screen – please sign out after it.</source>
        <translation>Ein Gespräch ist noch auf dem Bildschirm – bitte melden Sie sich danach ab.</translation>
    </message>
    <message>
        <source>A complaint is open: do not ask today.</source>
        <translation>Eine Beschwerde ist offen: heute nicht fragen.</translation>
    </message>
    <message>
        <source>A complaint was noticed in this call</source>
        <translation>Beschwerde in diesem Gespräch</translation>
    </message>
    <message>
        <source>A key is set for “{name}”, which the panel does not know. It is left out.</source>
        <translation>Für „{name}“ ist eine Taste eingestellt, das kennt das Panel nicht. Sie wird weggelassen.</translation>
    </message>
    <message>
        <source>A marketing objection is on file: do not ask.</source>
        <translation>Ein Werbewiderspruch liegt vor: bitte nicht fragen.</translation>
    </message>
    <message>
        <source>A settings file cannot be used. The panel works with its defaults.</source>
        <translation>Eine Einstellungsdatei ist nicht verwendbar. Das Panel arbeitet mit den Vorgaben.</translation>
    </message>
    <message>
        <source>A settings file cannot be used: {where}.</source>
        <translation>Eine Einstellungsdatei ist nicht verwendbar: {where}.</translation>
    </message>
    <message>
        <source>A token of the keyring</source>
        <translation>Mit einem Zugangsschlüssel des Schlüsselbunds</translation>
    </message>
    <message>
        <source>A value it needs is missing</source>
        <translation>Ein benötigter Wert fehlt</translation>
    </message>
    <message>
        <source>A yes needs a confirmation in text form afterwards.</source>
        <translation>Nach einem Ja ist eine Bestätigung in Textform nötig.</translation>
    </message>
    <message>
        <source>A yes on the phone is not enough: the contract needs text form.</source>
        <translation>Ein Ja am Telefon genügt nicht: Der Vertrag braucht Textform.</translation>
    </message>
    <message>
        <source>Abandoned by the caller</source>
        <translation>Abbruchquote</translation>
    </message>
    <message>
        <source>Abandoned in the portal</source>
        <translation>Im Portal abgebrochen</translation>
    </message>
    <message>
        <source>Above-average benefit</source>
        <translation>Überdurchschnittlicher Nutzen</translation>
    </message>
    <message>
        <source>Acceptance is likely</source>
        <translation>Zusage ist wahrscheinlich</translation>
    </message>
    <message>
        <source>Acceptance is unlikely</source>
        <translation>Zusage ist unwahrscheinlich</translation>
    </message>
    <message>
        <source>Acceptance per opportunity {share} – expected with the same mix of actions and reasons {expected}.</source>
        <translation>Zusagen je Chance {share} – erwartet bei gleichem Mix aus Aktionen und Anliegen {expected}.</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Zugesagt</translation>
    </message>
    <message>
        <source>Accepted – confirmation pending</source>
        <translation>Zugesagt – Bestätigung offen</translation>
    </message>
    <message>
        <source>Accepted – done</source>
        <translation>Zugesagt – erledigt</translation>
    </message>
    <message>
        <source>Accepted – how far is it?</source>
        <translation>Zugesagt – wie weit ist es?</translation>
    </message>
    <message>
        <source>Account at the proxy</source>
        <translation>Konto am Proxy</translation>
    </message>
    <message>
        <source>Account at the telephone system</source>
        <translation>Konto an der Telefonanlage</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Verständnis</translation>
    </message>
    <message>
        <source>Action owner</source>
        <translation>Aktionsverantwortliche/r</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Actions appear after authentication.</source>
        <translation>Aktionen erscheinen nach der Legitimation.</translation>
    </message>
    <message>
        <source>Actions are being chosen …</source>
        <translation>Aktionen werden ausgewählt …</translation>
    </message>
    <message>
        <source>Actions not available: {why}.</source>
        <translation>Aktionen nicht verfügbar: {why}.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Anschrift</translation>
    </message>
    <message>
        <source>Address of the interface of Genesys Cloud</source>
        <translation>Adresse der Schnittstelle von Genesys Cloud</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adresse des Proxys</translation>
    </message>
    <message>
        <source>Address of the sign-in of Genesys Cloud</source>
        <translation>Adresse der Anmeldung bei Genesys Cloud</translation>
    </message>
    <message>
        <source>Address of the site’s backend</source>
        <translation>Adresse des Backends am Standort</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Advertising</source>
        <translation>Werbung</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Kundenberater/in</translation>
    </message>
    <message>
        <source>Agent at Genesys Cloud</source>
        <translation>Eigene Kennung bei Genesys Cloud</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>Alle Kanäle</translation>
    </message>
    <message>
        <source>All contacts of the customer</source>
        <translation>Alle Kontakte des Kunden</translation>
    </message>
    <message>
        <source>Already accepted</source>
        <translation>Bereits zugesagt</translation>
    </message>
    <message>
        <source>Already has one elsewhere</source>
        <translation>Hat bereits etwas anderes</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>An outage is going on</source>
        <translation>Störung besteht</translation>
    </message>
    <message>
        <source>Analyst</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Annual bill</source>
        <translation>Jahresrechnung</translation>
    </message>
    <message>
        <source>Annual bill: back payment of {amount}</source>
        <translation>Jahresrechnung: Nachzahlung {amount}</translation>
    </message>
    <message>
        <source>Annual bill: credit of {amount}</source>
        <translation>Jahresrechnung: Guthaben {amount}</translation>
    </message>
    <message>
        <source>Another program has passed on a call address that is not one. It was ignored.</source>
        <translation>Ein anderes Programm hat eine ungültige Anrufadresse übergeben. Sie wurde nicht beachtet.</translation>
    </message>
    <message>
        <source>Another system</source>
        <translation>Anderes System</translation>
    </message>
    <message>
        <source>Answered</source>
        <comment>strip</comment>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answered within {seconds} s</source>
        <translation>Angenommen innerhalb von {seconds} s</translation>
    </message>
    <message>
        <source>Any channel</source>
        <translation>Jeder Kanal</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Applies now</source>
        <translation>Passt jetzt</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>Termin</translation>
    </message>
    <message>
        <source>Appointment</source>
        <comment>strip</comment>
        <translation>Termin</translation>
    </message>
    <message>
        <source>Appointment about {topic}</source>
        <translation>Termin zu {topic}</translation>
    </message>
    <message>
        <source>As a side product never ranks first</source>
        <translation>Steht als Nebenprodukt nie an erster Stelle</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>Ask back</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Asked again</source>
        <translation>Erneut gemeldet</translation>
    </message>
    <message>
        <source>At most one consent question per call</source>
        <translation>Höchstens eine Einwilligungsfrage je Gespräch</translation>
    </message>
    <message>
        <source>At the agent’s own request</source>
        <translation>Auf eigenen Wunsch</translation>
    </message>
    <message>
        <source>At the site</source>
        <translation>Am Standort</translation>
    </message>
    <message>
        <source>Attribute with the authentication</source>
        <translation>Attribut mit der Legitimation</translation>
    </message>
    <message>
        <source>Attribute with the customer number</source>
        <translation>Attribut mit der Kundennummer</translation>
    </message>
    <message>
        <source>Attribute with the way through the menu</source>
        <translation>Attribut mit dem Weg durch das Sprachmenü</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>Authenticated by the voice menu – please confirm with one key</source>
        <translation>Im Sprachmenü legitimiert – bitte mit einer Taste bestätigen</translation>
    </message>
    <message>
        <source>Authenticated by you before – please confirm with one key</source>
        <translation>Von Ihnen bereits legitimiert – bitte mit einer Taste bestätigen</translation>
    </message>
    <message>
        <source>Authenticated by your colleague – please confirm with one key</source>
        <translation>Von Ihrem Kollegen legitimiert – bitte mit einer Taste bestätigen</translation>
    </message>
    <message>
        <source>Authentication</source>
        <comment>phase of the call</comment>
        <translation>Legitimation</translation>
    </message>
    <message>
        <source>Average handle time</source>
        <translation>Ø Bearbeitungszeit</translation>
    </message>
    <message>
        <source>Average talk time</source>
        <translation>Ø Gesprächszeit</translation>
    </message>
    <message>
        <source>Back payment expected</source>
        <translation>Nachzahlung erwartet</translation>
    </message>
    <message>
        <source>Back payment of {amount_eur} expected</source>
        <translation>Nachzahlung von {amount_eur} erwartet</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Backend connected</source>
        <translation>Backend verbunden</translation>
    </message>
    <message>
        <source>Backend not connected</source>
        <translation>Backend nicht verbunden</translation>
    </message>
    <message>
        <source>Backend: connecting …</source>
        <translation>Backend wird verbunden …</translation>
    </message>
    <message>
        <source>Bad experience recently</source>
        <translation>Schlechte Erfahrung vor Kurzem</translation>
    </message>
    <message>
        <source>Bad experience {when}</source>
        <translation>Schlechte Erfahrung {when}</translation>
    </message>
    <message>
        <source>Bank details</source>
        <translation>Bankverbindung</translation>
    </message>
    <message>
        <source>Before this call – since the call on {day}</source>
        <translation>Vor diesem Anruf – seit dem Anruf am {day}</translation>
    </message>
    <message>
        <source>Before this call – the last 24 hours</source>
        <translation>Vor diesem Anruf – die letzten 24 Stunden</translation>
    </message>
    <message>
        <source>Benefit</source>
        <comment>phase of the call</comment>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Benefits</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Between two screens no room can be kept free for the panel. It stays in front instead.</source>
        <translation>Zwischen zwei Bildschirmen lässt sich für NBA Desktop kein Platz freihalten. Es bleibt stattdessen im Vordergrund.</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>Rechnung</translation>
    </message>
    <message>
        <source>Bill query</source>
        <comment>strip</comment>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>Bill sent recently</source>
        <translation>Rechnung vor Kurzem</translation>
    </message>
    <message>
        <source>Bill sent {ago}</source>
        <translation>Rechnung {ago}</translation>
    </message>
    <message>
        <source>Both have that many.</source>
        <translation>Beide haben so viele.</translation>
    </message>
    <message>
        <source>Bridge</source>
        <comment>phase of the call</comment>
        <translation>Überleitung</translation>
    </message>
    <message>
        <source>Bring the panel forward</source>
        <translation>Panel nach vorn holen</translation>
    </message>
    <message>
        <source>Call about {topic}: case left open</source>
        <translation>Anruf zu {topic}: Vorgang offen geblieben</translation>
    </message>
    <message>
        <source>Call about {topic}: solved</source>
        <translation>Anruf zu {topic}: gelöst</translation>
    </message>
    <message>
        <source>Call and customer</source>
        <translation>Gespräch und Kunde</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Zurückrufen</translation>
    </message>
    <message>
        <source>Call dropped</source>
        <translation>Gespräch abgebrochen</translation>
    </message>
    <message>
        <source>Call solved</source>
        <comment>strip</comment>
        <translation>Anruf gelöst</translation>
    </message>
    <message>
        <source>Call transferred</source>
        <translation>Anruf weiterverbunden</translation>
    </message>
    <message>
        <source>Call transferred {times} times</source>
        <translation>Anruf {times}-mal weiterverbunden</translation>
    </message>
    <message>
        <source>Call transferred.</source>
        <translation>Anruf weiterverbunden.</translation>
    </message>
    <message>
        <source>Call {ago} transferred {times} times.</source>
        <translation>Anruf {ago} {times}-mal weiterverbunden.</translation>
    </message>
    <message>
        <source>Call: case left open</source>
        <translation>Anruf: Vorgang offen geblieben</translation>
    </message>
    <message>
        <source>Call: solved</source>
        <translation>Anruf: gelöst</translation>
    </message>
    <message>
        <source>Callback</source>
        <comment>strip</comment>
        <translation>Rückruf</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>Rückruf</translation>
    </message>
    <message>
        <source>Callback – on which day?</source>
        <translation>Rückruf – an welchem Tag?</translation>
    </message>
    <message>
        <source>Called about this before</source>
        <translation>Rief deswegen schon an</translation>
    </message>
    <message>
        <source>Called about this {ago}</source>
        <translation>Rief deswegen {ago} an</translation>
    </message>
    <message>
        <source>Called about this {times} times, last {ago}</source>
        <translation>{times}-mal deswegen angerufen, zuletzt {ago}</translation>
    </message>
    <message>
        <source>Caller authenticated</source>
        <translation>Anrufer legitimiert</translation>
    </message>
    <message>
        <source>Caller not available: {why}.</source>
        <translation>Anrufer nicht verfügbar: {why}.</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Calls within the house</source>
        <translation>Anrufe im Haus</translation>
    </message>
    <message>
        <source>Cannot be understood</source>
        <translation>Nicht zu verstehen</translation>
    </message>
    <message>
        <source>Case closed</source>
        <translation>Vorgang erledigt</translation>
    </message>
    <message>
        <source>Case closed · {contacts} contacts</source>
        <translation>Vorgang abgeschlossen · {contacts} Kontakte</translation>
    </message>
    <message>
        <source>Case of {day}, closed</source>
        <translation>Vorgang vom {day}, abgeschlossen</translation>
    </message>
    <message>
        <source>Case open</source>
        <translation>Vorgang offen</translation>
    </message>
    <message>
        <source>Case open since {day}</source>
        <translation>Vorgang offen seit {day}</translation>
    </message>
    <message>
        <source>Case open · {contacts} contacts</source>
        <translation>Vorgang offen · {contacts} Kontakte</translation>
    </message>
    <message>
        <source>Case opened {ago}</source>
        <translation>Vorgang {ago} eröffnet</translation>
    </message>
    <message>
        <source>Change the last response</source>
        <translation>Letztes Ergebnis ändern</translation>
    </message>
    <message>
        <source>Channel changed before this call.</source>
        <translation>Kanalwechsel vor diesem Anruf.</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Chat about {topic}</source>
        <translation>Chat zu {topic}</translation>
    </message>
    <message>
        <source>Chat about {topic} without result – call {later}.</source>
        <translation>Chat zu {topic} ohne Ergebnis – {later} Anruf.</translation>
    </message>
    <message>
        <source>Chat without result – then a call.</source>
        <translation>Chat ohne Ergebnis – danach Anruf.</translation>
    </message>
    <message>
        <source>Check of the data</source>
        <translation>Prüfung der Daten</translation>
    </message>
    <message>
        <source>Check of the host’s name</source>
        <translation>Prüfung des Rechnernamens</translation>
    </message>
    <message>
        <source>Churn: high</source>
        <translation>Abwanderung: hoch</translation>
    </message>
    <message>
        <source>Churn: low</source>
        <translation>Abwanderung: niedrig</translation>
    </message>
    <message>
        <source>Churn: medium</source>
        <translation>Abwanderung: mittel</translation>
    </message>
    <message>
        <source>Client of Genesys Cloud</source>
        <translation>Client bei Genesys Cloud</translation>
    </message>
    <message>
        <source>Client of the identity provider</source>
        <translation>Client beim Anmeldedienst</translation>
    </message>
    <message>
        <source>Close what is open, then leave the panel</source>
        <translation>Offenes schließen, dann das Panel verlassen</translation>
    </message>
    <message>
        <source>Closed at the appointment, not in this call.</source>
        <translation>Abschluss beim Termin, nicht in diesem Gespräch.</translation>
    </message>
    <message>
        <source>Closing</source>
        <comment>phase of the call</comment>
        <translation>Abschluss</translation>
    </message>
    <message>
        <source>Coaching talk</source>
        <translation>Coachinggespräch</translation>
    </message>
    <message>
        <source>Coaching view</source>
        <translation>Coaching-Ansicht</translation>
    </message>
    <message>
        <source>Coaching view · {agreement} until {day}</source>
        <translation>Coaching-Ansicht · {agreement} bis {day}</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>Common concern</source>
        <translation>Häufiges Anliegen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Compared</source>
        <comment>strip</comment>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Compared tariffs</source>
        <translation>Tarife verglichen</translation>
    </message>
    <message>
        <source>Comparison site</source>
        <translation>Vergleichsportal</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Beschwerde</translation>
    </message>
    <message>
        <source>Complaint about {topic}</source>
        <translation>Beschwerde zu {topic}</translation>
    </message>
    <message>
        <source>Complaint about {topic} answered after {days} days</source>
        <translation>Beschwerde zu {topic} nach {days} Tagen beantwortet</translation>
    </message>
    <message>
        <source>Complaint answered</source>
        <translation>Beschwerde beantwortet</translation>
    </message>
    <message>
        <source>Complaint is still open</source>
        <translation>Beschwerde ist noch offen</translation>
    </message>
    <message>
        <source>Complaint still open</source>
        <translation>Beschwerde noch offen</translation>
    </message>
    <message>
        <source>Concede</source>
        <translation>Einräumen</translation>
    </message>
    <message>
        <source>Concern</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Concern</source>
        <comment>phase of the call</comment>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Concern at the colleague’s</source>
        <translation>Anliegen beim Kollegen</translation>
    </message>
    <message>
        <source>Concern in your part before</source>
        <translation>Anliegen in Ihrem Teil zuvor</translation>
    </message>
    <message>
        <source>Concern not solved</source>
        <translation>Anliegen nicht gelöst</translation>
    </message>
    <message>
        <source>Concern not solved – better not raise today</source>
        <translation>Anliegen nicht gelöst – heute besser nicht ansprechen</translation>
    </message>
    <message>
        <source>Concern solved</source>
        <translation>Anliegen gelöst</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Konferenz</translation>
    </message>
    <message>
        <source>Confirm the caller as authenticated</source>
        <translation>Anrufer als legitimiert bestätigen</translation>
    </message>
    <message>
        <source>Confirmation in text form by SMS</source>
        <translation>Bestätigung in Textform per SMS</translation>
    </message>
    <message>
        <source>Confirmation in text form by e-mail</source>
        <translation>Bestätigung in Textform per E-Mail</translation>
    </message>
    <message>
        <source>Confirmation in text form by post</source>
        <translation>Bestätigung in Textform per Post</translation>
    </message>
    <message>
        <source>Confirmation in text form is needed. Send it by:</source>
        <translation>Eine Bestätigung in Textform ist nötig. Senden per:</translation>
    </message>
    <message>
        <source>Confirmation link sent</source>
        <translation>Bestätigungslink gesendet</translation>
    </message>
    <message>
        <source>Confirmation pending</source>
        <translation>Bestätigung offen</translation>
    </message>
    <message>
        <source>Confirmed by link</source>
        <translation>Über den Link bestätigt</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Consent</source>
        <comment>phase of the call</comment>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Consent asked</source>
        <translation>Einwilligung erfragt</translation>
    </message>
    <message>
        <source>Consent confirmed: {about}</source>
        <translation>Einwilligung bestätigt: {about}</translation>
    </message>
    <message>
        <source>Consent given: {about}</source>
        <translation>Einwilligung erteilt: {about}</translation>
    </message>
    <message>
        <source>Consent is already settled</source>
        <translation>Einwilligung ist bereits geklärt</translation>
    </message>
    <message>
        <source>Consent recently refused</source>
        <translation>Einwilligung kürzlich abgelehnt</translation>
    </message>
    <message>
        <source>Consent recently refused, do not ask until {until}</source>
        <translation>Einwilligung kürzlich abgelehnt, bis {until} nicht fragen</translation>
    </message>
    <message>
        <source>Consent was withdrawn: only ask if the customer raises it.</source>
        <translation>Die Einwilligung wurde widerrufen: nur fragen, wenn der Kunde es anspricht.</translation>
    </message>
    <message>
        <source>Consent withdrawn since: {about}</source>
        <translation>Einwilligung seitdem widerrufen: {about}</translation>
    </message>
    <message>
        <source>Contact about it before</source>
        <translation>Schon früher Kontakt dazu</translation>
    </message>
    <message>
        <source>Contact data</source>
        <translation>Kontaktdaten</translation>
    </message>
    <message>
        <source>Contact rules</source>
        <translation>Kontaktregeln</translation>
    </message>
    <message>
        <source>Contact: {channel}</source>
        <translation>Kontakt: {channel}</translation>
    </message>
    <message>
        <source>Contract</source>
        <comment>strip</comment>
        <translation>Vertrag</translation>
    </message>
    <message>
        <source>Contract data</source>
        <translation>Vertragsdaten</translation>
    </message>
    <message>
        <source>Contract started</source>
        <translation>Vertrag begonnen</translation>
    </message>
    <message>
        <source>Contract started: {product}</source>
        <translation>Vertrag begonnen: {product}</translation>
    </message>
    <message>
        <source>Control group, nothing shown</source>
        <translation>Kontrollgruppe, nichts gezeigt</translation>
    </message>
    <message>
        <source>Cool-down after an earlier response</source>
        <translation>Ruhezeit nach einer früheren Rückmeldung</translation>
    </message>
    <message>
        <source>Cool-down after “{code}”</source>
        <translation>Ruhezeit nach „{code}“</translation>
    </message>
    <message>
        <source>Cool-down until {until}</source>
        <translation>Ruhezeit bis {until}</translation>
    </message>
    <message>
        <source>Cool-down until {until} after “{code}”</source>
        <translation>Ruhezeit bis {until} nach „{code}“</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Berichtigt</translation>
    </message>
    <message>
        <source>Correction: {field}</source>
        <translation>Berichtigung: {field}</translation>
    </message>
    <message>
        <source>Counted are whole blocks of four weeks that are over</source>
        <translation>Gezählt werden ganze, abgeschlossene Blöcke von vier Wochen</translation>
    </message>
    <message>
        <source>Country of the numbers</source>
        <translation>Land der Rufnummern</translation>
    </message>
    <message>
        <source>Credit expected</source>
        <translation>Guthaben erwartet</translation>
    </message>
    <message>
        <source>Credit of {amount_eur} expected</source>
        <translation>Guthaben von {amount_eur} erwartet</translation>
    </message>
    <message>
        <source>Criticism</source>
        <comment>strip</comment>
        <translation>Kritik</translation>
    </message>
    <message>
        <source>Customer does not want this topic raised</source>
        <translation>Kunde möchte das Thema nicht mehr</translation>
    </message>
    <message>
        <source>Customer journey not available: {why}.</source>
        <translation>Kundenreise nicht verfügbar: {why}.</translation>
    </message>
    <message>
        <source>Customer needs special protection</source>
        <translation>Kunde ist besonders schutzbedürftig</translation>
    </message>
    <message>
        <source>Customer number</source>
        <translation>Kundennummer</translation>
    </message>
    <message>
        <source>Customer portal</source>
        <translation>Kundenportal</translation>
    </message>
    <message>
        <source>Customer retention</source>
        <translation>Kundenbindung</translation>
    </message>
    <message>
        <source>Customer was</source>
        <translation>Kunde war</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Data are being checked</source>
        <translation>Angaben werden noch geprüft</translation>
    </message>
    <message>
        <source>Data wrong / already has it</source>
        <translation>Daten falsch oder schon vorhanden</translation>
    </message>
    <message>
        <source>Data-protection officer</source>
        <translation>Datenschutzbeauftragte/r</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Geburtsdatum</translation>
    </message>
    <message>
        <source>Days in the outbox</source>
        <translation>Tage im Postausgang</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Declined – why?</source>
        <translation>Abgelehnt – warum?</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>Wählt</translation>
    </message>
    <message>
        <source>Direct debit returned</source>
        <translation>Lastschrift zurückgegeben</translation>
    </message>
    <message>
        <source>Direct debit returned: {amount_eur}</source>
        <translation>Lastschrift zurückgegeben: {amount_eur}</translation>
    </message>
    <message>
        <source>Do not ask for consent in this call.</source>
        <translation>In diesem Gespräch nicht nach einer Einwilligung fragen.</translation>
    </message>
    <message>
        <source>Do not raise this topic again</source>
        <translation>Thema nicht mehr ansprechen</translation>
    </message>
    <message>
        <source>Document the advice and hand it over.</source>
        <translation>Beratung dokumentieren und aushändigen.</translation>
    </message>
    <message>
        <source>Does not fit this customer</source>
        <translation>Passt nicht zu diesem Kunden</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Done already</source>
        <translation>Schon erledigt</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>E-mail about {topic} – call {later}.</source>
        <translation>E-Mail zu {topic} – {later} Anruf.</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>E-mail and SMS: a yes counts once the customer has confirmed it by the link sent to him. Until then it is “confirmation pending” and is not used.</source>
        <translation>E-Mail und SMS: Ein Ja zählt, sobald der Kunde es über den zugesandten Link bestätigt hat. Bis dahin gilt „Bestätigung offen“, und es wird nicht genutzt.</translation>
    </message>
    <message>
        <source>E-mail from the customer</source>
        <translation>E-Mail des Kunden</translation>
    </message>
    <message>
        <source>E-mail from the customer about {topic}</source>
        <translation>E-Mail des Kunden zu {topic}</translation>
    </message>
    <message>
        <source>E-mail without result – then a call.</source>
        <translation>E-Mail ohne Ergebnis – danach Anruf.</translation>
    </message>
    <message>
        <source>Eligibility</source>
        <translation>Berechtigung</translation>
    </message>
    <message>
        <source>Encrypted line</source>
        <translation>Verschlüsselte Leitung</translation>
    </message>
    <message>
        <source>Encryption of the local store</source>
        <translation>Verschlüsselung des lokalen Speichers</translation>
    </message>
    <message>
        <source>End of the wrap-up</source>
        <translation>Ende der Nachbearbeitung</translation>
    </message>
    <message>
        <source>End the conversation by hand</source>
        <translation>Gespräch von Hand beenden</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Ended on {day}</source>
        <translation>Endete am {day}</translation>
    </message>
    <message>
        <source>Energy advice</source>
        <translation>Energieberatung</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Enquiry</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>Entries of an earlier start were not sent and can be opened only at the site. Please inform your administrator.</source>
        <translation>Einträge eines früheren Starts wurden nicht gesendet und lassen sich nur am Standort öffnen. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>Erasure of all data</source>
        <translation>Löschung aller Daten</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Farewell</source>
        <comment>phase of the call</comment>
        <translation>Verabschiedung</translation>
    </message>
    <message>
        <source>Fifth response or reason</source>
        <translation>Fünftes Ergebnis oder fünfter Grund</translation>
    </message>
    <message>
        <source>File that names the proxy</source>
        <translation>Datei, die den Proxy nennt</translation>
    </message>
    <message>
        <source>Finish the wrap-up</source>
        <translation>Nachbearbeitung abschließen</translation>
    </message>
    <message>
        <source>First action</source>
        <translation>Erste Aktion</translation>
    </message>
    <message>
        <source>First contact resolution ({days} days)</source>
        <translation>Erstlösungsquote ({days} Tage)</translation>
    </message>
    <message>
        <source>First response or reason</source>
        <translation>Erstes Ergebnis oder erster Grund</translation>
    </message>
    <message>
        <source>Fits the concern</source>
        <translation>Passt zum Anliegen</translation>
    </message>
    <message>
        <source>Fits the concern {concern}</source>
        <translation>Passt zum Anliegen {concern}</translation>
    </message>
    <message>
        <source>Flight recorder</source>
        <translation>Flugschreiber</translation>
    </message>
    <message>
        <source>Fold the panel into a strip, or open it</source>
        <translation>Panel zum Streifen falten oder öffnen</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Wiedervorlage</translation>
    </message>
    <message>
        <source>Follow-up – by which day?</source>
        <translation>Wiedervorlage – bis wann?</translation>
    </message>
    <message>
        <source>Follow-ups</source>
        <translation>Wiedervorlagen</translation>
    </message>
    <message>
        <source>Follow-ups that are due</source>
        <translation>Fällige Wiedervorlagen</translation>
    </message>
    <message>
        <source>Follow-ups: none due today</source>
        <translation>Wiedervorlagen: heute keine fällig</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Form abandoned in the portal</source>
        <translation>Formular im Portal abgebrochen</translation>
    </message>
    <message>
        <source>Form abandoned in the portal – calling today.</source>
        <translation>Formular im Portal abgebrochen – heute Anruf.</translation>
    </message>
    <message>
        <source>Form abandoned in the portal – then a call.</source>
        <translation>Formular im Portal abgebrochen – danach Anruf.</translation>
    </message>
    <message>
        <source>Form of the numbers</source>
        <translation>Form der Rufnummern</translation>
    </message>
    <message>
        <source>Form sent in the portal</source>
        <translation>Formular im Portal abgeschickt</translation>
    </message>
    <message>
        <source>Fourth response or reason</source>
        <translation>Viertes Ergebnis oder vierter Grund</translation>
    </message>
    <message>
        <source>From no telephone system</source>
        <translation>Von keiner Telefonanlage</translation>
    </message>
    <message>
        <source>From the backend</source>
        <translation>Vom Backend</translation>
    </message>
    <message>
        <source>Further channels</source>
        <translation>Weitere Kanäle</translation>
    </message>
    <message>
        <source>Further extensions</source>
        <translation>Weitere Nebenstellen</translation>
    </message>
    <message>
        <source>Further reason ({code})</source>
        <translation>Weiterer Grund ({code})</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Give the distance-selling information first.</source>
        <translation>Zuerst die Pflichtangaben zum Fernabsatz nennen.</translation>
    </message>
    <message>
        <source>Go on in your browser</source>
        <translation>Weiter geht es in Ihrem Browser</translation>
    </message>
    <message>
        <source>Go on in your browser to sign in. What you enter is kept here.</source>
        <translation>Melden Sie sich in Ihrem Browser an. Was Sie eingeben, bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>Granted</source>
        <translation>Erteilt</translation>
    </message>
    <message>
        <source>Greeting</source>
        <comment>phase of the call</comment>
        <translation>Begrüßung</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>Hand over to a specialist</source>
        <translation>An Fachberatung übergeben</translation>
    </message>
    <message>
        <source>Has ended</source>
        <translation>Ist beendet</translation>
    </message>
    <message>
        <source>Has not started yet</source>
        <translation>Hat noch nicht begonnen</translation>
    </message>
    <message>
        <source>Have the customer’s data corrected or erased</source>
        <translation>Kundendaten berichtigen oder löschen lassen</translation>
    </message>
    <message>
        <source>Heating</source>
        <translation>Heizung</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>Hoher Kontrast, dunkel</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>Hoher Kontrast, hell</translation>
    </message>
    <message>
        <source>Hold and after-call work are not measured at this site.</source>
        <translation>Halten und Nachbearbeitung werden an diesem Standort nicht gemessen.</translation>
    </message>
    <message>
        <source>Host of the telephone system</source>
        <translation>Rechner der Telefonanlage</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>IBAN, last 4 digits</source>
        <translation>IBAN, letzte 4 Stellen</translation>
    </message>
    <message>
        <source>In 1 week</source>
        <translation>In 1 Woche</translation>
    </message>
    <message>
        <source>In 2 weeks</source>
        <translation>In 2 Wochen</translation>
    </message>
    <message>
        <source>In call</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>In his words</source>
        <translation>In seinen Worten</translation>
    </message>
    <message>
        <source>In the browser</source>
        <translation>Im Browser</translation>
    </message>
    <message>
        <source>In {days} days, {weekday}</source>
        <translation>In {days} Tagen, {weekday}</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Information and service. No customer value, no sales; consent only withdrawn.</source>
        <translation>Auskunft und Service. Kein Kundenwert, kein Vertrieb; Einwilligungen nur widerrufen.</translation>
    </message>
    <message>
        <source>Information will be sent</source>
        <translation>Informationen folgen</translation>
    </message>
    <message>
        <source>Informed about an outage</source>
        <translation>Über Störung informiert</translation>
    </message>
    <message>
        <source>Informed about an outage, {minutes} min</source>
        <translation>Über Störung informiert, {minutes} Min.</translation>
    </message>
    <message>
        <source>Instalment</source>
        <translation>Abschlag</translation>
    </message>
    <message>
        <source>Instalment changed</source>
        <translation>Abschlag geändert</translation>
    </message>
    <message>
        <source>Instalment changed: {old_eur} → {new_eur}</source>
        <translation>Abschlag geändert: {old_eur} → {new_eur}</translation>
    </message>
    <message>
        <source>Interested</source>
        <translation>Interesse</translation>
    </message>
    <message>
        <source>Interested – callback</source>
        <translation>Interesse – Rückruf gewünscht</translation>
    </message>
    <message>
        <source>Interested – send information</source>
        <translation>Interesse – Unterlagen senden</translation>
    </message>
    <message>
        <source>Interested – what comes next?</source>
        <translation>Interesse – wie geht es weiter?</translation>
    </message>
    <message>
        <source>Isolate</source>
        <translation>Eingrenzen</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>Keep until</source>
        <translation>Aufbewahren bis</translation>
    </message>
    <message>
        <source>Key for “{command}”</source>
        <translation>Taste für „{command}“</translation>
    </message>
    <message>
        <source>Key that brings the panel forward</source>
        <translation>Taste, die das Panel nach vorn holt</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation>Tasten und Hilfe</translation>
    </message>
    <message>
        <source>Kind of backend</source>
        <translation>Art des Backends</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last contact about it {ago}</source>
        <translation>Letzter Kontakt dazu {ago}</translation>
    </message>
    <message>
        <source>Last: {who}, {day}</source>
        <translation>Zuletzt: {who}, {day}</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>Recht</translation>
    </message>
    <message>
        <source>Left out by lot, to compare</source>
        <translation>Durch Los ausgelassen, zum Vergleich</translation>
    </message>
    <message>
        <source>Left out, to measure the effect</source>
        <translation>Ausgelassen, um die Wirkung zu messen</translation>
    </message>
    <message>
        <source>Letter</source>
        <comment>strip</comment>
        <translation>Brief</translation>
    </message>
    <message>
        <source>Letter from the customer</source>
        <translation>Brief des Kunden</translation>
    </message>
    <message>
        <source>Letter from the customer about {topic}</source>
        <translation>Brief des Kunden zu {topic}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Likelihood high (at least every second customer accepts)</source>
        <translation>Zusagewahrscheinlichkeit hoch (mindestens jede zweite Person sagt zu)</translation>
    </message>
    <message>
        <source>Likelihood low (fewer than one customer in ten accepts)</source>
        <translation>Zusagewahrscheinlichkeit gering (weniger als eine von zehn Personen sagt zu)</translation>
    </message>
    <message>
        <source>Likelihood medium (fewer than every second customer accepts)</source>
        <translation>Zusagewahrscheinlichkeit mittel (weniger als jede zweite Person sagt zu)</translation>
    </message>
    <message>
        <source>Logged in to the customer portal</source>
        <translation>Im Kundenportal angemeldet</translation>
    </message>
    <message>
        <source>Longest extension</source>
        <translation>Längste Nebenstelle</translation>
    </message>
    <message>
        <source>Looking for the caller …</source>
        <translation>Anrufer wird gesucht …</translation>
    </message>
    <message>
        <source>Mail read</source>
        <comment>strip</comment>
        <translation>Mail gelesen</translation>
    </message>
    <message>
        <source>Make sure the call is recorded before you advise.</source>
        <translation>Vor der Beratung die Aufzeichnung des Gesprächs sicherstellen.</translation>
    </message>
    <message>
        <source>Many calls are waiting: only sales from {percent} acceptance</source>
        <translation>Viele Anrufe warten: nur Verkauf ab {percent} Zusage</translation>
    </message>
    <message>
        <source>Many calls are waiting: only the most likely sales</source>
        <translation>Viele Anrufe warten: nur aussichtsreicher Verkauf</translation>
    </message>
    <message>
        <source>Marketing objection</source>
        <translation>Werbewiderspruch</translation>
    </message>
    <message>
        <source>Marketing objection on file</source>
        <translation>Werbewiderspruch liegt vor</translation>
    </message>
    <message>
        <source>Marketing objection taken back</source>
        <translation>Werbewiderspruch zurückgenommen</translation>
    </message>
    <message>
        <source>Media break</source>
        <translation>Medienbruch</translation>
    </message>
    <message>
        <source>Mention the 14-day right to withdraw from the contract.</source>
        <translation>Auf das 14-tägige Widerrufsrecht zum Vertrag hinweisen.</translation>
    </message>
    <message>
        <source>Menu of the panel</source>
        <translation>Menü des Panels</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>Meter</source>
        <comment>strip</comment>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>Meter number</source>
        <translation>Zählernummer</translation>
    </message>
    <message>
        <source>Meter reading</source>
        <translation>Zählerstand</translation>
    </message>
    <message>
        <source>Meter reading given</source>
        <translation>Zählerstand gemeldet</translation>
    </message>
    <message>
        <source>Meter reading given: {kwh} kWh</source>
        <translation>Zählerstand gemeldet: {kwh} kWh</translation>
    </message>
    <message>
        <source>Mood / complaint</source>
        <translation>Stimmung oder Beschwerde</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Umzug</translation>
    </message>
    <message>
        <source>Move announced</source>
        <translation>Umzug angezeigt</translation>
    </message>
    <message>
        <source>Move announced for {move_date}</source>
        <translation>Umzug zum {move_date} angezeigt</translation>
    </message>
    <message>
        <source>Move on {move_date} announced</source>
        <translation>Umzug zum {move_date} angezeigt</translation>
    </message>
    <message>
        <source>My review</source>
        <translation>Meine Auswertung</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the proxy’s secret</source>
        <translation>Name des Geheimnisses für den Proxy</translation>
    </message>
    <message>
        <source>Name of the secret</source>
        <translation>Name des Geheimnisses</translation>
    </message>
    <message>
        <source>Needed at least</source>
        <translation>Mindestens nötig</translation>
    </message>
    <message>
        <source>Needs</source>
        <comment>phase of the call</comment>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>Needs a skill that you do not have</source>
        <translation>Erfordert eine Befähigung, die Sie nicht haben</translation>
    </message>
    <message>
        <source>Needs the skill {skill}</source>
        <translation>Erfordert die Befähigung {skill}</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>New: {what}</source>
        <translation>Neu: {what}</translation>
    </message>
    <message>
        <source>Next best actions: {titles}</source>
        <translation>Nächste beste Aktionen: {titles}</translation>
    </message>
    <message>
        <source>Next call</source>
        <translation>Nächstes Gespräch</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No access token is stored for this backend. Please inform your administrator.</source>
        <translation>Für dieses Backend ist kein Zugangsschlüssel hinterlegt. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>No action fits this customer today.</source>
        <translation>Heute passt keine Aktion zu diesem Kunden.</translation>
    </message>
    <message>
        <source>No action: it is not known which customer is calling.</source>
        <translation>Keine Aktion: Es ist nicht bekannt, welcher Kunde anruft.</translation>
    </message>
    <message>
        <source>No action: the recommendations failed. IT has a note of it.</source>
        <translation>Keine Aktion: die Empfehlungen sind ausgefallen. Die IT hat einen Vermerk.</translation>
    </message>
    <message>
        <source>No action: there is no valid catalogue of actions.</source>
        <translation>Keine Aktion: Es gibt keinen gültigen Aktionskatalog.</translation>
    </message>
    <message>
        <source>No answer came from the browser. Please sign in once more.</source>
        <translation>Vom Browser kam keine Antwort. Bitte melden Sie sich noch einmal an.</translation>
    </message>
    <message>
        <source>No backend set up</source>
        <translation>Kein Backend eingerichtet</translation>
    </message>
    <message>
        <source>No backend since {time}</source>
        <translation>Kein Backend seit {time}</translation>
    </message>
    <message>
        <source>No browser could be opened. Please inform your administrator.</source>
        <translation>Es konnte kein Browser geöffnet werden. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>No callback</source>
        <comment>strip</comment>
        <translation>Rückruf fehlt</translation>
    </message>
    <message>
        <source>No caller yet.</source>
        <translation>Noch kein Anrufer.</translation>
    </message>
    <message>
        <source>No encrypted line to the backend comes about. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Es kommt keine verschlüsselte Leitung zum Backend zustande. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>No figures in these weeks.</source>
        <translation>In diesen Wochen gibt es keine Zahlen.</translation>
    </message>
    <message>
        <source>No limits.</source>
        <translation>Keine Einschränkungen.</translation>
    </message>
    <message>
        <source>No need</source>
        <translation>Kein Bedarf</translation>
    </message>
    <message>
        <source>No number</source>
        <translation>Keine Nummer</translation>
    </message>
    <message>
        <source>No panel has measured it in these weeks.</source>
        <translation>In diesen Wochen hat kein Panel sie gemessen.</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>Kein Proxy</translation>
    </message>
    <message>
        <source>No recommendation is due on this call.</source>
        <translation>In diesem Gespräch ist keine Empfehlung fällig.</translation>
    </message>
    <message>
        <source>No reliable difference</source>
        <translation>Kein belastbarer Unterschied</translation>
    </message>
    <message>
        <source>No response recorded</source>
        <translation>Ohne Rückmeldung</translation>
    </message>
    <message>
        <source>No telephone system reports its calls to the backend.</source>
        <translation>Keine Telefonanlage meldet ihre Anrufe an das Backend.</translation>
    </message>
    <message>
        <source>No telephone system set up</source>
        <translation>Keine Telefonanlage eingerichtet</translation>
    </message>
    <message>
        <source>No telephone system since {time}</source>
        <translation>Keine Telefonanlage seit {time}</translation>
    </message>
    <message>
        <source>No time</source>
        <translation>Keine Zeit</translation>
    </message>
    <message>
        <source>Nobody can be authenticated in this call any more</source>
        <translation>In diesem Gespräch kann niemand mehr legitimiert werden</translation>
    </message>
    <message>
        <source>Nobody is identified and no number is known: please note how to reach the caller.</source>
        <translation>Niemand ist festgestellt und keine Nummer bekannt: Bitte notieren Sie, wie der Anrufer zu erreichen ist.</translation>
    </message>
    <message>
        <source>Nobody is identified: this goes to {number}, not to a customer.</source>
        <translation>Niemand ist festgestellt: Das gilt der Nummer {number}, keinem Kunden.</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Nicht gefragt</translation>
    </message>
    <message>
        <source>Not for this place of the portal</source>
        <translation>Nicht für diesen Platz im Portal</translation>
    </message>
    <message>
        <source>Not raised</source>
        <translation>Passt nicht</translation>
    </message>
    <message>
        <source>Not raised – mood / complaint</source>
        <translation>Nicht angesprochen – Stimmung oder Beschwerde</translation>
    </message>
    <message>
        <source>Not raised – no time</source>
        <translation>Nicht angesprochen – keine Zeit</translation>
    </message>
    <message>
        <source>Not raised – unsuitable</source>
        <translation>Nicht angesprochen – passt nicht</translation>
    </message>
    <message>
        <source>Not raised – why? It is held against nobody.</source>
        <translation>Nicht angesprochen – warum? Es wird niemandem angelastet.</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
    <message>
        <source>Not the decision-maker</source>
        <translation>Entscheidet nicht allein</translation>
    </message>
    <message>
        <source>Not today</source>
        <translation>Heute nicht</translation>
    </message>
    <message>
        <source>Note on the call</source>
        <translation>Notiz zum Gespräch</translation>
    </message>
    <message>
        <source>Nothing can be stored: this workstation’s password store is not available, and nothing may be kept unencrypted here. Please unlock it and start the panel again, or inform your administrator.</source>
        <translation>Es kann nichts gespeichert werden: Der Schlüsselbund dieses Arbeitsplatzes ist nicht verfügbar, und unverschlüsselt darf hier nichts bleiben. Bitte entsperren Sie ihn und starten Sie das Panel neu, oder informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>Nothing fills {gap} here; please use the gaps of the sentence above.</source>
        <translation>{gap} wird hier durch nichts gefüllt; bitte die Lücken des Satzes oben verwenden.</translation>
    </message>
    <message>
        <source>Nothing in the 24 hours before this call</source>
        <translation>Nichts in den 24 Stunden vor diesem Anruf</translation>
    </message>
    <message>
        <source>Nothing is sold</source>
        <translation>Nichts verkaufen</translation>
    </message>
    <message>
        <source>Nothing is sold in this call</source>
        <translation>In diesem Gespräch wird nichts verkauft</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Kündigung</translation>
    </message>
    <message>
        <source>Notice received</source>
        <translation>Kündigung erhalten</translation>
    </message>
    <message>
        <source>Notice received for {ends_on}</source>
        <translation>Kündigung zum {ends_on} erhalten</translation>
    </message>
    <message>
        <source>Notice received {ago}</source>
        <translation>Kündigung {ago} erhalten</translation>
    </message>
    <message>
        <source>Now due: {what}, {time}</source>
        <translation>Jetzt fällig: {what}, {time}</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>Objection</source>
        <comment>phase of the call</comment>
        <translation>Einwand</translation>
    </message>
    <message>
        <source>Objections</source>
        <translation>Einwände</translation>
    </message>
    <message>
        <source>Offer</source>
        <comment>phase of the call</comment>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Offers of named partners</source>
        <translation>Angebote genannter Partner</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>On this workstation</source>
        <translation>Auf diesem Arbeitsplatz</translation>
    </message>
    <message>
        <source>One entry waits here. It is sent once its agent has signed in again.</source>
        <translation>Hier wartet ein Eintrag. Er wird gesendet, sobald sich wieder anmeldet, wer ihn erfasst hat.</translation>
    </message>
    <message>
        <source>One place is kept for service</source>
        <translation>Ein Platz ist für Service reserviert</translation>
    </message>
    <message>
        <source>One step back in the guide</source>
        <translation>Im Leitfaden einen Schritt zurück</translation>
    </message>
    <message>
        <source>Only for licensed advisers: otherwise hand over.</source>
        <translation>Nur mit Zulassung beraten, sonst übergeben.</translation>
    </message>
    <message>
        <source>Only general information: nothing on contract, consumption or payments.</source>
        <translation>Nur allgemeine Auskünfte: nichts zu Vertrag, Verbrauch oder Zahlungen.</translation>
    </message>
    <message>
        <source>Open the customer or the case in the CRM</source>
        <translation>Kunden oder Vorgang im CRM öffnen</translation>
    </message>
    <message>
        <source>Opened our e-mail</source>
        <translation>Unsere E-Mail geöffnet</translation>
    </message>
    <message>
        <source>Opened our e-mail about {topic}</source>
        <translation>Unsere E-Mail zu {topic} geöffnet</translation>
    </message>
    <message>
        <source>Opened the app</source>
        <translation>Die App geöffnet</translation>
    </message>
    <message>
        <source>Opened without a call event</source>
        <translation>Ohne Anrufereignis geöffnet</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Order drawn by lot, to compare</source>
        <translation>Reihenfolge ausgelost, zum Vergleich</translation>
    </message>
    <message>
        <source>Other actions fit better</source>
        <translation>Andere Aktionen passen besser</translation>
    </message>
    <message>
        <source>Other data</source>
        <translation>Andere Daten</translation>
    </message>
    <message>
        <source>Our letter – answered by telephone {later}.</source>
        <translation>Brief von uns – Antwort {later} per Telefon.</translation>
    </message>
    <message>
        <source>Our letter – answered by telephone.</source>
        <translation>Brief von uns – Antwort per Telefon.</translation>
    </message>
    <message>
        <source>Our own offers</source>
        <translation>Eigene Angebote</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Outage</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Outage reported</source>
        <translation>Störung gemeldet</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Panel</translation>
    </message>
    <message>
        <source>Panel shown within (95% of calls)</source>
        <translation>Anzeigezeit (95 % der Anrufe)</translation>
    </message>
    <message>
        <source>Passed to specialist</source>
        <translation>An Fachberatung</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Zahlung</translation>
    </message>
    <message>
        <source>Payment received</source>
        <translation>Zahlung eingegangen</translation>
    </message>
    <message>
        <source>Payment received: {amount_eur}</source>
        <translation>Zahlung eingegangen: {amount_eur}</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Photo</source>
        <comment>strip</comment>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photo uploaded</source>
        <translation>Foto hochgeladen</translation>
    </message>
    <message>
        <source>Photo uploaded: {of}</source>
        <translation>Foto hochgeladen: {of}</translation>
    </message>
    <message>
        <source>Place kept for a service action</source>
        <translation>Platz für eine Service-Aktion freigehalten</translation>
    </message>
    <message>
        <source>Place {place} – other actions fit better</source>
        <translation>Platz {place} – andere Aktionen passen besser</translation>
    </message>
    <message>
        <source>Plan a follow-up for the concern</source>
        <translation>Wiedervorlage zum Anliegen planen</translation>
    </message>
    <message>
        <source>Please enter a date such as {example}.</source>
        <translation>Bitte ein Datum wie {example} eingeben.</translation>
    </message>
    <message>
        <source>Please enter a number such as {example}.</source>
        <translation>Bitte eine Zahl wie {example} eingeben.</translation>
    </message>
    <message>
        <source>Please enter a time such as {example}.</source>
        <translation>Bitte geben Sie eine Uhrzeit wie {example} ein.</translation>
    </message>
    <message>
        <source>Please enter a whole number.</source>
        <translation>Bitte eine ganze Zahl eingeben.</translation>
    </message>
    <message>
        <source>Please enter an amount such as {example}.</source>
        <translation>Bitte einen Betrag wie {example} eingeben.</translation>
    </message>
    <message>
        <source>Please have NBA Desktop updated by your IT department, and start the panel again after it.</source>
        <translation>Bitte lassen Sie NBA Desktop von Ihrer IT-Abteilung aktualisieren und starten Sie das Panel danach neu.</translation>
    </message>
    <message>
        <source>Please inform your IT department: it updates the backend. Nothing is to be done here.</source>
        <translation>Bitte informieren Sie Ihre IT-Abteilung: Sie aktualisiert das Backend. Hier ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Please pass the details on to your IT department, and start the panel again once it is mended.</source>
        <translation>Bitte geben Sie die Einzelheiten an Ihre IT-Abteilung weiter und starten Sie das Panel neu, sobald der Fehler behoben ist.</translation>
    </message>
    <message>
        <source>Please write it in one line.</source>
        <translation>Bitte in einer Zeile schreiben.</translation>
    </message>
    <message>
        <source>Policy of this machine</source>
        <translation>Richtlinie dieses Rechners</translation>
    </message>
    <message>
        <source>Policy of this machine: {place}</source>
        <translation>Richtlinie dieses Rechners: {place}</translation>
    </message>
    <message>
        <source>Port of the sign-in</source>
        <translation>Port der Anmeldung</translation>
    </message>
    <message>
        <source>Port of the telephone system</source>
        <translation>Port der Telefonanlage</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portal</translation>
    </message>
    <message>
        <source>Possible caller: {name}</source>
        <translation>Möglicher Anrufer: {name}</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Postleitzahl</translation>
    </message>
    <message>
        <source>Postpone</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Practice: let it ring, take the call, hang up</source>
        <translation>Übung: klingeln lassen, annehmen, auflegen</translation>
    </message>
    <message>
        <source>Practise with made-up calls</source>
        <translation>Mit erfundenen Gesprächen üben</translation>
    </message>
    <message>
        <source>Praise</source>
        <comment>strip</comment>
        <translation>Lob</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Previous call</source>
        <translation>Voriges Gespräch</translation>
    </message>
    <message>
        <source>Price change</source>
        <translation>Preisänderung</translation>
    </message>
    <message>
        <source>Price change ahead</source>
        <translation>Preisänderung steht an</translation>
    </message>
    <message>
        <source>Price change announced</source>
        <translation>Preisänderung angekündigt</translation>
    </message>
    <message>
        <source>Price change announced for {effective_date}</source>
        <translation>Preisänderung zum {effective_date} angekündigt</translation>
    </message>
    <message>
        <source>Price change on {effective_date}</source>
        <translation>Preisänderung zum {effective_date}</translation>
    </message>
    <message>
        <source>Price letter</source>
        <comment>strip</comment>
        <translation>Preisbrief</translation>
    </message>
    <message>
        <source>Price letter sent</source>
        <translation>Preisbrief versandt</translation>
    </message>
    <message>
        <source>Price letter sent {ago}</source>
        <translation>Preisbrief {ago}</translation>
    </message>
    <message>
        <source>Priority of the site</source>
        <translation>Schwerpunkt des Hauses</translation>
    </message>
    <message>
        <source>Priority: {text}</source>
        <translation>Schwerpunkt: {text}</translation>
    </message>
    <message>
        <source>Probable concerns appear after authentication.</source>
        <translation>Wahrscheinliche Anliegen erscheinen nach der Legitimation.</translation>
    </message>
    <message>
        <source>Probable concerns are loading …</source>
        <translation>Wahrscheinliche Anliegen werden geladen …</translation>
    </message>
    <message>
        <source>Probable concerns are taking longer …</source>
        <translation>Wahrscheinliche Anliegen brauchen länger …</translation>
    </message>
    <message>
        <source>Probable concerns not available: {why}.</source>
        <translation>Wahrscheinliche Anliegen nicht verfügbar: {why}.</translation>
    </message>
    <message>
        <source>Probably the same call a colleague had until {time}</source>
        <translation>Wahrscheinlich dasselbe Gespräch, das ein Kollege bis {time} hatte</translation>
    </message>
    <message>
        <source>Promised callback about {topic} was made</source>
        <translation>Zugesagter Rückruf zu {topic} ist erfolgt</translation>
    </message>
    <message>
        <source>Promised callback about {topic} was missed</source>
        <translation>Zugesagter Rückruf zu {topic} ist ausgeblieben</translation>
    </message>
    <message>
        <source>Promised callback missed – the customer calls again.</source>
        <translation>Zugesagter Rückruf blieb aus – der Kunde ruft selbst an.</translation>
    </message>
    <message>
        <source>Promised callback was made</source>
        <translation>Zugesagter Rückruf ist erfolgt</translation>
    </message>
    <message>
        <source>Promised callback was missed</source>
        <translation>Zugesagter Rückruf blieb aus</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Public key of the site</source>
        <translation>Öffentlicher Schlüssel des Standorts</translation>
    </message>
    <message>
        <source>Push message</source>
        <translation>Push-Nachricht</translation>
    </message>
    <message>
        <source>Question about the bill</source>
        <translation>Rückfrage zur Rechnung</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Raise only once the concern is solved</source>
        <translation>Erst ansprechen, wenn das Anliegen gelöst ist</translation>
    </message>
    <message>
        <source>Raised often enough lately</source>
        <translation>Zuletzt oft genug angesprochen</translation>
    </message>
    <message>
        <source>Raised {times} times in {days} days, that is enough</source>
        <translation>In {days} Tagen {times}-mal angesprochen, das genügt</translation>
    </message>
    <message>
        <source>Random relevant actions</source>
        <translation>Zufällige passende Aktionen</translation>
    </message>
    <message>
        <source>Ranked as usual</source>
        <translation>Rangfolge wie üblich</translation>
    </message>
    <message>
        <source>Ranked without levers</source>
        <translation>Rangfolge ohne Hebel</translation>
    </message>
    <message>
        <source>Ranked without priorities, to compare</source>
        <translation>Ohne Schwerpunkte gereiht, zum Vergleich</translation>
    </message>
    <message>
        <source>Rating given</source>
        <translation>Bewertung abgegeben</translation>
    </message>
    <message>
        <source>Rating: {score} of 5</source>
        <translation>Bewertung: {score} von 5</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Vorgelesen</translation>
    </message>
    <message>
        <source>Read the current wording aloud.</source>
        <translation>Den aktuellen Einwilligungstext vorlesen.</translation>
    </message>
    <message>
        <source>Recommendations available</source>
        <translation>Verfügbarkeit der Empfehlungen</translation>
    </message>
    <message>
        <source>Recorded: {response}</source>
        <translation>Erfasst: {response}</translation>
    </message>
    <message>
        <source>Recording of this call</source>
        <translation>Aufzeichnung dieses Gesprächs</translation>
    </message>
    <message>
        <source>Reframe</source>
        <translation>Umdeuten</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Refused recently: do not ask again yet.</source>
        <translation>Kürzlich abgelehnt: noch nicht wieder fragen.</translation>
    </message>
    <message>
        <source>Region of Genesys Cloud</source>
        <translation>Region von Genesys Cloud</translation>
    </message>
    <message>
        <source>Reliably less than without a recommendation</source>
        <translation>Zuverlässig weniger als ohne Empfehlung</translation>
    </message>
    <message>
        <source>Reliably more than without a recommendation</source>
        <translation>Zuverlässig mehr als ohne Empfehlung</translation>
    </message>
    <message>
        <source>Reminder</source>
        <comment>strip</comment>
        <translation>Mahnung</translation>
    </message>
    <message>
        <source>Reminder no. {level} for {amount_eur}</source>
        <translation>{level}. Mahnung über {amount_eur}</translation>
    </message>
    <message>
        <source>Reminder no. {level}, {ago}</source>
        <translation>{level}. Mahnung {ago}</translation>
    </message>
    <message>
        <source>Reminder sent</source>
        <translation>Mahnung versandt</translation>
    </message>
    <message>
        <source>Removed by rule {code}</source>
        <translation>Ausgeschlossen durch Regel {code}</translation>
    </message>
    <message>
        <source>Report an action as wrong or outdated</source>
        <translation>Eine Aktion als unpassend oder veraltet melden</translation>
    </message>
    <message>
        <source>Reported: {reason}</source>
        <translation>Gemeldet: {reason}</translation>
    </message>
    <message>
        <source>Representative, authority proven</source>
        <translation>Vertretung mit nachgewiesener Vollmacht</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>Ressource</translation>
    </message>
    <message>
        <source>Respect the no</source>
        <translation>Nein annehmen</translation>
    </message>
    <message>
        <source>Responses and consent</source>
        <translation>Ergebnisse und Einwilligung</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Bindung</translation>
    </message>
    <message>
        <source>Returned</source>
        <comment>strip</comment>
        <translation>Rücklast</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Klingelt</translation>
    </message>
    <message>
        <source>Room for the flight recorder</source>
        <translation>Platz für den Flugschreiber</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Vertrieb</translation>
    </message>
    <message>
        <source>Satisfaction and market research</source>
        <translation>Zufriedenheits- und Marktforschung</translation>
    </message>
    <message>
        <source>Sceptical / no commitment</source>
        <translation>Skeptisch, will sich nicht binden</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Search for the concern</source>
        <translation>Anliegen suchen</translation>
    </message>
    <message>
        <source>Search for the customer</source>
        <translation>Kunden suchen</translation>
    </message>
    <message>
        <source>Second action</source>
        <translation>Zweite Aktion</translation>
    </message>
    <message>
        <source>Second response or reason</source>
        <translation>Zweites Ergebnis oder zweiter Grund</translation>
    </message>
    <message>
        <source>Send information</source>
        <translation>Unterlagen senden</translation>
    </message>
    <message>
        <source>Send information – by which day?</source>
        <translation>Informationen zusenden – bis wann?</translation>
    </message>
    <message>
        <source>Send the confirmation on a durable medium.</source>
        <translation>Bestätigung auf dauerhaftem Datenträger senden.</translation>
    </message>
    <message>
        <source>Send the offer within two weeks of the notice.</source>
        <translation>Angebot binnen zwei Wochen nach der Kündigung senden.</translation>
    </message>
    <message>
        <source>Send the text for confirmation</source>
        <translation>Text zur Bestätigung senden</translation>
    </message>
    <message>
        <source>Sent in the portal: {form}</source>
        <translation>Im Portal abgeschickt: {form}</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Set by your IT department</source>
        <translation>Von Ihrer IT-Abteilung festgelegt</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Einstellungsdatei</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Kundenzentrum</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Signed in as {name}</source>
        <translation>Angemeldet als {name}</translation>
    </message>
    <message>
        <source>Sixth reason</source>
        <translation>Sechster Grund</translation>
    </message>
    <message>
        <source>Skill</source>
        <translation>Befähigung</translation>
    </message>
    <message>
        <source>Solution</source>
        <comment>phase of the call</comment>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>Somebody else speaks for the customer</source>
        <translation>Eine andere Person spricht für den Kunden</translation>
    </message>
    <message>
        <source>Somebody else speaks for the customer: do not ask. Withdrawing or objecting for the customer is possible.</source>
        <translation>Jemand anderes spricht für den Kunden: bitte nicht fragen. Widerruf und Widerspruch für den Kunden sind möglich.</translation>
    </message>
    <message>
        <source>Somebody without authority</source>
        <translation>Person ohne Vollmacht</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
    <message>
        <source>Something else answers in the backend’s place. Please check the network login.</source>
        <translation>Anstelle des Backends antwortet etwas anderes. Bitte prüfen Sie die Netzanmeldung.</translation>
    </message>
    <message>
        <source>Something happened that speaks for it</source>
        <translation>Ein Ereignis spricht dafür</translation>
    </message>
    <message>
        <source>Source of the calls</source>
        <translation>Quelle der Anrufe</translation>
    </message>
    <message>
        <source>Specialist gets in touch</source>
        <translation>Fachberater meldet sich</translation>
    </message>
    <message>
        <source>Specialist gets in touch – by which day?</source>
        <translation>Fachberater meldet sich – bis wann?</translation>
    </message>
    <message>
        <source>Started in the portal: {form}, abandoned after {minutes} min</source>
        <translation>Im Portal begonnen: {form}, nach {minutes} Min. abgebrochen</translation>
    </message>
    <message>
        <source>Starts on {day}</source>
        <translation>Beginnt am {day}</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Straße und Hausnummer</translation>
    </message>
    <message>
        <source>Suitability</source>
        <translation>Eignung</translation>
    </message>
    <message>
        <source>Summarise and ask for an express yes.</source>
        <translation>Zusammenfassen und ein ausdrückliches Ja erfragen.</translation>
    </message>
    <message>
        <source>Taken back: {response}</source>
        <translation>Zurückgenommen: {response}</translation>
    </message>
    <message>
        <source>Taken down by</source>
        <translation>Aufgenommen von</translation>
    </message>
    <message>
        <source>Tariff</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>Team lead</source>
        <translation>Teamleitung</translation>
    </message>
    <message>
        <source>Team view – no figures of one person</source>
        <translation>Teamansicht – keine Zahlen einzelner Personen</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Telephone number</source>
        <translation>Rufnummer</translation>
    </message>
    <message>
        <source>Telephone system</source>
        <translation>Telefonanlage</translation>
    </message>
    <message>
        <source>Telephone system connected</source>
        <translation>Telefonanlage verbunden</translation>
    </message>
    <message>
        <source>Telephone system not connected</source>
        <translation>Telefonanlage nicht verbunden</translation>
    </message>
    <message>
        <source>Telephone system: connecting …</source>
        <translation>Telefonanlage wird verbunden …</translation>
    </message>
    <message>
        <source>Text form</source>
        <translation>Textform</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The CRM could not be opened from here. Please look the customer up there.</source>
        <translation>Das CRM ließ sich von hier nicht öffnen. Bitte suchen Sie den Kunden dort.</translation>
    </message>
    <message>
        <source>The CRM has opened customer {number}.</source>
        <translation>Das CRM hat Kunde {number} geöffnet.</translation>
    </message>
    <message>
        <source>The account at the telephone system lacks rights: {rights}. Please inform your administrator.</source>
        <translation>Dem Konto an der Telefonanlage fehlen Rechte: {rights}. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The actions are taking longer …</source>
        <translation>Die Aktionen brauchen länger …</translation>
    </message>
    <message>
        <source>The agent’s channel</source>
        <translation>Eigener Kanal</translation>
    </message>
    <message>
        <source>The agent’s extension</source>
        <translation>Eigene Nebenstelle</translation>
    </message>
    <message>
        <source>The answer of the sign-in service cannot be trusted. Please inform your administrator.</source>
        <translation>Der Antwort des Anmeldedienstes ist nicht zu trauen. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The backend did not start. What you enter is kept here and sent later.</source>
        <translation>Das Backend ist nicht gestartet. Ihre Eingaben bleiben hier gespeichert und werden später gesendet.</translation>
    </message>
    <message>
        <source>The backend does not accept this workstation. Please inform your administrator.</source>
        <translation>Das Backend nimmt diesen Arbeitsplatz nicht an. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The backend does not allow your account to send entries. They are kept here in their order and tried again every 15 minutes; please inform your administrator.</source>
        <translation>Das Backend erlaubt Ihrem Konto nicht, Einträge zu senden. Sie bleiben hier in ihrer Reihenfolge und werden alle 15 Minuten erneut gesendet; bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The backend has become newer than this panel understands. Until the update it answers nothing; what you enter is kept on this workstation.</source>
        <translation>Das Backend ist neuer, als dieses Panel versteht. Bis zur Aktualisierung antwortet es nicht; was Sie eingeben, bleibt auf diesem Arbeitsplatz gespeichert.</translation>
    </message>
    <message>
        <source>The backend has refused an entry. It is kept here; please inform your administrator.</source>
        <translation>Das Backend hat eine Eingabe abgewiesen. Sie bleibt hier gespeichert; bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The backend is away. What you enter is kept here and sent later.</source>
        <translation>Das Backend ist nicht erreichbar. Ihre Eingaben bleiben hier gespeichert und werden später gesendet.</translation>
    </message>
    <message>
        <source>The backend is too old</source>
        <translation>Das Backend ist zu alt</translation>
    </message>
    <message>
        <source>The backend is too old for this program. Please inform your IT department; what you enter is kept and sent later.</source>
        <translation>Das Backend ist zu alt für dieses Programm. Bitte informieren Sie Ihre IT-Abteilung; was Sie eingeben, bleibt erhalten und wird später gesendet.</translation>
    </message>
    <message>
        <source>The backend needs NBA Desktop {needed} or newer. Please ask your IT department for it; what you enter is kept.</source>
        <translation>Das Backend braucht NBA Desktop {needed} oder neuer. Bitte wenden Sie sich an Ihre IT-Abteilung; was Sie eingeben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The backend needs NBA Desktop {needed} or newer. Until then it answers nothing; what you enter is kept on this workstation.</source>
        <translation>Das Backend braucht NBA Desktop {needed} oder neuer. Bis dahin antwortet es nicht; was Sie eingeben, bleibt auf diesem Arbeitsplatz gespeichert.</translation>
    </message>
    <message>
        <source>The backend’s certificate has expired. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Das Zertifikat des Backends ist abgelaufen. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The backend’s certificate is for another host. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Das Zertifikat des Backends gilt für einen anderen Host. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The backend’s certificate is not valid yet: this machine’s clock may be slow. Please check date and time; what you enter is kept here and sent later.</source>
        <translation>Das Zertifikat des Backends gilt noch nicht: Vielleicht geht die Uhr dieses Rechners nach. Bitte prüfen Sie Datum und Uhrzeit; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The clock of this workstation is wrong, so nobody can sign in. Please have it set.</source>
        <translation>Die Uhr dieses Arbeitsplatzes geht falsch, deshalb kann sich niemand anmelden. Bitte lassen Sie sie stellen.</translation>
    </message>
    <message>
        <source>The concern counts for it</source>
        <translation>Das Anliegen spricht dafür</translation>
    </message>
    <message>
        <source>The concern counts {percent} for it</source>
        <translation>Das Anliegen zählt mit {percent} dafür</translation>
    </message>
    <message>
        <source>The conditions of the action are met</source>
        <translation>Die Bedingungen der Aktion sind erfüllt</translation>
    </message>
    <message>
        <source>The customer</source>
        <translation>Der Kunde selbst</translation>
    </message>
    <message>
        <source>The customer completes this in the customer portal.</source>
        <translation>Der Kunde schließt dies im Kundenportal ab.</translation>
    </message>
    <message>
        <source>The customer journey appears after authentication.</source>
        <translation>Die Kundenreise erscheint nach der Legitimation.</translation>
    </message>
    <message>
        <source>The customer journey is loading …</source>
        <translation>Die Kundenreise wird geladen …</translation>
    </message>
    <message>
        <source>The customer journey is taking longer …</source>
        <translation>Die Kundenreise braucht länger …</translation>
    </message>
    <message>
        <source>The disk cannot be written: your last entry was not stored. Please enter it again.</source>
        <translation>Der Datenträger ist nicht beschreibbar: Ihre letzte Eingabe wurde nicht gespeichert. Bitte wiederholen Sie sie.</translation>
    </message>
    <message>
        <source>The disk is full: your last entry was not stored. Please make room and enter it again.</source>
        <translation>Der Datenträger ist voll: Ihre letzte Eingabe wurde nicht gespeichert. Bitte schaffen Sie Platz und wiederholen Sie sie.</translation>
    </message>
    <message>
        <source>The encrypted line to the telephone system fails. Please inform your administrator.</source>
        <translation>Die verschlüsselte Verbindung zur Telefonanlage kommt nicht zustande. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The household was asked recently</source>
        <translation>Der Haushalt wurde kürzlich gefragt</translation>
    </message>
    <message>
        <source>The household was asked: cool-down until {until}</source>
        <translation>Der Haushalt wurde gefragt: Ruhezeit bis {until}</translation>
    </message>
    <message>
        <source>The key that secures your entries for the site cannot be used. Please inform your administrator.</source>
        <translation>Der Schlüssel, der Ihre Einträge für den Standort sichert, ist nicht brauchbar. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The local store is damaged. It was set aside; please inform your administrator.</source>
        <translation>Der lokale Speicher ist beschädigt. Er wurde beiseitegelegt; bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The local store opens only with a key that is no longer here. It was set aside; please inform your administrator.</source>
        <translation>Der lokale Speicher öffnet sich nur mit einem Schlüssel, der nicht mehr hier ist. Er wurde beiseitegelegt; bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The password store does not answer. Please unlock it and start the panel again.</source>
        <translation>Der Schlüsselbund antwortet nicht. Bitte entsperren Sie ihn und starten Sie das Panel neu.</translation>
    </message>
    <message>
        <source>The password store found here is not safe enough. Please inform your administrator.</source>
        <translation>Der vorhandene Schlüsselbund ist nicht sicher genug. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The password store is locked. Please unlock it and start the panel again.</source>
        <translation>Der Schlüsselbund ist gesperrt. Bitte entsperren Sie ihn und starten Sie das Panel neu.</translation>
    </message>
    <message>
        <source>The policy of this machine cannot be used</source>
        <translation>Die Richtlinie dieses Rechners ist nicht verwendbar</translation>
    </message>
    <message>
        <source>The policy of this machine cannot be used, so the panel connects to nothing. Please pass this on to your IT department: {where} – {problem}.</source>
        <translation>Die Richtlinie dieses Rechners ist nicht verwendbar, deshalb verbindet sich das Panel mit nichts. Bitte geben Sie das an Ihre IT-Abteilung weiter: {where} – {problem}.</translation>
    </message>
    <message>
        <source>The policy of this machine has faults.</source>
        <translation>Die Richtlinie dieses Rechners hat Fehler.</translation>
    </message>
    <message>
        <source>The practice cannot be started on this workstation. Please inform your administrator.</source>
        <translation>Die Übung kann an diesem Arbeitsplatz nicht gestartet werden. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The proxy does not let the panel through to the backend. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Der Proxy lässt das Panel nicht zum Backend durch. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The proxy of a file</source>
        <translation>Der Proxy einer Datei</translation>
    </message>
    <message>
        <source>The proxy of an address</source>
        <translation>Der Proxy einer Adresse</translation>
    </message>
    <message>
        <source>The proxy on the way to the backend does not answer. What you enter is kept here and sent later.</source>
        <translation>Der Proxy auf dem Weg zum Backend antwortet nicht. Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The proxy refused the account or password that is stored for it. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Der Proxy lehnt das Konto oder das Passwort ab, das für ihn hinterlegt ist. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The proxy wants a sign-in. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Der Proxy verlangt eine Anmeldung. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The review is switched off</source>
        <translation>Die Auswertung ist abgeschaltet</translation>
    </message>
    <message>
        <source>The rule that names the proxy cannot be used. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Die Regel, die den Proxy nennt, ist nicht verwendbar. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>The search for the caller is taking longer …</source>
        <translation>Die Suche nach dem Anrufer dauert länger …</translation>
    </message>
    <message>
        <source>The sentence is empty.</source>
        <translation>Der Satz ist leer.</translation>
    </message>
    <message>
        <source>The sign-in page is open there. As soon as you have signed in, it goes on here.</source>
        <translation>Dort ist die Anmeldeseite offen. Sobald Sie angemeldet sind, geht es hier weiter.</translation>
    </message>
    <message>
        <source>The sign-in service does not answer. Please try again in a moment.</source>
        <translation>Der Anmeldedienst antwortet nicht. Bitte versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The sign-in was refused. Please sign in once more, or ask your administrator.</source>
        <translation>Die Anmeldung wurde abgelehnt. Bitte melden Sie sich noch einmal an oder fragen Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The smaller of the two has {least} so far: wait before you decide by it.</source>
        <translation>Die kleinere hat bisher {least}: Warten Sie, bevor Sie danach entscheiden.</translation>
    </message>
    <message>
        <source>The telephone system refuses the login. Please inform your administrator.</source>
        <translation>Die Telefonanlage lehnt die Anmeldung ab. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>The telephone system’s certificate is not valid yet: this machine’s clock may be slow. Please check date and time.</source>
        <translation>Das Zertifikat der Telefonanlage gilt noch nicht: Vielleicht geht die Uhr dieses Rechners nach. Bitte prüfen Sie Datum und Uhrzeit.</translation>
    </message>
    <message>
        <source>There is no such day in the calendar.</source>
        <translation>Diesen Tag gibt es im Kalender nicht.</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Überlegt</translation>
    </message>
    <message>
        <source>Thinking – what for?</source>
        <translation>Überlegt – weshalb?</translation>
    </message>
    <message>
        <source>Third action</source>
        <translation>Dritte Aktion</translation>
    </message>
    <message>
        <source>Third response or reason</source>
        <translation>Drittes Ergebnis oder dritter Grund</translation>
    </message>
    <message>
        <source>This cannot be right: at least {limit}.</source>
        <translation>Das kann nicht stimmen: mindestens {limit}.</translation>
    </message>
    <message>
        <source>This cannot be right: at most {limit}.</source>
        <translation>Das kann nicht stimmen: höchstens {limit}.</translation>
    </message>
    <message>
        <source>This key is the same in every program and stays as it is.</source>
        <translation>Diese Taste ist in jedem Programm dieselbe und bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>This machine does not trust who answers as the backend. Please inform your administrator; what you enter is kept here and sent later.</source>
        <translation>Dieser Rechner vertraut nicht, was als Backend antwortet. Bitte informieren Sie Ihre Administration; Ihre Eingaben bleiben hier und werden später gesendet.</translation>
    </message>
    <message>
        <source>This machine has no policy.</source>
        <translation>Dieser Rechner hat keine Richtlinie.</translation>
    </message>
    <message>
        <source>This panel</source>
        <translation>Dieses Panel</translation>
    </message>
    <message>
        <source>This panel has become newer than the backend understands. Until its update there are no recommendations; what you enter is kept on this workstation.</source>
        <translation>Dieses Panel ist neuer, als das Backend versteht. Bis zu dessen Aktualisierung gibt es keine Empfehlungen; was Sie eingeben, bleibt auf diesem Arbeitsplatz gespeichert.</translation>
    </message>
    <message>
        <source>This panel is too old</source>
        <translation>Dieses Panel ist zu alt</translation>
    </message>
    <message>
        <source>This panel needs a backend of version {needed} or newer. Until then there are no recommendations; what you enter is kept on this workstation.</source>
        <translation>Dieses Panel braucht ein Backend der Version {needed} oder neuer. Bis dahin gibt es keine Empfehlungen; was Sie eingeben, bleibt auf diesem Arbeitsplatz gespeichert.</translation>
    </message>
    <message>
        <source>This program is too old for the backend. Please ask your IT department for a newer one; what you enter is kept.</source>
        <translation>Dieses Programm ist zu alt für das Backend. Bitte lassen Sie es von Ihrer IT-Abteilung aktualisieren; was Sie eingeben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>This system keeps no room free at the screen’s edge. The panel stays in front instead.</source>
        <translation>Dieses System hält am Bildschirmrand keinen Platz frei. NBA Desktop bleibt stattdessen im Vordergrund.</translation>
    </message>
    <message>
        <source>This workstation has no password store. Please inform your administrator.</source>
        <translation>Dieser Arbeitsplatz hat keinen Schlüsselbund. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>This workstation’s password store is not available: what has not been sent when the panel ends can be recovered by your administrator alone. Please inform your administrator.</source>
        <translation>Der Schlüsselbund dieses Arbeitsplatzes ist nicht verfügbar: Was beim Ende des Panels noch nicht gesendet ist, kann nur Ihre Administration wiederherstellen. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>This workstation’s password store is not available: what you enter is kept here unencrypted until it is sent. Please inform your administrator.</source>
        <translation>Der Schlüsselbund dieses Arbeitsplatzes ist nicht verfügbar: Was Sie eingeben, bleibt hier unverschlüsselt, bis es gesendet ist. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>To find such a difference in 80% of experiments, each group needs {needed} cases.</source>
        <translation>Um einen solchen Unterschied in 80 % der Experimente zu finden, braucht jede Gruppe {needed} Fälle.</translation>
    </message>
    <message>
        <source>Today</source>
        <comment>a day offered</comment>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Today’s calls, to correct a response</source>
        <translation>Heutige Gespräche, um ein Ergebnis zu berichtigen</translation>
    </message>
    <message>
        <source>Tomorrow, {weekday}</source>
        <translation>Morgen, {weekday}</translation>
    </message>
    <message>
        <source>Tone: {how}</source>
        <translation>Ansprache: {how}</translation>
    </message>
    <message>
        <source>Too early: {limit} at the earliest.</source>
        <translation>Zu früh: frühestens {limit}.</translation>
    </message>
    <message>
        <source>Too expensive</source>
        <translation>Zu teuer</translation>
    </message>
    <message>
        <source>Too few calls to compare.</source>
        <translation>Zu wenige Gespräche für einen Vergleich.</translation>
    </message>
    <message>
        <source>Too few calls without recommendations to compare with.</source>
        <translation>Zu wenige Anrufe ohne Empfehlungen für einen Vergleich.</translation>
    </message>
    <message>
        <source>Too late: {limit} at the latest.</source>
        <translation>Zu spät: spätestens {limit}.</translation>
    </message>
    <message>
        <source>Too long to be said: at most {count} characters.</source>
        <translation>Zu lang zum Sprechen: höchstens {count} Zeichen.</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>Weiterverbunden</translation>
    </message>
    <message>
        <source>Transferred: a colleague had this call until {time}</source>
        <translation>Weiterverbunden: Dieses Gespräch hatte ein Kollege bis {time}</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>Weiterleitungen</translation>
    </message>
    <message>
        <source>Tried out: little is known about it yet</source>
        <translation>Wird erprobt: dazu ist noch wenig bekannt</translation>
    </message>
    <message>
        <source>Trunk prefix</source>
        <translation>Amtsholung</translation>
    </message>
    <message>
        <source>Trusted certificates</source>
        <translation>Vertraute Zertifikate</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>Unbestätigt</translation>
    </message>
    <message>
        <source>Unknown · {number}</source>
        <translation>Unbekannt · {number}</translation>
    </message>
    <message>
        <source>Unsuitable</source>
        <translation>Passt nicht zum Kunden</translation>
    </message>
    <message>
        <source>Uplift over the control group, in points</source>
        <translation>Mehrwert gegenüber der Kontrollgruppe, in Punkten</translation>
    </message>
    <message>
        <source>Usage data not considered without consent</source>
        <translation>Nutzungsdaten ohne Einwilligung nicht berücksichtigt</translation>
    </message>
    <message>
        <source>Use of consumption data for personal offers</source>
        <translation>Verbrauchsdaten für persönliche Angebote</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Values that mean authenticated</source>
        <translation>Werte, die „legitimiert“ heißen</translation>
    </message>
    <message>
        <source>Vulnerable customer</source>
        <translation>Schutzbedürftig</translation>
    </message>
    <message>
        <source>Wants a callback</source>
        <translation>Rückruf gewünscht</translation>
    </message>
    <message>
        <source>Wants to think it over</source>
        <translation>Möchte überlegen</translation>
    </message>
    <message>
        <source>Way to sign in</source>
        <translation>Art der Anmeldung</translation>
    </message>
    <message>
        <source>Way to sign in to Genesys Cloud</source>
        <translation>Art der Anmeldung bei Genesys Cloud</translation>
    </message>
    <message>
        <source>Weak proof: only your entry shows the consent. A recording or a confirmation in text form proves it.</source>
        <translation>Nachweis schwach: Nur Ihr Eintrag zeigt die Einwilligung. Eine Aufzeichnung oder eine Bestätigung in Textform belegt sie.</translation>
    </message>
    <message>
        <source>What a colleague had of the call</source>
        <translation>Was ein Kollege schon getan hat</translation>
    </message>
    <message>
        <source>What is still to be sent is being sent.</source>
        <translation>Was noch zu senden ist, wird gesendet.</translation>
    </message>
    <message>
        <source>What keeps this call quiet</source>
        <translation>Was gegen Vertrieb spricht</translation>
    </message>
    <message>
        <source>What you enter is kept on this workstation and sent once you have signed in again.</source>
        <translation>Was Sie eingeben, bleibt auf diesem Arbeitsplatz und wird gesendet, sobald Sie wieder angemeldet sind.</translation>
    </message>
    <message>
        <source>What you reported, and the answers</source>
        <translation>Ihre Hinweise und die Antworten</translation>
    </message>
    <message>
        <source>Where there is a key</source>
        <translation>Wo es einen Schlüssel gibt</translation>
    </message>
    <message>
        <source>Why these actions</source>
        <translation>Warum diese Aktionen</translation>
    </message>
    <message>
        <source>With it your IT department sets what this panel may be connected to. As long as it is broken the panel connects to nothing, so that no data goes the wrong way.</source>
        <translation>Mit ihr legt Ihre IT-Abteilung fest, womit sich dieses Panel verbinden darf. Solange sie fehlerhaft ist, verbindet es sich mit nichts, damit keine Daten den falschen Weg nehmen.</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Without a call event</source>
        <translation>Ohne Anrufereignis</translation>
    </message>
    <message>
        <source>Wording</source>
        <translation>Einwilligungstext</translation>
    </message>
    <message>
        <source>Works council</source>
        <translation>Betriebsrat</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Yes and no count the same: do not urge.</source>
        <translation>Ja und Nein sind gleichwertig: nicht drängen.</translation>
    </message>
    <message>
        <source>You are being signed out</source>
        <translation>Sie werden abgemeldet</translation>
    </message>
    <message>
        <source>You are not signed in to the telephone system: until then no call appears here.</source>
        <translation>Sie sind nicht an der Telefonanlage angemeldet: Bis dahin erscheint hier kein Anruf.</translation>
    </message>
    <message>
        <source>You sign in in your browser. Until then no call appears here.</source>
        <translation>Sie melden sich in Ihrem Browser an. Bis dahin erscheint hier kein Gespräch.</translation>
    </message>
    <message>
        <source>You sign in in your browser. Until then no figures are shown.</source>
        <translation>Sie melden sich in Ihrem Browser an. Bis dahin werden keine Zahlen gezeigt.</translation>
    </message>
    <message>
        <source>Your IT department has set this for this machine; it cannot be chosen here.</source>
        <translation>Ihre IT-Abteilung hat das für diesen Rechner festgelegt; hier lässt es sich nicht wählen.</translation>
    </message>
    <message>
        <source>Your choice</source>
        <translation>Ihre Wahl</translation>
    </message>
    <message>
        <source>Your choice holds until the panel is closed: it could not be kept ({problem}).</source>
        <translation>Ihre Wahl gilt, bis das Panel geschlossen wird: Sie ließ sich nicht speichern ({problem}).</translation>
    </message>
    <message>
        <source>Your own part of this call, until {time}</source>
        <translation>Ihr eigener Teil dieses Gesprächs, bis {time}</translation>
    </message>
    <message>
        <source>Your preferences could not be read and were set aside: {file}.</source>
        <translation>Ihre Einstellungen waren nicht lesbar und wurden beiseitegelegt: {file}.</translation>
    </message>
    <message>
        <source>Your review cannot be started on this workstation. Please inform your administrator.</source>
        <translation>Ihre Auswertung lässt sich an diesem Arbeitsplatz nicht starten. Bitte informieren Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>Your review is open already, in a window of its own.</source>
        <translation>Ihre Auswertung ist schon geöffnet, in einem eigenen Fenster.</translation>
    </message>
    <message>
        <source>Your sign-in has ended</source>
        <translation>Ihre Anmeldung ist abgelaufen</translation>
    </message>
    <message>
        <source>Your sign-in has ended. What you enter is kept here and sent once you have signed in.</source>
        <translation>Ihre Anmeldung ist abgelaufen. Was Sie eingeben, bleibt hier und wird nach der Anmeldung gesendet.</translation>
    </message>
    <message>
        <source>a call is still on the screen</source>
        <translation>es steht noch ein Gespräch auf dem Bildschirm</translation>
    </message>
    <message>
        <source>a catalogue tried out on customers</source>
        <translation>ein Katalog, an Kunden ausprobiert</translation>
    </message>
    <message>
        <source>a colleague</source>
        <translation>Kollegen</translation>
    </message>
    <message>
        <source>a complaint is open</source>
        <translation>eine Beschwerde ist offen</translation>
    </message>
    <message>
        <source>a follow-up that was finished</source>
        <translation>eine erledigte Wiedervorlage</translation>
    </message>
    <message>
        <source>a representative is speaking</source>
        <translation>eine Vertretung spricht</translation>
    </message>
    <message>
        <source>a settings file cannot be used</source>
        <translation>eine Einstellungsdatei ist nicht verwendbar</translation>
    </message>
    <message>
        <source>above expectation</source>
        <translation>über Erwartung</translation>
    </message>
    <message>
        <source>accepted ✓</source>
        <translation>angenommen ✓</translation>
    </message>
    <message>
        <source>action {action}</source>
        <translation>Aktion {action}</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>all data of a customer as a file</source>
        <translation>alle Daten eines Kunden als Datei</translation>
    </message>
    <message>
        <source>another number</source>
        <translation>weitere Nummer</translation>
    </message>
    <message>
        <source>another program has this key</source>
        <translation>diese Taste gehört einem anderen Programm</translation>
    </message>
    <message>
        <source>answered at {time}</source>
        <translation>geantwortet um {time}</translation>
    </message>
    <message>
        <source>as the law asks</source>
        <translation>weil das Gesetz es verlangt</translation>
    </message>
    <message>
        <source>ask again from {day}</source>
        <translation>wieder fragen ab {day}</translation>
    </message>
    <message>
        <source>asked, answer open</source>
        <translation>gefragt, Antwort offen</translation>
    </message>
    <message>
        <source>asking {who} · {state}</source>
        <translation>Rückfrage bei {who} · {state}</translation>
    </message>
    <message>
        <source>assigned by you</source>
        <translation>von Ihnen zugeordnet</translation>
    </message>
    <message>
        <source>authenticated</source>
        <translation>legitimiert</translation>
    </message>
    <message>
        <source>authenticated by a colleague</source>
        <translation>durch Kollegen legitimiert</translation>
    </message>
    <message>
        <source>authenticated by the voice menu</source>
        <translation>im Sprachmenü legitimiert</translation>
    </message>
    <message>
        <source>authenticated by you before</source>
        <translation>zuvor von Ihnen legitimiert</translation>
    </message>
    <message>
        <source>bad experience</source>
        <translation>schlechtes Erleben</translation>
    </message>
    <message>
        <source>below expectation</source>
        <translation>unter Erwartung</translation>
    </message>
    <message>
        <source>brief</source>
        <translation>knapp</translation>
    </message>
    <message>
        <source>by another system</source>
        <translation>durch ein anderes System</translation>
    </message>
    <message>
        <source>by e-mail</source>
        <translation>per E-Mail</translation>
    </message>
    <message>
        <source>calls most often</source>
        <translation>ruft meist an</translation>
    </message>
    <message>
        <source>calls most often this way</source>
        <translation>ruft meist auf diesem Weg an</translation>
    </message>
    <message>
        <source>calls of the day</source>
        <translation>Gespräche des Tages</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>cannot answer</source>
        <translation>kann nicht antworten</translation>
    </message>
    <message>
        <source>carried out</source>
        <translation>ausgeführt</translation>
    </message>
    <message>
        <source>click on the confirmation link</source>
        <translation>Klick auf den Bestätigungslink</translation>
    </message>
    <message>
        <source>confirmation in text form</source>
        <translation>Bestätigung in Textform</translation>
    </message>
    <message>
        <source>confirmation pending</source>
        <translation>Bestätigung offen</translation>
    </message>
    <message>
        <source>contact reason {reason}</source>
        <translation>Anliegen {reason}</translation>
    </message>
    <message>
        <source>contract number</source>
        <translation>Vertragsnummer</translation>
    </message>
    <message>
        <source>counted: {periods}</source>
        <translation>gezählt: {periods}</translation>
    </message>
    <message>
        <source>customer data</source>
        <translation>Kundendaten</translation>
    </message>
    <message>
        <source>customer number</source>
        <translation>Kundennummer</translation>
    </message>
    <message>
        <source>customer search</source>
        <translation>Kundensuche</translation>
    </message>
    <message>
        <source>customer since {year}</source>
        <comment>a woman</comment>
        <translation>Kundin seit {year}</translation>
    </message>
    <message>
        <source>customer since {year}</source>
        <comment>a man, or unknown</comment>
        <translation>Kunde seit {year}</translation>
    </message>
    <message>
        <source>customers since {year}</source>
        <comment>a family</comment>
        <translation>Kunden seit {year}</translation>
    </message>
    <message>
        <source>customers’ wishes about their data</source>
        <translation>Wünsche von Kunden zu ihren Daten</translation>
    </message>
    <message>
        <source>dialling</source>
        <translation>wird gewählt</translation>
    </message>
    <message>
        <source>documents by e-mail</source>
        <translation>Unterlagen per E-Mail</translation>
    </message>
    <message>
        <source>documents by post</source>
        <translation>Unterlagen per Post</translation>
    </message>
    <message>
        <source>documents in the app</source>
        <translation>Unterlagen in der App</translation>
    </message>
    <message>
        <source>documents in the portal</source>
        <translation>Unterlagen im Portal</translation>
    </message>
    <message>
        <source>done at once</source>
        <translation>gleich erledigt</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>entries are left that only the site can open</source>
        <translation>es sind Einträge übrig, die nur der Standort öffnen kann</translation>
    </message>
    <message>
        <source>entries recovered from workstations</source>
        <translation>wiederhergestellte Einträge von Arbeitsplätzen</translation>
    </message>
    <message>
        <source>entry of the agent alone (weak proof)</source>
        <translation>nur der Eintrag des Kundenberaters (Nachweis schwach)</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>expired</source>
        <comment>consent</comment>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>fallend</translation>
    </message>
    <message>
        <source>feedback of one’s own</source>
        <translation>eigene Rückmeldungen</translation>
    </message>
    <message>
        <source>feedback that was answered</source>
        <translation>beantwortete Rückmeldungen</translation>
    </message>
    <message>
        <source>first names</source>
        <translation>per Vornamen</translation>
    </message>
    <message>
        <source>follow-up</source>
        <translation>Wiedervorlage</translation>
    </message>
    <message>
        <source>follow-ups as a file</source>
        <translation>Wiedervorlagen als Datei</translation>
    </message>
    <message>
        <source>follow-ups for the calendar</source>
        <translation>Wiedervorlagen für den Kalender</translation>
    </message>
    <message>
        <source>for a task after a call</source>
        <translation>für eine Aufgabe nach einem Gespräch</translation>
    </message>
    <message>
        <source>formal</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>found by search</source>
        <translation>durch Suche gefunden</translation>
    </message>
    <message>
        <source>good experience</source>
        <translation>gutes Erleben</translation>
    </message>
    <message>
        <source>granted</source>
        <translation>erteilt</translation>
    </message>
    <message>
        <source>home number</source>
        <translation>Festnetznummer</translation>
    </message>
    <message>
        <source>identified</source>
        <translation>identifiziert</translation>
    </message>
    <message>
        <source>identified, not authenticated</source>
        <translation>identifiziert, nicht legitimiert</translation>
    </message>
    <message>
        <source>in a call of one’s own</source>
        <translation>in einem eigenen Gespräch</translation>
    </message>
    <message>
        <source>in a call of the customer</source>
        <translation>in einem Anruf des Kunden</translation>
    </message>
    <message>
        <source>in a call to the customer</source>
        <translation>in einem Anruf beim Kunden</translation>
    </message>
    <message>
        <source>in call</source>
        <translation>im Gespräch</translation>
    </message>
    <message>
        <source>in the customer portal</source>
        <translation>im Kundenportal</translation>
    </message>
    <message>
        <source>in this call with you before</source>
        <translation>in diesem Gespräch zuvor bei Ihnen</translation>
    </message>
    <message>
        <source>it contradicts what the backend has</source>
        <translation>sie widerspricht dem, was das Backend hat</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>sie ist zu groß</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>es dauerte zu lange</translation>
    </message>
    <message>
        <source>knows nothing of it</source>
        <translation>weiß nichts darüber</translation>
    </message>
    <message>
        <source>left alone for a while after failures</source>
        <translation>nach Fehlern eine Weile nicht gefragt</translation>
    </message>
    <message>
        <source>left open</source>
        <comment>strip</comment>
        <translation>offen</translation>
    </message>
    <message>
        <source>mobile number</source>
        <translation>Mobilnummer</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>neutral experience</source>
        <translation>neutrales Erleben</translation>
    </message>
    <message>
        <source>no</source>
        <comment>consent</comment>
        <translation>nein</translation>
    </message>
    <message>
        <source>no access token stored</source>
        <translation>kein Zugangsschlüssel hinterlegt</translation>
    </message>
    <message>
        <source>no answer came from the browser</source>
        <translation>vom Browser kam keine Antwort</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>keine rechtzeitige Antwort</translation>
    </message>
    <message>
        <source>no browser could be opened</source>
        <translation>es konnte kein Browser geöffnet werden</translation>
    </message>
    <message>
        <source>no calls</source>
        <translation>keine Gespräche</translation>
    </message>
    <message>
        <source>no connection to the backend</source>
        <translation>keine Verbindung zum Backend</translation>
    </message>
    <message>
        <source>no encrypted line to the backend</source>
        <translation>keine verschlüsselte Leitung zum Backend</translation>
    </message>
    <message>
        <source>no encrypted line to the telephone system</source>
        <translation>keine verschlüsselte Verbindung zur Telefonanlage</translation>
    </message>
    <message>
        <source>no password store on this workstation</source>
        <translation>kein Schlüsselbund auf diesem Arbeitsplatz</translation>
    </message>
    <message>
        <source>no reliable difference</source>
        <translation>kein belastbarer Unterschied</translation>
    </message>
    <message>
        <source>no room can be kept free at this edge of the screen</source>
        <translation>an diesem Bildschirmrand lässt sich kein Platz freihalten</translation>
    </message>
    <message>
        <source>not a call address</source>
        <translation>keine gültige Anrufadresse</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>noch nicht gefragt</translation>
    </message>
    <message>
        <source>not asked: nothing allows it</source>
        <translation>nicht gefragt: dafür fehlt die Erlaubnis</translation>
    </message>
    <message>
        <source>not carried out</source>
        <translation>nicht ausgeführt</translation>
    </message>
    <message>
        <source>not confirmed</source>
        <translation>nicht bestätigt</translation>
    </message>
    <message>
        <source>not identified</source>
        <translation>nicht identifiziert</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>not solved</source>
        <translation>nicht gelöst</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>nothing open</source>
        <translation>nichts offen</translation>
    </message>
    <message>
        <source>nothing recorded</source>
        <translation>nichts erfasst</translation>
    </message>
    <message>
        <source>objection {phrases}</source>
        <translation>Einwand {phrases}</translation>
    </message>
    <message>
        <source>older ones are loading …</source>
        <translation>ältere werden geladen …</translation>
    </message>
    <message>
        <source>older ones are taking longer …</source>
        <translation>ältere brauchen länger …</translation>
    </message>
    <message>
        <source>older ones not available: {why}</source>
        <translation>ältere nicht verfügbar: {why}</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>on paper</source>
        <translation>auf Papier</translation>
    </message>
    <message>
        <source>on the phone</source>
        <translation>am Telefon</translation>
    </message>
    <message>
        <source>on the same day</source>
        <translation>am selben Tag</translation>
    </message>
    <message>
        <source>one day later</source>
        <translation>einen Tag später</translation>
    </message>
    <message>
        <source>one entry is waiting to be sent</source>
        <translation>eine Eingabe wartet auf das Senden</translation>
    </message>
    <message>
        <source>one entry was refused and set aside</source>
        <translation>eine Eingabe wurde abgewiesen und beiseitegelegt</translation>
    </message>
    <message>
        <source>only if the customer raises it</source>
        <translation>nur, wenn der Kunde es anspricht</translation>
    </message>
    <message>
        <source>open</source>
        <comment>concern</comment>
        <translation>offen</translation>
    </message>
    <message>
        <source>open</source>
        <comment>consent</comment>
        <translation>offen</translation>
    </message>
    <message>
        <source>open feedback</source>
        <translation>offene Rückmeldungen</translation>
    </message>
    <message>
        <source>open follow-ups</source>
        <translation>offene Wiedervorlagen</translation>
    </message>
    <message>
        <source>others {count}</source>
        <translation>andere {count}</translation>
    </message>
    <message>
        <source>pending</source>
        <comment>consent</comment>
        <translation>Bestätigung offen</translation>
    </message>
    <message>
        <source>possible caller</source>
        <translation>möglicher Anrufer</translation>
    </message>
    <message>
        <source>proof of a consent</source>
        <translation>Nachweis einer Einwilligung</translation>
    </message>
    <message>
        <source>proofs that need not be kept any longer</source>
        <translation>Nachweise, die nicht länger aufbewahrt werden müssen</translation>
    </message>
    <message>
        <source>queue {queue}</source>
        <translation>Warteschlange {queue}</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>angesprochen</translation>
    </message>
    <message>
        <source>recommendations for another channel</source>
        <translation>Empfehlungen für einen anderen Kanal</translation>
    </message>
    <message>
        <source>recording of the call</source>
        <translation>Aufzeichnung des Gesprächs</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>refused ✗ – kept for inspection</source>
        <translation>abgelehnt ✗ – zur Prüfung aufbewahrt</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>steigend</translation>
    </message>
    <message>
        <source>sending is paused: {why}</source>
        <translation>Senden pausiert: {why}</translation>
    </message>
    <message>
        <source>sent ✓</source>
        <translation>gesendet ✓</translation>
    </message>
    <message>
        <source>signed paper</source>
        <translation>unterschriebenes Papier</translation>
    </message>
    <message>
        <source>solved</source>
        <translation>gelöst</translation>
    </message>
    <message>
        <source>something else answers in the backend’s place</source>
        <translation>anstelle des Backends antwortet etwas anderes</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>gleichbleibend</translation>
    </message>
    <message>
        <source>still open</source>
        <translation>Ergebnis offen</translation>
    </message>
    <message>
        <source>stored ✓</source>
        <translation>gespeichert ✓</translation>
    </message>
    <message>
        <source>stored ✓ sent ✓</source>
        <translation>gespeichert ✓ gesendet ✓</translation>
    </message>
    <message>
        <source>stored ✓ sent ✓ accepted ✓</source>
        <translation>gespeichert ✓ gesendet ✓ angenommen ✓</translation>
    </message>
    <message>
        <source>stored ✓ sent ✓ refused ✗ – kept for inspection</source>
        <translation>gespeichert ✓ gesendet ✓ abgewiesen ✗ – zur Prüfung aufgehoben</translation>
    </message>
    <message>
        <source>telephone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>the CRM cannot be opened</source>
        <translation>das CRM lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>the account at the telephone system lacks rights</source>
        <translation>dem Konto an der Telefonanlage fehlen Rechte</translation>
    </message>
    <message>
        <source>the answer cannot be used</source>
        <translation>die Antwort ist nicht verwendbar</translation>
    </message>
    <message>
        <source>the answer of the sign-in service cannot be trusted</source>
        <translation>der Antwort des Anmeldedienstes ist nicht zu trauen</translation>
    </message>
    <message>
        <source>the authenticated customer</source>
        <translation>der legitimierte Kunde</translation>
    </message>
    <message>
        <source>the backend cannot read it</source>
        <translation>das Backend kann sie nicht lesen</translation>
    </message>
    <message>
        <source>the backend did not start</source>
        <translation>das Backend ist nicht gestartet</translation>
    </message>
    <message>
        <source>the backend does not accept this workstation</source>
        <translation>das Backend nimmt diesen Arbeitsplatz nicht an</translation>
    </message>
    <message>
        <source>the backend does not allow your account to send entries</source>
        <translation>das Backend erlaubt Ihrem Konto nicht, Einträge zu senden</translation>
    </message>
    <message>
        <source>the backend does not answer</source>
        <translation>das Backend antwortet nicht</translation>
    </message>
    <message>
        <source>the backend does not know the call</source>
        <translation>das Backend kennt das Gespräch nicht</translation>
    </message>
    <message>
        <source>the backend does not know the customer</source>
        <translation>das Backend kennt den Kunden nicht</translation>
    </message>
    <message>
        <source>the backend has a fault</source>
        <translation>das Backend hat eine Störung</translation>
    </message>
    <message>
        <source>the backend has refused the request</source>
        <translation>das Backend hat die Anfrage abgewiesen</translation>
    </message>
    <message>
        <source>the backend is too old for this program</source>
        <translation>das Backend ist zu alt für dieses Programm</translation>
    </message>
    <message>
        <source>the backend’s certificate has expired</source>
        <translation>das Zertifikat des Backends ist abgelaufen</translation>
    </message>
    <message>
        <source>the backend’s certificate is for another host</source>
        <translation>das Zertifikat des Backends gilt für einen anderen Host</translation>
    </message>
    <message>
        <source>the backend’s certificate is not trusted</source>
        <translation>dem Zertifikat des Backends wird nicht vertraut</translation>
    </message>
    <message>
        <source>the backend’s certificate is not valid yet</source>
        <translation>das Zertifikat des Backends gilt noch nicht</translation>
    </message>
    <message>
        <source>the clock of this workstation is wrong</source>
        <translation>die Uhr dieses Arbeitsplatzes geht falsch</translation>
    </message>
    <message>
        <source>the customer is vulnerable</source>
        <translation>der Kunde ist schutzbedürftig</translation>
    </message>
    <message>
        <source>the customer’s journey</source>
        <translation>die Kundenreise</translation>
    </message>
    <message>
        <source>the disk cannot be written</source>
        <translation>der Datenträger ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>the key of the local store is another one</source>
        <translation>der Schlüssel des lokalen Speichers ist ein anderer</translation>
    </message>
    <message>
        <source>the local store is damaged</source>
        <translation>der lokale Speicher ist beschädigt</translation>
    </message>
    <message>
        <source>the local store is not encrypted</source>
        <translation>der lokale Speicher ist nicht verschlüsselt</translation>
    </message>
    <message>
        <source>the local store is only in memory</source>
        <translation>der lokale Speicher liegt nur im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>the password store does not answer</source>
        <translation>der Schlüsselbund antwortet nicht</translation>
    </message>
    <message>
        <source>the password store found here is not safe enough</source>
        <translation>der Schlüsselbund ist nicht sicher genug</translation>
    </message>
    <message>
        <source>the password store is locked</source>
        <translation>der Schlüsselbund ist gesperrt</translation>
    </message>
    <message>
        <source>the policy of this machine cannot be used</source>
        <translation>die Richtlinie dieses Rechners ist nicht verwendbar</translation>
    </message>
    <message>
        <source>the practice cannot be started</source>
        <translation>die Übung kann nicht gestartet werden</translation>
    </message>
    <message>
        <source>the preferences cannot be kept</source>
        <translation>die Einstellungen lassen sich nicht speichern</translation>
    </message>
    <message>
        <source>the proof of the consent is missing</source>
        <translation>der Nachweis der Einwilligung fehlt</translation>
    </message>
    <message>
        <source>the proxy does not answer</source>
        <translation>der Proxy antwortet nicht</translation>
    </message>
    <message>
        <source>the proxy does not let the panel through</source>
        <translation>der Proxy lässt das Panel nicht durch</translation>
    </message>
    <message>
        <source>the proxy refused the account</source>
        <translation>der Proxy lehnt das Konto ab</translation>
    </message>
    <message>
        <source>the proxy wants a sign-in</source>
        <translation>der Proxy verlangt eine Anmeldung</translation>
    </message>
    <message>
        <source>the review cannot be started</source>
        <translation>die Auswertung lässt sich nicht starten</translation>
    </message>
    <message>
        <source>the review is open already</source>
        <translation>die Auswertung ist schon geöffnet</translation>
    </message>
    <message>
        <source>the rule for the proxy cannot be used</source>
        <translation>die Regel für den Proxy ist nicht verwendbar</translation>
    </message>
    <message>
        <source>the sign-in service does not answer</source>
        <translation>der Anmeldedienst antwortet nicht</translation>
    </message>
    <message>
        <source>the sign-in was refused</source>
        <translation>die Anmeldung wurde abgelehnt</translation>
    </message>
    <message>
        <source>the site’s public key cannot be used</source>
        <translation>der öffentliche Schlüssel des Standorts ist nicht brauchbar</translation>
    </message>
    <message>
        <source>the telephone system refuses the login</source>
        <translation>die Telefonanlage lehnt die Anmeldung ab</translation>
    </message>
    <message>
        <source>the telephone system’s certificate has expired</source>
        <translation>das Zertifikat der Telefonanlage ist abgelaufen</translation>
    </message>
    <message>
        <source>the telephone system’s certificate is for another host</source>
        <translation>das Zertifikat der Telefonanlage gilt für einen anderen Rechner</translation>
    </message>
    <message>
        <source>the telephone system’s certificate is not trusted</source>
        <translation>dem Zertifikat der Telefonanlage wird nicht vertraut</translation>
    </message>
    <message>
        <source>the telephone system’s certificate is not valid yet</source>
        <translation>das Zertifikat der Telefonanlage gilt noch nicht</translation>
    </message>
    <message>
        <source>the whole team</source>
        <translation>das ganze Team</translation>
    </message>
    <message>
        <source>there is an outage</source>
        <translation>es liegt eine Störung vor</translation>
    </message>
    <message>
        <source>there is no key for the local store</source>
        <translation>es gibt keinen Schlüssel für den lokalen Speicher</translation>
    </message>
    <message>
        <source>this key cannot be used</source>
        <translation>diese Taste lässt sich nicht verwenden</translation>
    </message>
    <message>
        <source>this key cannot be used everywhere</source>
        <translation>diese Taste lässt sich nicht überall verwenden</translation>
    </message>
    <message>
        <source>this program is too old for the backend</source>
        <translation>dieses Programm ist zu alt für das Backend</translation>
    </message>
    <message>
        <source>too few calls</source>
        <translation>zu wenige Gespräche</translation>
    </message>
    <message>
        <source>too few cases</source>
        <translation>zu wenige Fälle</translation>
    </message>
    <message>
        <source>too few to show</source>
        <translation>zu wenige, um sie zu zeigen</translation>
    </message>
    <message>
        <source>transferred</source>
        <comment>strip</comment>
        <translation>weiterverb.</translation>
    </message>
    <message>
        <source>transferred by a colleague</source>
        <translation>von einem Kollegen weiterverbunden</translation>
    </message>
    <message>
        <source>unconfirmed</source>
        <translation>unbestätigt</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>herzlich</translation>
    </message>
    <message>
        <source>weak proof</source>
        <translation>Nachweis schwach</translation>
    </message>
    <message>
        <source>whether a customer may be contacted</source>
        <translation>ob ein Kunde kontaktiert werden darf</translation>
    </message>
    <message>
        <source>who may be calling, masked</source>
        <translation>wer anrufen könnte, verdeckt</translation>
    </message>
    <message>
        <source>who read a customer</source>
        <translation>wer einen Kunden gelesen hat</translation>
    </message>
    <message>
        <source>why an action was not recommended</source>
        <translation>warum eine Aktion nicht empfohlen wurde</translation>
    </message>
    <message>
        <source>why an action was recommended</source>
        <translation>warum eine Aktion empfohlen wurde</translation>
    </message>
    <message>
        <source>with a reason</source>
        <translation>mit einem Grund</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>widerrufen</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <comment>consent</comment>
        <translation>widerrufen</translation>
    </message>
    <message>
        <source>yes</source>
        <comment>consent</comment>
        <translation>ja</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>you are not signed in to the telephone system</source>
        <translation>Sie sind nicht an der Telefonanlage angemeldet</translation>
    </message>
    <message>
        <source>you may not do this</source>
        <translation>dazu fehlt Ihnen die Berechtigung</translation>
    </message>
    <message>
        <source>your IT department has set this</source>
        <translation>Ihre IT-Abteilung hat das festgelegt</translation>
    </message>
    <message>
        <source>your figures</source>
        <translation>Ihre Zahlen</translation>
    </message>
    <message>
        <source>your sign-in has ended</source>
        <translation>Ihre Anmeldung ist abgelaufen</translation>
    </message>
    <message>
        <source>{access} (“{note}”)</source>
        <translation>{access} („{note}“)</translation>
    </message>
    <message>
        <source>{access}, as a file</source>
        <translation>{access}, als Datei</translation>
    </message>
    <message>
        <source>{begin} to under {end} min</source>
        <translation>{begin} bis unter {end} min</translation>
    </message>
    <message>
        <source>{channel} without result – then {later}.</source>
        <translation>{channel} ohne Ergebnis – dann {later}.</translation>
    </message>
    <message>
        <source>{channel} without result – this call.</source>
        <translation>{channel} ohne Ergebnis – dieser Anruf.</translation>
    </message>
    <message>
        <source>{channel}, {purpose}</source>
        <translation>{channel}, {purpose}</translation>
    </message>
    <message>
        <source>{count} due today</source>
        <translation>{count} heute fällig</translation>
    </message>
    <message>
        <source>{count} entries are waiting to be sent</source>
        <translation>{count} Eingaben warten auf das Senden</translation>
    </message>
    <message>
        <source>{count} entries wait here. They are sent once their agent has signed in again.</source>
        <translation>Hier warten {count} Einträge. Sie werden gesendet, sobald sich wieder anmeldet, wer sie erfasst hat.</translation>
    </message>
    <message>
        <source>{count} entries were refused and set aside</source>
        <translation>{count} Eingaben wurden abgewiesen und beiseitegelegt</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} Min.</translation>
    </message>
    <message>
        <source>{count} open</source>
        <translation>{count} offen</translation>
    </message>
    <message>
        <source>{count} overdue</source>
        <translation>{count} überfällig</translation>
    </message>
    <message>
        <source>{days} days later</source>
        <translation>{days} Tage später</translation>
    </message>
    <message>
        <source>{day} at {time}</source>
        <translation>{day}, {time} Uhr</translation>
    </message>
    <message>
        <source>{day}, {first}–{last}, {count} times</source>
        <translation>{day}, {first}–{last}, {count}-mal</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{day}, {time}: {who} ({role}) – “{reason}”</source>
        <translation>{day}, {time}: {who} ({role}) – „{reason}“</translation>
    </message>
    <message>
        <source>{form} abandoned in the portal {ago}</source>
        <translation>{form} {ago} im Portal abgebrochen</translation>
    </message>
    <message>
        <source>{form} started in the portal {ago}, abandoned after {minutes} min – calling today.</source>
        <translation>{form} {ago} im Portal begonnen, nach {minutes} Min. abgebrochen – heute Anruf.</translation>
    </message>
    <message>
        <source>{form} started in the portal {ago}, abandoned after {minutes} min – then a call.</source>
        <translation>{form} {ago} im Portal begonnen, nach {minutes} Min. abgebrochen – danach Anruf.</translation>
    </message>
    <message>
        <source>{hours} h before the call</source>
        <translation>{hours} Std. vor dem Anruf</translation>
    </message>
    <message>
        <source>{key} belongs to another program and does not bring the panel forward. Choose another key.</source>
        <translation>{key} gehört einem anderen Programm und holt NBA Desktop nicht nach vorn. Bitte wählen Sie eine andere Taste.</translation>
    </message>
    <message>
        <source>{key} belongs to the system.</source>
        <translation>{key} gehört dem System.</translation>
    </message>
    <message>
        <source>{key} cannot be the key for “{one}”, which has its usual key.</source>
        <translation>{key} kann nicht die Taste für „{one}“ sein; es gilt die übliche.</translation>
    </message>
    <message>
        <source>{key} cannot be used here.</source>
        <translation>{key} lässt sich hier nicht verwenden.</translation>
    </message>
    <message>
        <source>{key} cannot bring the panel forward on this system; the system’s own window switch can.</source>
        <translation>{key} kann NBA Desktop auf diesem System nicht nach vorn holen; der Fensterwechsel des Systems kann es.</translation>
    </message>
    <message>
        <source>{key} is needed for editing text.</source>
        <translation>{key} wird zum Bearbeiten von Text gebraucht.</translation>
    </message>
    <message>
        <source>{key} is needed for typing. Use it with Ctrl or Alt.</source>
        <translation>{key} wird zum Schreiben gebraucht. Nehmen Sie Strg oder Alt dazu.</translation>
    </message>
    <message>
        <source>{key} is the key for “{other}” already.</source>
        <translation>{key} ist schon die Taste für „{other}“.</translation>
    </message>
    <message>
        <source>{key} was set for “{one}” and for “{other}”. The usual keys hold again.</source>
        <translation>{key} war doppelt eingestellt, für {one} und für {other}. Es gelten wieder die üblichen Tasten.</translation>
    </message>
    <message>
        <source>{language}, version {number}</source>
        <translation>{language}, Fassung {number}</translation>
    </message>
    <message>
        <source>{likelihood}. Weights: concern {context}, value {value}, priority {levers}</source>
        <translation>{likelihood}. Gewichte: Anliegen {context}, Wert {value}, Schwerpunkt {levers}</translation>
    </message>
    <message>
        <source>{link}: calls may be missing</source>
        <translation>{link}: Anrufe können fehlen</translation>
    </message>
    <message>
        <source>{manner}, this one</source>
        <translation>{manner}, in diesem</translation>
    </message>
    <message>
        <source>{minutes} min and longer</source>
        <translation>{minutes} min und länger</translation>
    </message>
    <message>
        <source>{minutes} min before the call</source>
        <translation>{minutes} Min. vor dem Anruf</translation>
    </message>
    <message>
        <source>{name} family</source>
        <translation>Familie {name}</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <source>{number} days</source>
        <translation>{number} Tage</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} ms</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{number}%</source>
        <translation>{number}&#xa0;%</translation>
    </message>
    <message>
        <source>{points} points compared with the control group, 95% interval {low} to {high}</source>
        <translation>{points} Punkte gegenüber der Kontrollgruppe, 95-%-Intervall {low} bis {high}</translation>
    </message>
    <message>
        <source>{points} points, 95% interval {low} to {high}</source>
        <translation>{points} Punkte, 95-%-Intervall {low} bis {high}</translation>
    </message>
    <message>
        <source>{rate}, 95% interval {interval}</source>
        <translation>{rate}, 95-%-Intervall {interval}</translation>
    </message>
    <message>
        <source>{refused}, the last one: {why}</source>
        <translation>{refused}, die letzte: {why}</translation>
    </message>
    <message>
        <source>{share}, {counts}</source>
        <translation>{share}, {counts}</translation>
    </message>
    <message>
        <source>{successes} of {trials}</source>
        <translation>{successes} von {trials}</translation>
    </message>
    <message>
        <source>{text} – value missing</source>
        <translation>{text} – Angabe fehlt</translation>
    </message>
    <message>
        <source>{times}× transferred</source>
        <comment>strip</comment>
        <translation>{times}× weiterverb.</translation>
    </message>
    <message>
        <source>{time}, over {calls} calls</source>
        <translation>{time}, über {calls} Anrufe</translation>
    </message>
    <message>
        <source>{weeks} weeks</source>
        <translation>{weeks} Wochen</translation>
    </message>
    <message>
        <source>{weeks} weeks: {period}</source>
        <translation>{weeks} Wochen: {period}</translation>
    </message>
    <message>
        <source>{what}: {when}</source>
        <translation>{what}: {when}</translation>
    </message>
    <message>
        <source>{when}: {who} {code} – {reason}, {period}</source>
        <translation>{when}: {who} {code} – {reason}, {period}</translation>
    </message>
    <message>
        <source>{why}. Service stays.</source>
        <comment>why nothing is sold</comment>
        <translation>{why}. Service bleibt möglich.</translation>
    </message>
    <message>
        <source>“{phrase}”</source>
        <translation>„{phrase}“</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>„{words}“</translation>
    </message>
    <message>
        <source>“{words}” belongs to this customer; your wording is for all. Please use the gap in braces.</source>
        <translation>„{words}“ gehört zu diesem Kunden, Ihre Fassung gilt für alle. Bitte die Lücke in geschweiften Klammern verwenden.</translation>
    </message>
</context>
</TS>
