// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "tests/cli/ctlfixture.h"
#include "tests/support/futures.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QTest>

using namespace vitrine;
using test::Ended;
using namespace Qt::StringLiterals;

/// The real program, as scripts use it.
class TestVitrinectl : public test::CtlFixture
{
    Q_OBJECT

private Q_SLOTS:
    void wholeWay();
    void oneLineAFile();
    void sameBytesAreADuplicate();
    void standardInputIsShared();
    void metadataStaysHereUnlessAsked();
    void tellsWhatItRemoved();
    void fileDescribesItself();
    void checkSendsNothing();
    void savedCopyCanCarryItsAltText();
    void unknownIdsFailAndOthersGoOn();
    void textOutputIsForPeople();
    void whatWasToldIsNotToldAgain();
    void statusIsToldOffline();
    void lookingSendsNothing();
    void noSecretIsWritten();
};

void TestVitrinectl::wholeWay()
{
    QVERIFY(QDir(m_home->path()).mkdir(u"photos"_s));
    const QString photos = m_home->filePath(u"photos"_s);
    test::writeTo(photos, u"a.jpg"_s, test::jpeg(test::picture({4000, 3000}, 1)));
    test::writeTo(photos, u"b.png"_s, test::png(test::picture({640, 480}, 2)));
    const Ended upload = run({u"--json"_s, u"upload"_s, photos, u"--alt"_s, u"A boat"_s});
    QCOMPARE(upload.exitCode, 0);
    QCOMPARE(upload.lines.size(), 2);
    for (const auto& line : upload.lines) {
        QCOMPARE(line["status"_L1].toString(), u"uploaded"_s);
        QVERIFY(!line["id"_L1].toString().isEmpty());
        QVERIFY(line["error"_L1].isNull());
    }

    const Ended list = run({u"--json"_s, u"list"_s});
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(list.lines.size(), 2);
    const QString id = list.lines[1]["id"_L1].toString();
    QCOMPARE(list.lines[1]["alt"_L1].toString(), u"A boat"_s);

    const Ended set = run({u"--json"_s, u"set"_s, id, u"--private"_s, u"--alt"_s, u"Hidden"_s});
    QCOMPARE(set.exitCode, 0);
    QVERIFY(set.lines.value(0)["isPrivate"_L1].toBool());
    const Ended show = run({u"--json"_s, u"show"_s, id});
    QVERIFY(show.lines.value(0)["isPrivate"_L1].toBool());
    QCOMPARE(show.lines.value(0)["alt"_L1].toString(), u"Hidden"_s);

    QVERIFY(QDir(m_home->path()).mkdir(u"saved"_s));
    const QString saved = m_home->filePath(u"saved"_s);
    const Ended download = run({u"--json"_s, u"download"_s, id, u"--to"_s, saved});
    QCOMPARE(download.exitCode, 0);
    const QString path = download.lines.value(0)["file"_L1].toString();
    QVERIFY(path.startsWith(saved));
    QVERIFY(!QImage(path).isNull());
    const Ended counted = run({u"--json"_s, u"show"_s, id});
    QCOMPARE(counted.lines.value(0)["downloadCount"_L1].toInt(), 1);

    const QString other = list.lines[0]["id"_L1].toString();
    const Ended zip = run({u"--json"_s, u"download"_s, id, other, u"--to"_s, saved, u"--zip"_s,
                           u"both.zip"_s, u"--original"_s});
    QCOMPARE(zip.exitCode, 0);
    QCOMPARE(zip.lines.value(0)["file"_L1].toString(), saved + "/both.zip"_L1);
    QCOMPARE(zip.lines.value(0)["ids"_L1].toArray().size(), 2);
    QVERIFY(QFileInfo(saved + "/both.zip"_L1).size() > 0);
    const QString elsewhere = saved + "/elsewhere.zip"_L1;
    QCOMPARE(run({u"download"_s, id, u"--zip"_s, elsewhere, u"--original"_s}).exitCode, 0);
    QVERIFY(QFileInfo(elsewhere).size() > 0);
    const Ended none = run({u"download"_s, id, u"gone"_s, u"--to"_s, saved, u"--zip"_s, u"no"_s});
    QCOMPARE(none.exitCode, 1);
    QVERIFY(!QFileInfo::exists(saved + "/no"_L1));

    QCOMPARE(run({u"delete"_s, id}).exitCode, 0);
    QCOMPARE(run({u"--json"_s, u"list"_s}).lines.size(), 1);
    const Ended status = run({u"--json"_s, u"status"_s});
    QCOMPARE(status.lines.size(), 1);
    QCOMPARE(status.lines[0]["account"_L1].toString(), u"local"_s);
    QCOMPARE(status.lines[0]["images"_L1].toInt(), 1);
}

