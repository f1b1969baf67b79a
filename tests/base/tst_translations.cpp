// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"
#include "app/base/translations.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

/// What of a sentence has to be in its translation as well: %1, %2, %n.
QStringList placeholders(const QString& text)
{
    static const QRegularExpression placeholder(u"%(\\d|n)"_s);
    QStringList found;
    for (const auto& match : placeholder.globalMatch(text))
        found.append(match.captured());
    found.sort();
    found.removeDuplicates();
    return found;
}

/// Context and sentence of each message.
QStringList sourcesIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QStringList sources;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.name() == "source"_L1)
            sources += context + u": "_s + xml.readElementText();
    }
    return sources;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void languagesAreWhole_data();
    void languagesAreWhole();
    void nothingSaidIsMissing();
    void unknownLanguagesAreEnglish();
    void germanIsSpoken();

private:
    static QString notAPicture() { return messageFor({ErrorKind::NotAnImage, {}, {}}); }
};

void TestTranslations::languagesAreWhole_data()
{
    QTest::addColumn<QString>("path");
    const QDir directory(QStringLiteral(VITRINE_SOURCE_DIR "/translations"));
    const QStringList names = directory.entryList({u"*.ts"_s}, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << directory.filePath(name);
}

/// All that app/ and ui/ say, as lupdate finds it now.
void TestTranslations::nothingSaidIsMissing()
{
    const QTemporaryDir directory;
    const QString found = directory.filePath(u"vitrine_de.ts"_s);
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(VITRINE_SOURCE_DIR));
    lupdate.start(QStringLiteral(VITRINE_LUPDATE), {u"-silent"_s, u"-I"_s, u"."_s, u"-recursive"_s,
                                                    u"app"_s, u"ui"_s, u"-ts"_s, found});
    QVERIFY(lupdate.waitForFinished());
    QCOMPARE(lupdate.exitCode(), 0);
    QStringList missing = sourcesIn(found);
    const QStringList kept =
        sourcesIn(QStringLiteral(VITRINE_SOURCE_DIR "/translations/vitrine_de.ts"));
    for (const QString& source : kept)
        missing.removeOne(source);
    QVERIFY2(missing.isEmpty(), qPrintable(u"ninja translations brings: "_s + missing.join(u'\n')));
}

void TestTranslations::languagesAreWhole()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int sentences = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "source"_L1) {
            source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            QVERIFY2(!xml.attributes().hasAttribute("type"_L1), qPrintable(source));
            const QString all = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            QVERIFY2(!all.isEmpty(), qPrintable(source));
            QVERIFY2(placeholders(all) == placeholders(source), qPrintable(source));
            ++sentences;
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(sentences > 100);
}

void TestTranslations::unknownLanguagesAreEnglish()
{
    installTranslations(*QCoreApplication::instance(), QLocale(QLocale::Zulu));
    QCOMPARE(notAPicture(), u"This is not a picture. Vitrine shares pictures only."_s);
}

void TestTranslations::germanIsSpoken()
{
    installTranslations(*QCoreApplication::instance(),
                        QLocale(QLocale::German, QLocale::Switzerland));
    QCOMPARE(notAPicture(), u"Das ist kein Bild. Vitrine teilt nur Bilder."_s);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
