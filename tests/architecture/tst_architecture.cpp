// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the source against the tables of app/README.md: who may use whom, and who sees which
// library.
#include "tests/architecture/rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine::test;

namespace {

constexpr int kLongestFile = 500; // lines; past that it has more than one reason to change

const QDir& project()
{
    static const QDir root(QStringLiteral(VITRINE_SOURCE_DIR));
    return root;
}

QString contentOf(const QString& path)
{
    QFile file(project().filePath(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Paths, from the project's root, of the files in \a folders that one of the \a patterns fits.
QStringList filesIn(const QStringList& folders, const QStringList& patterns)
{
    QStringList paths;
    for (const QString& folder : folders) {
        QDirIterator files(project().filePath(folder), patterns, QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            paths.append(project().relativeFilePath(files.next()));
    }
    return paths;
}

QStringList sources(const QStringList& folders)
{
    return filesIn(folders, {u"*.cpp"_s, u"*.h"_s});
}

/// Whether one of the first two lines, a script's first being taken by its interpreter, has it.
bool namesItsLicence(const QString& text)
{
    return text.section(u'\n', 0, 1).contains("SPDX-License-Identifier: GPL-3.0-or-later"_L1);
}

QByteArray listed(const QStringList& faults)
{
    return "\n  " + faults.join(u"\n  "_s).toUtf8();
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void includesAreJudged_data();
    void includesAreJudged();
    void linksAreJudged();
    void everyFolderOfTheCoreIsInTheTable();
    void includesKeepToTheTable();
    void linksKeepToTheTable();
    void continuationsAreJudged();
    void continuationsSurviveTheirContext();
    void filesAreShort();
    void filesNameTheirLicence();

private:
    Rules m_rules;
};

void TestArchitecture::initTestCase()
{
    m_rules = readRules(contentOf(u"app/README.md"_s));
    QVERIFY2(m_rules.mayUse.contains(u"gallery"_s), "app/README.md has no table of modules");
    QVERIFY2(!m_rules.libraries.isEmpty(), "app/README.md has no table of libraries");
}

void TestArchitecture::includesAreJudged_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isAllowed");

    QTest::newRow("own module") << u"app/net/a.cpp"_s << u"#include \"app/net/a.h\""_s << true;
    QTest::newRow("in the table") << u"app/net/a.cpp"_s << u"#include \"app/base/a.h\""_s << true;
    QTest::newRow("not in it") << u"app/base/a.h"_s << u"#include \"app/net/a.h\""_s << false;
    QTest::newRow("core to desktop") << u"app/net/a.cpp"_s << u"#include \"ui/a.h\""_s << false;
    QTest::newRow("desktop") << u"ui/main.cpp"_s << u"#include \"ui/list/a.h\""_s << true;
    QTest::newRow("desktop too low")
        << u"ui/main.cpp"_s << u"# include \"app/base/a.h\""_s << false;
    QTest::newRow("relative") << u"app/net/a.cpp"_s << u"#include \"a.h\""_s << false;
    QTest::newRow("moc") << u"app/net/a.cpp"_s << u"#include \"a.moc\""_s << true;
    QTest::newRow("standard") << u"app/base/a.cpp"_s << u"#include <vector>"_s << true;
    QTest::newRow("library at home") << u"app/net/io/a.cpp"_s << u"#include <zip/a.hpp>"_s << true;
    QTest::newRow("library abroad") << u"app/net/a.cpp"_s << u"#include <zip/a.hpp>"_s << false;
    QTest::newRow("inner room") << u"app/net/io/b.h"_s << u"#include \"app/net/io/a.h\""_s << true;
    QTest::newRow("not from outside")
        << u"app/net/a.cpp"_s << u"#include \"app/net/io/a.h\""_s << false;
    QTest::newRow("no include") << u"app/base/a.h"_s << u"// \"app/net/a.h\""_s << true;
}

void TestArchitecture::includesAreJudged()
{
    QFETCH(QString, path);
    QFETCH(QString, line);
    QFETCH(bool, isAllowed);
    const Rules rules = readRules(u"| module | what | may use |\n|---|---|---|\n"
                                  "| `app/base` | `Result` | – |\n"
                                  "| `app/net` | the net | base |\n"
                                  "| `ui` | the desktop | net |\n"
                                  "| Zip | `zip/` | `app/net/io` |\n"
                                  "| in and out | `app/net/io/` | `app/net/io` |\n"_s);

    const QStringList faults = forbiddenIncludes(path, u"\n"_s + line, rules);

    QCOMPARE(faults.isEmpty(), isAllowed);
    if (!isAllowed)
        QVERIFY2(faults.first().startsWith(path + u":2: "_s), qPrintable(faults.first()));
}

void TestArchitecture::linksAreJudged()
{
    const Rules rules = readRules(u"| `app/base` | x | – |\n| `app/net` | x | base |\n"_s);
    const QString allowed = u"vitrine_module(net\n    USES base\n    SOURCES a.cpp)"_s;
    const QString forbidden = u"\nvitrine_module(base USES net SOURCES a.cpp)"_s;

    QCOMPARE(forbiddenLinks(u"a"_s, allowed, rules), QStringList());
    QCOMPARE(forbiddenLinks(u"a"_s, forbidden, rules), QStringList(u"a:2: base may not use net"_s));
}

void TestArchitecture::everyFolderOfTheCoreIsInTheTable()
{
    const QStringList found =
        QDir(project().filePath(u"app"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    QStringList inTable = m_rules.mayUse.keys();
    inTable.removeAll(u"ui"_s);
    inTable.sort();
    QCOMPARE(found, inTable);
}

void TestArchitecture::includesKeepToTheTable()
{
    QStringList faults;
    for (const QString& path : sources({u"app"_s, u"ui"_s}))
        faults += forbiddenIncludes(path, contentOf(path), m_rules);
    QVERIFY2(faults.isEmpty(), listed(faults).constData());
}

void TestArchitecture::linksKeepToTheTable()
{
    QStringList faults;
    for (const QString& path : filesIn({u"app"_s}, {u"CMakeLists.txt"_s}))
        faults += forbiddenLinks(path, contentOf(path), m_rules);
    QVERIFY2(faults.isEmpty(), listed(faults).constData());
}

void TestArchitecture::continuationsAreJudged()
{
    const QStringList fault{u"a:2: .then() with a context; use whenDone()"_s};
    QCOMPARE(continuationsWithContext(u"a"_s, u"f.then([](int) {})"_s), QStringList());
    QCOMPARE(continuationsWithContext(u"a"_s, u"f.then(doubled)"_s), QStringList());
    QCOMPARE(continuationsWithContext(u"a"_s, u"f\n    .then(this, [](int) {})"_s), fault);
    QCOMPARE(continuationsWithContext(u"a"_s, u"\nf.then(\n    &m_pool, [](int) {})"_s), fault);
}

void TestArchitecture::continuationsSurviveTheirContext()
{
    QStringList faults;
    for (const QString& path : sources({u"app"_s, u"ui"_s}))
        faults += continuationsWithContext(path, contentOf(path));
    QVERIFY2(faults.isEmpty(), listed(faults).constData());
}

void TestArchitecture::filesAreShort()
{
    QStringList faults;
    for (const QString& path : sources({u"app"_s, u"ui"_s, u"tests"_s})) {
        const qsizetype lines = contentOf(path).count(u'\n');
        if (lines > kLongestFile)
            faults.append(u"%1:%2: longer than %3 lines"_s.arg(path).arg(lines).arg(kLongestFile));
    }
    QVERIFY2(faults.isEmpty(), listed(faults).constData());
}

void TestArchitecture::filesNameTheirLicence()
{
    const QStringList folders{u"app"_s,       u"ui"_s,           u"tests"_s, u"resources"_s,
                              u"packaging"_s, u"translations"_s, u".ci"_s};
    const QStringList patterns{u"*.cpp"_s, u"*.h"_s,   u"CMakeLists.txt"_s, u"*.cmake"_s,
                               u"*.sh"_s,  u"*.awk"_s, u"*.py"_s,           u"dev"_s,
                               u"run"_s,   u"*.qss"_s};
    QStringList faults;
    for (const QString& path : filesIn(folders, patterns)) {
        if (!namesItsLicence(contentOf(path)))
            faults.append(u"%1:1: no SPDX line"_s.arg(path));
    }
    QVERIFY2(faults.isEmpty(), listed(faults).constData());
}

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