void TestVitrinectl::oneLineAFile()
{
    const QByteArray good = test::jpeg(test::picture({300, 200}));
    QVERIFY(QDir(m_home->path()).mkdir(u"empty-folder"_s));
    const QStringList files{file(u"good.jpg"_s, good),
                            file(u"text.jpg"_s, "this is not an image"),
                            file(u"empty.jpg"_s, ""),
                            file(u"damaged.jpg"_s, good.left(good.size() / 2)),
                            m_home->filePath(u"empty-folder"_s),
                            m_home->filePath(u"missing.jpg"_s)};
    const Ended upload = run(QStringList{u"--json"_s, u"upload"_s} + files);
    QCOMPARE(upload.exitCode, 1);
    QCOMPARE(upload.lines.size(), files.size());
    QSet<QString> sentences;
    for (const auto& line : upload.lines) {
        const bool isGood = line["file"_L1].toString() == files.first();
        QCOMPARE(line["status"_L1].toString(), isGood ? u"uploaded"_s : u"failed"_s);
        QCOMPARE(line["error"_L1].isString(), !isGood);
        if (!isGood)
            sentences.insert(line["error"_L1].toString());
    }
    QCOMPARE(sentences.size(), files.size() - 1); // each its own
    QCOMPARE(run({u"--json"_s, u"list"_s}).lines.size(), 1);
}

void TestVitrinectl::sameBytesAreADuplicate()
{
    const QString path = file(u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    const Ended first = run({u"--json"_s, u"upload"_s, path});
    const Ended second = run({u"--json"_s, u"upload"_s, path});
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(second.lines.value(0)["status"_L1].toString(), u"duplicate"_s);
    QCOMPARE(second.lines.value(0)["id"_L1], first.lines.value(0)["id"_L1]);
    const Ended again = run({u"--json"_s, u"upload"_s, path, u"--again"_s});
    QCOMPARE(again.lines.value(0)["status"_L1].toString(), u"uploaded"_s);
    QCOMPARE(run({u"--json"_s, u"list"_s}).lines.size(), 2);
}

void TestVitrinectl::standardInputIsShared()
{
    const Ended upload =
        run({u"--json"_s, u"upload"_s, u"-"_s}, test::png(test::picture({300, 200})));
    QCOMPARE(upload.exitCode, 0);
    QCOMPARE(upload.lines.value(0)["status"_L1].toString(), u"uploaded"_s);
    const Ended nothing = run({u"--json"_s, u"upload"_s, u"-"_s});
    QCOMPARE(nothing.exitCode, 1);
    QCOMPARE(nothing.lines.value(0)["status"_L1].toString(), u"failed"_s);
}

void TestVitrinectl::metadataStaysHereUnlessAsked()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({300, 200})), 1, true);
    const QString path = file(u"a.jpg"_s, bytes);
    const QString clean = run({u"--json"_s, u"upload"_s, path}).lines[0]["id"_L1].toString();
    const QString kept =
        run({u"--json"_s, u"upload"_s, path, u"--keep-metadata"_s}).lines[0]["id"_L1].toString();
    const auto original = [&](const QString& id) {
        const Ended saved = run({u"--json"_s, u"download"_s, id, u"--original"_s});
        QFile downloaded(saved.lines.value(0)["file"_L1].toString());
        return downloaded.open(QIODevice::ReadOnly) ? downloaded.readAll() : QByteArray();
    };
    QVERIFY(!original(clean).isEmpty());
    QVERIFY(!original(clean).contains("SERIAL"));
    QCOMPARE(original(kept), bytes);
}

void TestVitrinectl::tellsWhatItRemoved()
{
    const QString path =
        file(u"a.jpg"_s, test::withExif(test::jpeg(test::picture({300, 200})), 1, true));
    const auto line = run({u"--json"_s, u"upload"_s, path}).lines.value(0);
    const QJsonArray removed = line["removed"_L1].toArray();
    QVERIFY(removed.contains(u"location"_s));
    QVERIFY(removed.contains(u"serialNumber"_s));
    QCOMPARE(line["isCopy"_L1], QJsonValue(false));
    const auto kept =
        run({u"--json"_s, u"upload"_s, path, u"--keep-metadata"_s, u"--again"_s}).lines.value(0);
    QVERIFY(kept["removed"_L1].isArray());
    QVERIFY(kept["removed"_L1].toArray().isEmpty());
    const QString other =
        file(u"b.jpg"_s, test::withExif(test::jpeg(test::picture({300, 200}, 2)), 1, true));
    QVERIFY(run({u"upload"_s, other}).out.contains("removed: location, serial number"));
}

