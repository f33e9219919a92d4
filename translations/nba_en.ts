<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionView</name>
    <message numerus="yes">
        <source>%n team(s) with too few agents not counted</source>
        <translation>
            <numerusform>%n team with too few agents not counted</numerusform>
            <numerusform>%n teams with too few agents not counted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswersSheet</name>
    <message numerus="yes">
        <source>What you said in the last %n day(s), and what was answered.</source>
        <translation>
            <numerusform>What you said in the last day, and what was answered.</numerusform>
            <numerusform>What you said in the last %n days, and what was answered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerHead</name>
    <message numerus="yes">
        <source>{trend}, as of {day}, over %n year(s)</source>
        <translation>
            <numerusform>{trend}, as of {day}, over %n year</numerusform>
            <numerusform>{trend}, as of {day}, over %n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentificationView</name>
    <message numerus="yes">
        <source>Nobody can be authenticated in this call any more: %n answer(s) were wrong.</source>
        <translation>
            <numerusform>Nobody can be authenticated in this call any more: %n answer was wrong.</numerusform>
            <numerusform>Nobody can be authenticated in this call any more: %n answers were wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{words}, %n wrong</source>
        <translation>
            <numerusform>{words}, %n wrong</numerusform>
            <numerusform>{words}, %n wrong</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JourneyStrip</name>
    <message numerus="yes">
        <source>%n contact(s) · all</source>
        <translation>
            <numerusform>%n contact · all</numerusform>
            <numerusform>%n contacts · all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n open case</numerusform>
            <numerusform>%n open cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n contact(s) of the customer journey</source>
        <translation>
            <numerusform>Show all %n contact of the customer journey</numerusform>
            <numerusform>Show all %n contacts of the customer journey</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadyWaiting</name>
    <message numerus="yes">
        <source>%n answer(s) to what you reported</source>
        <translation>
            <numerusform>%n answer to what you reported</numerusform>
            <numerusform>%n answers to what you reported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SitePage</name>
    <message numerus="yes">
        <source>%n call(s) came by rarer ways, which are not shown.</source>
        <translation>
            <numerusform>%n call came by rarer ways, which are not shown.</numerusform>
            <numerusform>%n calls came by rarer ways, which are not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) of too few agents are not shown.</source>
        <translation>
            <numerusform>%n week of too few agents is not shown.</numerusform>
            <numerusform>%n weeks of too few agents are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamWindow</name>
    <message numerus="yes">
        <source>%n week(s) with fewer than {least} agents are not counted.</source>
        <translation>
            <numerusform>%n week with fewer than {least} agents is not counted.</numerusform>
            <numerusform>%n weeks with fewer than {least} agents are not counted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WrapUp</name>
    <message numerus="yes">
        <source>Consent: %n answer(s) not saved</source>
        <translation>
            <numerusform>Consent: %n answer not saved</numerusform>
            <numerusform>Consent: %n answers not saved</numerusform>
        </translation>
    </message>
</context>
</TS>
