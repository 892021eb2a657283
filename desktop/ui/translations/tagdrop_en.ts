<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ViewBar</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>hides %n label(s)</source>
        <translation>
            <numerusform>hides %n label</numerusform>
            <numerusform>hides %n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have none left</source>
        <translation>
            <numerusform>%n photo has none left</numerusform>
            <numerusform>%n photos have none left</numerusform>
        </translation>
    </message>
</context>
</TS>