void TestVitrinectl::fileDescribesItself()
{
    const QString described =
        file(u"described.jpg"_s, test::withExif(test::jpeg(test::picture({300, 200}, 1)), 1, true));
    const QString plain = file(u"plain.jpg"_s, test::jpeg(test::picture({300, 200}, 2)));
    const QString unasked =
        file(u"unasked.jpg"_s, test::withExif(test::jpeg(test::picture({300, 200}, 3)), 1, true));
    const Ended ended = run({u"--json"_s, u"upload"_s, u"--alt-from-file"_s, u"--alt"_s,
                             u"A pier"_s, described, plain});
    QCOMPARE(ended.exitCode, 0);
    QCOMPARE(run({u"upload"_s, unasked}).exitCode, 0);
    QHash<QString, QString> alts;
    for (const QJsonObject& image : run({u"--json"_s, u"list"_s}).lines)
        alts.insert(image["name"_L1].toString(), image["alt"_L1].toString());
    QCOMPARE(alts[u"described.jpg"_s], u"A boat in a harbour"_s);
    QCOMPARE(alts[u"plain.jpg"_s], u"A pier"_s);
    QCOMPARE(alts[u"unasked.jpg"_s], QString());
}

void TestVitrinectl::checkSendsNothing()
{
    const QByteArray shared = test::jpeg(test::picture({300, 200}, 1));
    const QString sharedPath = file(u"shared.jpg"_s, shared);
    const QString id =
        run({u"--json"_s, u"upload"_s, sharedPath}).lines.value(0)["id"_L1].toString();
    const QString fresh =
        file(u"fresh.jpg"_s, test::withExif(test::jpeg(test::picture({300, 200}, 2)), 1, true));
    const QImage smaller =
        test::picture({300, 200}, 1).scaled(240, 160, {}, Qt::SmoothTransformation);
    const QString alike = file(u"alike.jpg"_s, test::jpeg(smaller));
    const QString damaged = file(u"damaged.jpg"_s, shared.left(shared.size() / 2));

    const Ended check =
        run({u"--json"_s, u"upload"_s, u"--check"_s, sharedPath, alike, fresh, damaged});
    QCOMPARE(check.exitCode, 1);
    QCOMPARE(check.lines.size(), 4);
    QHash<QString, QJsonObject> lines;
    for (const QJsonObject& line : check.lines)
        lines.insert(line["file"_L1].toString(), line);
    QCOMPARE(lines[sharedPath]["status"_L1].toString(), u"duplicate"_s);
    QCOMPARE(lines[sharedPath]["sameAs"_L1].toString(), id);
    QCOMPARE(lines[alike]["looksLike"_L1].toString(), id);
    QCOMPARE(lines[fresh]["alt"_L1].toString(), u"A boat in a harbour"_s);
    QCOMPARE(lines[fresh]["status"_L1].toString(), u"ready"_s);
    QVERIFY(lines[fresh]["metadata"_L1].toArray().contains(u"location"_s));
    QCOMPARE(lines[damaged]["status"_L1].toString(), u"failed"_s);
    QVERIFY(lines[damaged]["problem"_L1].isString());
    QCOMPARE(run({u"upload"_s, u"--check"_s, fresh}).exitCode, 0);
    QCOMPARE(run({u"--json"_s, u"list"_s}).lines.size(), 1);
}

void TestVitrinectl::savedCopyCanCarryItsAltText()
{
    const QString path = file(u"a.jpg"_s, test::jpeg(test::picture({300, 200})));
    const QString id = run({u"--json"_s, u"upload"_s, path, u"--alt"_s, u"A red boat"_s})
                           .lines.value(0)["id"_L1]
                           .toString();
    const auto saved = [&](const QStringList& options) {
        const Ended ended = run(QStringList{u"--json"_s, u"download"_s, id} + options);
        QFile downloaded(ended.lines.value(0)["file"_L1].toString());
        return downloaded.open(QIODevice::ReadOnly) ? downloaded.readAll() : QByteArray();
    };
    QVERIFY(saved({u"--with-alt"_s}).contains("A red boat"));
    QVERIFY(saved({u"--with-alt"_s, u"--original"_s}).contains("A red boat"));
    const QByteArray plain = saved({});
    QVERIFY(!plain.isEmpty());
    QVERIFY(!plain.contains("A red boat"));
}

void TestVitrinectl::unknownIdsFailAndOthersGoOn()
{
    const QString id = uploaded(1);
    const Ended set = run({u"--json"_s, u"set"_s, u"unknown"_s, id, u"--private"_s});
    QCOMPARE(set.exitCode, 1);
    QCOMPARE(set.lines.size(), 2);
    QCOMPARE(set.lines[0]["status"_L1].toString(), u"failed"_s);
    QVERIFY(set.err.contains("unknown"));
    const Ended download = run({u"--json"_s, u"download"_s, u"unknown"_s, id});
    QCOMPARE(download.exitCode, 1);
    QCOMPARE(download.lines.size(), 2);
    QCOMPARE(run({u"show"_s, u"unknown"_s}).exitCode, 1);
}

void TestVitrinectl::textOutputIsForPeople()
{
    const QString id = uploaded(1);
    QVERIFY(run({u"list"_s}).out.contains("picture-1.jpg"));
    QVERIFY(run({u"show"_s, id}).out.contains("300 × 200"));
    QVERIFY(run({u"status"_s}).out.contains("online"));
    QVERIFY(run({u"sync"_s}).out.contains("1 images"));
    QVERIFY(run({u"account"_s, u"list"_s}).out.contains("local"));
}

// What an upload said of a bad file is no trouble of the account's for ever.
void TestVitrinectl::whatWasToldIsNotToldAgain()
{
    const QString bad = test::writeTo(m_home->path(), u"notes.jpg"_s, "Dear diary,");
    QCOMPARE(run({u"upload"_s, bad}).exitCode, 1);
    const Ended sync = run({u"--json"_s, u"sync"_s});
    QCOMPARE(sync.exitCode, 0);
    QCOMPARE(sync.lines[0]["failed"_L1].toInt(), 0);
}

void TestVitrinectl::statusIsToldOffline()
{
    file(u"data"_s, "a file where a directory has to be");
    const Ended status = run({u"--json"_s, u"status"_s});
    QCOMPARE(status.exitCode, 1);
    QCOMPARE(status.lines.size(), 1);
    QCOMPARE(status.lines[0]["account"_L1].toString(), u"local"_s);
    QCOMPARE(status.lines[0]["state"_L1].toString(), u"failed"_s);
    QVERIFY(!status.lines[0]["reason"_L1].toString().isEmpty());
    QVERIFY(status.lines[0]["url"_L1].isNull());
    QVERIFY(!status.err.isEmpty());
    const Ended text = run({u"status"_s});
    QCOMPARE(text.exitCode, 1);
    QVERIFY(text.out.startsWith("local is failed"));
}

// An upload that an earlier run left is not begun by a command that will be gone in a moment.
void TestVitrinectl::lookingSendsNothing()
{
    QVERIFY(!uploaded(1).isEmpty());
    const QString path = file(u"left.jpg"_s, test::jpeg(test::picture({300, 200}, 7)));
    {
        SystemClock clock;
        QNetworkAccessManager network;
        api::ApiClient client(network);
        const auto nothing = [](const QByteArray&) { return readyFuture(Result<QString>()); };
        const imaging::InProcessPictureReader pictures;
        transfer::Outbox earlier(m_home->filePath(u"data/vitrine/accounts/local"_s), client,
                                 pictures, clock, nothing);
        VERIFY_OK(test::await(earlier.load()));
        VERIFY_OK(test::await(earlier.share({{.source = path}})));
    }
    for (const QString& command : {u"status"_s, u"list"_s, u"status"_s}) {
        const Ended looked = run({u"--json"_s, command});
        QCOMPARE(looked.exitCode, 0);
        if (command == "status"_L1)
            QCOMPARE(looked.lines.value(0)["unsent"_L1].toInt(), 1);
        else
            QCOMPARE(looked.lines.size(), 1);
    }
    QCOMPARE(run({u"sync"_s}).exitCode, 0);
    QCOMPARE(run({u"--json"_s, u"list"_s}).lines.size(), 2);
}

void TestVitrinectl::noSecretIsWritten()
{
    uploaded(1);
    const QByteArray marker = "clientSecret";
    QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(marker), qPrintable(file.fileName()));
    }
}

QTEST_GUILESS_MAIN(TestVitrinectl)
#include "tst_vitrinectl.moc"
